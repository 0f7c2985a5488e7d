import type { ReactNode } from 'react';
import type { ActivityKind, Device } from '../../../contract/device.ts';
import type { DeviceTab } from '../../app/place.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { faultTab } from './activityWords.ts';

interface ActivityFaultProps {
  readonly device: Device;
  /** What was begun last on the device, as far as the window saw it. */
  readonly last: ActivityKind | null;
  /** Where it is shown. */
  readonly tab: DeviceTab;
  readonly actions?: ReactNode;
}

/** Why the last activity came to nothing, on the tab where it belongs; what is about PIN and PUK is said at their fields. */
export function ActivityFault({ device, last, tab, actions }: ActivityFaultProps) {
  const fault = device.activityFault;
  const place = faultTab(last);
  if (fault === null || device.activity !== null || (place !== null && place !== tab)) return null;
  if (device.simLock !== null && fault.code.startsWith('sim.')) return null;
  return (
    <FaultCard
      fault={fault}
      kept={null}
      tone={fault.code === 'cancelled' ? 'wait' : 'failed'}
      {...(actions === undefined ? {} : { actions })}
    />
  );
}
