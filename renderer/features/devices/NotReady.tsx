import type { Device } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { deviceWord } from './deviceWords.ts';
import { SimLockCard } from './SimLockCard.tsx';

/** What is shown on a tab that needs a device that is ready, while it is not. */
export function NotReady({ device }: { device: Device }) {
  const read = useRequest('devices.read');
  if (device.simLock !== null && device.phase !== 'gone')
    return <SimLockCard device={device} lock={device.simLock} />;
  if (device.phase === 'failed' && device.fault !== null) {
    return (
      <FaultCard
        fault={device.fault}
        tone={device.fault.code === 'cancelled' ? 'wait' : 'failed'}
        actions={
          <PrimaryButton pending={read.pending} onClick={() => void read.run({ deviceId: device.id })}>
            Read again
          </PrimaryButton>
        }
      />
    );
  }
  return (
    <div className="not-ready">
      <StateMark state={deviceWord(device, null)} strong />
      <p className="device-note">
        {device.phase === 'gone'
          ? 'Plug the device in again to go on.'
          : 'It goes on when the device is ready.'}
      </p>
    </div>
  );
}
