import type { ActivityKind, Device } from '../../../contract/device.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { ActivityFault } from '../devices/ActivityFault.tsx';
import { ActivityRow } from '../devices/ActivityRow.tsx';
import { isIdle } from '../devices/deviceReady.ts';
import { NotReady } from '../devices/NotReady.tsx';
import { SimLockCard } from '../devices/SimLockCard.tsx';
import { VerificationCard } from './VerificationCard.tsx';

interface NetworkPanelProps {
  readonly device: Device;
  /** What was begun last on the device. */
  readonly last: ActivityKind | null;
}

/** Whether the profile works: asked by a button, waited for with its progress, answered in words. */
export function NetworkPanel({ device, last }: NetworkPanelProps) {
  const verify = useRequest('devices.verify');
  const { verification } = device;
  const refused = verify.fault !== null && device.activityFault === null ? verify.fault : null;
  if (device.phase !== 'ready' && verification === null && device.activity === null)
    return <NotReady device={device} />;
  return (
    <div className="network">
      {device.simLock === null || device.phase === 'gone' ? null : (
        <SimLockCard device={device} lock={device.simLock} />
      )}
      <div className="network-ask">
        {device.activity === null ? (
          <>
            <p className="network-what">
              Waits until a network takes the modem in, at most 3 minutes, and notes operator, technology and
              signal.
            </p>
            <PrimaryButton
              pending={verify.pending}
              disabled={!isIdle(device) || device.simLock !== null}
              onClick={() => void verify.run({ deviceId: device.id })}
            >
              {verification === null ? 'Does it work?' : 'Check again'}
            </PrimaryButton>
          </>
        ) : (
          <ActivityRow device={device} activity={device.activity} />
        )}
      </div>
      <ActivityFault device={device} last={last} tab="network" />
      {refused === null ? null : <FaultCard fault={refused} kept={null} />}
      {verification === null ? null : <VerificationCard verification={verification} />}
    </div>
  );
}
