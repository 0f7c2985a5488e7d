import type { Device } from '../../../contract/device.ts';
import { clockTime, day } from '../../format/time.ts';
import { Mark } from '../../ui/StateMark.tsx';

/** What was done with a device, newest first, with a line for each day. */
export function DeviceHistory({ device }: { device: Device }) {
  if (device.history.length === 0) {
    return (
      <p className="device-note">
        Nothing was done with this device yet. Orders, changes on its eUICC and network checks are kept here.
      </p>
    );
  }
  const entries = device.history.map((event, index) => ({ ...event, index, day: day(event.at) }));
  return (
    <ol className="history" aria-label="History of the device">
      {entries.map((entry, position) => (
        <li key={entry.index} className="history-entry">
          {entries[position - 1]?.day === entry.day ? null : <p className="history-day">{entry.day}</p>}
          <span className="history-time mono">{clockTime(entry.at)}</span>
          <Mark tone={entry.done ? 'done' : 'failed'} />
          <span className="history-what">
            {entry.done ? null : <span className="history-status">not done </span>}
            {entry.note}
          </span>
        </li>
      ))}
    </ol>
  );
}
