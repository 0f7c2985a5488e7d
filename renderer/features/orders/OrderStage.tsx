import { Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Device } from '../../../contract/device.ts';
import type { ExistingProfile, Order, OrderTarget } from '../../../contract/order.ts';
import { go } from '../../app/place.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { defaultCallback } from './defaultCallback.ts';
import { ExistingProfilesDialog } from './ExistingProfilesDialog.tsx';
import { ProfileChoice } from './ProfileChoice.tsx';
import { QrCard } from './QrCard.tsx';
import { usePlaceOrder } from './usePlaceOrder.ts';
import { WaitingLine } from './WaitingLine.tsx';

interface OrderStageProps {
  readonly order: Order;
  /** Called with the order that took this one's place. */
  readonly onOrdered: (orderId: string) => void;
}

/** The place below the path: the QR where there is one, else what is waited for, else what went wrong and what to do. */
export function OrderStage({ order, onOrdered }: OrderStageProps) {
  if (order.status === 'failed' || order.status === 'refused')
    return <Ended order={order} onOrdered={onOrdered} />;
  if (order.heldFor === 'choice') return <Choice order={order} onOrdered={onOrdered} />;
  if (order.status === 'unconfirmed') return <Unconfirmed order={order} onOrdered={onOrdered} />;
  if (order.status === 'draft') return <Draft order={order} />;
  if (order.status === 'cancelled') {
    return (
      <Frame title="Taken back before it was sent">
        <p className="stage-text">Nothing was ordered. The order stays in the ledger.</p>
        <OrderAgain order={order} onOrdered={onOrdered} label="Order again" />
      </Frame>
    );
  }
  if (order.lpa !== null) return <QrCard order={order} lpa={order.lpa} />;
  return <Coming order={order} />;
}

interface FrameProps {
  readonly title?: string;
  /** The order whose waiting is said below the title, or as the title where there is none. */
  readonly order?: Order;
  /** Without a title: what is in it has its own. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** The QR's place while there is none, so that nothing jumps when it comes. */
export function Frame({ title, order, bare = false, children }: FrameProps) {
  return (
    <div className="stage">
      <div className="qr-box qr-box-empty" aria-hidden="true">
        <IconQrcode size={56} stroke={1} />
        <span>The QR code appears here</span>
      </div>
      <div className={bare ? 'stage-head stage-head-bare' : 'stage-head'}>
        {title === undefined ? null : <h2 className="stage-title">{title}</h2>}
        {order === undefined ? null : <WaitingLine order={order} asTitle={title === undefined} />}
        {children}
      </div>
    </div>
  );
}

function Coming({ order }: { order: Order }) {
  const refresh = useRequest('orders.refresh');
  const provider = providerLabel(order.account.provider);
  return (
    <Frame order={order}>
      <p className="stage-text">
        Nothing to do now. {provider} is asked every few seconds; the QR code appears here when the profile is
        available. You can go on with another device.
      </p>
      {order.sid === null ? null : (
        <div className="actions">
          <Button
            variant="default"
            loading={refresh.pending}
            onClick={() => void refresh.run({ orderId: order.id })}
          >
            Ask now
          </Button>
        </div>
      )}
      {refresh.fault === null ? null : <FaultCard fault={refresh.fault} />}
      {order.fault === null ? null : <FaultCard fault={order.fault} tone="wait" />}
    </Frame>
  );
}

function Draft({ order }: { order: Order }) {
  const cancel = useRequest('orders.cancel');
  const provider = providerLabel(order.account.provider);
  return (
    <Frame order={order} title="Written down, not sent yet">
      <p className="stage-text">
        {order.heldFor === 'account'
          ? `The order is in the ledger. It is sent as soon as ${provider} accepts the account's credentials.`
          : `The order is in the ledger and is sent by itself as soon as ${provider} can take it.`}
      </p>
      <div className="actions">
        {order.heldFor === 'account' ? (
          <PrimaryButton onClick={() => go({ view: 'account' })}>Set the account</PrimaryButton>
        ) : null}
        <Button
          variant="default"
          loading={cancel.pending}
          onClick={() => void cancel.run({ orderId: order.id })}
        >
          Cancel order
        </Button>
      </div>
      {cancel.fault === null ? null : <FaultCard fault={cancel.fault} />}
      {order.fault === null ? null : <FaultCard fault={order.fault} tone="wait" kept={null} />}
    </Frame>
  );
}

function Unconfirmed({ order, onOrdered }: OrderStageProps) {
  const refresh = useRequest('orders.refresh');
  const provider = providerLabel(order.account.provider);
  const nothing = order.heldFor === 'nothingFound';
  const held = order.heldFor === 'account' || order.heldFor === 'network';
  return (
    <Frame
      order={order}
      title={nothing ? `${provider} does not show this order` : 'Not known yet whether it was ordered'}
    >
      <p className="stage-text">
        {nothing
          ? `The answer was lost, and the list of ${provider} has not shown the order since. It was most likely not taken. Look once more, or order again.`
          : `The answer of ${provider} was lost. The bench looks for ${lookedFor(order)}, so that nothing is ordered twice. Do not order again before it says so.`}
      </p>
      <div className="actions">
        {held ? <PrimaryButton onClick={() => go({ view: 'account' })}>See the account</PrimaryButton> : null}
        <Button
          variant="default"
          loading={refresh.pending}
          onClick={() => void refresh.run({ orderId: order.id })}
        >
          {nothing ? 'Look once more' : 'Look now'}
        </Button>
        {nothing ? <OrderAgain order={order} onOrdered={onOrdered} label="Order again" another /> : null}
      </div>
      {refresh.fault === null ? null : <FaultCard fault={refresh.fault} />}
      {order.fault === null ? null : <FaultCard fault={order.fault} tone="wait" />}
    </Frame>
  );
}

function lookedFor(order: Order): string {
  return order.kind === 'eid'
    ? 'a profile with this EID made since then'
    : 'a profile with no EID made since then that no other order has';
}

function Choice({ order, onOrdered }: OrderStageProps) {
  const adopt = useRequest('orders.adopt');
  const [taking, setTaking] = useState<string | null>(null);
  const provider = providerLabel(order.account.provider);
  const use = async (profile: ExistingProfile) => {
    setTaking(profile.sid);
    const result = await adopt.run({ sid: profile.sid, deviceId: order.device?.id ?? null });
    setTaking(null);
    if (result.ok) onOrdered(result.value.orderId);
  };
  return (
    <div className="stage-column">
      <h2 className="stage-title">
        {order.status === 'unconfirmed' ? 'Which of these is this order?' : 'This EID has a profile already'}
      </h2>
      <WaitingLine order={order} />
      <p className="stage-text">
        {order.status === 'unconfirmed'
          ? `The answer of ${provider} was lost, and more than one profile may be the one that was ordered.`
          : `${provider} has a live profile for it by now, so the order was not sent.`}
      </p>
      <ProfileChoice profiles={order.candidates} pendingSid={taking} onUse={(profile) => void use(profile)} />
      {adopt.fault === null ? null : <FaultCard fault={adopt.fault} />}
      <div className="actions">
        <OrderAgain order={order} onOrdered={onOrdered} label="Order another" another />
      </div>
    </div>
  );
}

function Ended({ order, onOrdered }: OrderStageProps) {
  if (order.fault === null) {
    return (
      <Frame
        title={
          order.status === 'failed'
            ? 'The provider could not make the profile'
            : 'The provider refused the order'
        }
      >
        <OrderAgain order={order} onOrdered={onOrdered} label="Order again" />
      </Frame>
    );
  }
  return (
    <Frame bare>
      <FaultCard
        fault={order.fault}
        kept="The order and its history are in the ledger."
        actions={<OrderAgain order={order} onOrdered={onOrdered} label="Order again" />}
      />
    </Frame>
  );
}

interface OrderAgainProps extends OrderStageProps {
  readonly label: string;
  /** Whether live profiles of the EID were seen already and another one is wanted. */
  readonly another?: boolean;
}

/** The device it was for, where that is still there with the same chip; else the EID alone. */
function sameTarget(order: Order, devices: readonly Device[]): OrderTarget {
  if (order.eid === null) return { kind: 'matchingId' };
  const device = devices.find(
    (candidate) => candidate.phase === 'ready' && candidate.eid?.value === order.eid,
  );
  return device === undefined ? { kind: 'eid', eid: order.eid } : { kind: 'device', deviceId: device.id };
}

/** Orders the same once more: a new order, never the old one sent again. */
function OrderAgain({ order, onOrdered, label, another = false }: OrderAgainProps) {
  const settings = useBenchState((state) => state.settings);
  const devices = useBenchState((state) => state.devices);
  const placing = usePlaceOrder();
  const again = async () => {
    const orderId = await placing.place(
      {
        target: sameTarget(order, devices),
        callback: order.callback ?? defaultCallback(settings),
        // It was said once for this EID already, or it was not needed.
        acceptInvalidEid: true,
      },
      another,
    );
    if (orderId !== null) onOrdered(orderId);
  };
  return (
    <>
      <Button variant="default" loading={placing.pending} onClick={() => void again()}>
        {label}
      </Button>
      {placing.fault === null ? null : <FaultCard fault={placing.fault} />}
      <ExistingProfilesDialog placing={placing} deviceId={order.device?.id ?? null} onDone={onOrdered} />
    </>
  );
}
