import { useEffect } from 'react';
import { keepChosen, usePlace } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { chooseDevice } from './chooseDevice.ts';
import { DeviceList } from './DeviceList.tsx';
import { DevicePane } from './DevicePane.tsx';
import { NoDevices } from './NoDevices.tsx';

/** Devices on the left, the chosen one's path on the right. */
export function DevicesView() {
  const devices = useBenchState((state) => state.devices);
  const { deviceId } = usePlace();
  const chosen = chooseDevice(devices, deviceId);
  const chosenId = chosen?.id ?? null;

  // What was shown first stays chosen, so that a device plugged in later does not push it away.
  useEffect(() => {
    if (chosenId !== deviceId) keepChosen(chosenId);
  }, [chosenId, deviceId]);

  return (
    <div className="split">
      <DeviceList devices={devices} chosenId={chosenId} />
      <main className="pane" aria-label="Device">
        {chosen === null ? <NoDevices /> : <DevicePane key={chosen.id} device={chosen} />}
      </main>
    </div>
  );
}
