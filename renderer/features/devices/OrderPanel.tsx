import type { ActivityKind, Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import { providerLabel } from '../../format/words.ts';
import { OrderAccountLine } from '../orders/OrderAccountLine.tsx';
import { OrderPath } from '../orders/OrderPath.tsx';
import { pathSteps, waitingFor } from '../orders/path.ts';
import { showsQr } from '../orders/showsQr.ts';
import { SimPart } from '../sims/SimPart.tsx';
import { ActivityFault } from './ActivityFault.tsx';
import { ActivityRow } from './ActivityRow.tsx';
import { DeviceStage } from './DeviceStage.tsx';
import { deviceName } from './deviceWords.ts';
import { SimLockCard } from './SimLockCard.tsx';

interface OrderPanelProps {
  readonly device: Device;
  readonly order: Order | null;
  /** What was begun last on the device. */
  readonly last: ActivityKind | null;
}

/** How far a device's order is, and the one thing to do next. What is under way is said below, so that nothing is pushed. */
export function OrderPanel({ device, order, last }: OrderPanelProps) {
  const waiting = order === null ? null : waitingFor(order, providerLabel(order.account.provider));
  const installed = device.phase === 'ready' && order !== null && order.status === 'installed';
  return (
    <>
      {device.simLock === null || device.phase === 'gone' ? null : (
        <SimLockCard device={device} lock={device.simLock} />
      )}
      {order === null ? null : <OrderAccountLine order={order} onlyOther />}
      <OrderPath steps={pathSteps(device, order)} waiting={waiting} />
      <DeviceStage device={device} order={order} />
      {order === null ? null : <SimPart key={order.id} order={order} qrShown={showsQr(order)} />}
      {installed && order.lpa !== null ? (
        <p className="device-note">
          The next device can be plugged in. {deviceName(device)} keeps its profile and its order.
        </p>
      ) : null}
      {device.activity === null ? null : <ActivityRow device={device} activity={device.activity} />}
      <ActivityFault device={device} last={last} tab="order" />
    </>
  );
}
