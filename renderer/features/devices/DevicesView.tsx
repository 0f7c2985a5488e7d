import { useEffect, useRef } from 'react';
import { keepChosen, usePlace } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { chosenDevice, newcomer } from './chooseDevice.ts';
import { DeviceList } from './DeviceList.tsx';
import { DevicePane } from './DevicePane.tsx';
import { NoDevices } from './NoDevices.tsx';

/** Devices on the left, the chosen one's path on the right. */
export function DevicesView() {
  const devices = useBenchState((state) => state.devices);
  const { deviceId } = usePlace();
  const before = useRef(devices);
  const chosen = chosenDevice(devices, deviceId);
  const chosenId = chosen?.id ?? null;

  useEffect(() => {
    const next = newcomer(before.current, devices, chosenId)?.id ?? chosenId;
    before.current = devices;
    // What was shown first stays chosen, so that a device plugged in later does not push it away.
    if (next !== deviceId) keepChosen(next);
  }, [devices, chosenId, deviceId]);

  return (
    <div className="split">
      <DeviceList devices={devices} chosenId={chosenId} />
      <main className="pane" aria-label="Device">
        {chosen === null ? <NoDevices /> : <DevicePane key={chosen.id} device={chosen} />}
      </main>
    </div>
  );
}
