import { Button } from '@mantine/core';
import type { Activity, Device } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { elapsed } from '../../format/time.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { Mark } from '../../ui/StateMark.tsx';
import { useNow } from '../../ui/useNow.ts';
import { shareOfLimit } from '../network/networkWords.ts';
import { ACTIVITY_TITLES } from './activityWords.ts';

interface ActivityRowProps {
  readonly device: Device;
  readonly activity: Activity;
}

/** What is under way on a device: its step, how long it has taken, when it gives up, and a way to stop it. */
export function ActivityRow({ device, activity }: ActivityRowProps) {
  const cancel = useRequest('devices.cancel');
  const now = useNow(true);
  const { until, since } = activity;
  return (
    <section className="activity" aria-label="Under way">
      <div className="activity-row">
        <Mark tone="busy" />
        <p className="activity-what">
          <strong>{ACTIVITY_TITLES[activity.kind]}</strong>
          <span className="activity-step">{activity.step}</span>
        </p>
        <span className="activity-time">
          {elapsed(now - since)}
          {until === null ? '' : ` of at most ${elapsed(until - since)}`}
        </span>
        <Button
          variant="default"
          loading={cancel.pending}
          onClick={() => void cancel.run({ deviceId: device.id })}
        >
          Cancel
        </Button>
      </div>
      {until === null ? null : (
        <div className="activity-bar" aria-hidden="true">
          <span style={{ width: `${Math.round(shareOfLimit(since, until, now) * 100)}%` }} />
        </div>
      )}
      {cancel.fault === null ? null : <FaultCard fault={cancel.fault} kept={null} />}
    </section>
  );
}
