import { Button } from '@mantine/core';
import type { Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import { go } from '../../app/place.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { FaultDetails } from '../../ui/FaultDetails.tsx';
import { PrimaryButton } from '../../ui/PrimaryButton.tsx';
import { CandidateChoice } from './CandidateChoice.tsx';
import { Frame } from './Frame.tsx';
import { OrderAgain } from './OrderAgain.tsx';
import { QrCard } from './QrCard.tsx';

interface OrderStageProps {
  readonly order: Order;
  /** The device that it is shown at, in whose eUICC the default SM-DP+ address can be set; left out in the ledger. */
  readonly device?: Device;
  /** Called with the order that took this one's place. */
  readonly onOrdered: (orderId: string) => void;
}

/** The place below the path: the QR where there is one, else what is waited for, else what went wrong and what to do. */
export function OrderStage({ order, device, onOrdered }: OrderStageProps) {
  if (order.heldFor === 'choice') return <CandidateChoice order={order} onOrdered={onOrdered} />;
  switch (order.status) {
    case 'failed':
    case 'refused':
      return <Ended order={order} onOrdered={onOrdered} />;
    case 'cancelled':
      return (
        <Frame title="Taken back before it was sent">
          <p className="stage-text">Nothing was ordered. The order stays in the ledger.</p>
          <OrderAgain order={order} onOrdered={onOrdered} />
        </Frame>
      );
    case 'draft':
      return <Draft order={order} />;
    case 'unconfirmed':
      return <Unconfirmed order={order} onOrdered={onOrdered} />;
    default:
      return order.lpa === null ? (
        <Coming order={order} />
      ) : (
        <QrCard order={order} lpa={order.lpa} {...(device === undefined ? {} : { device })} />
      );
  }
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
      {order.fault === null || refresh.fault !== null ? null : <FaultCard fault={order.fault} tone="wait" />}
    </Frame>
  );
}

function Draft({ order }: { order: Order }) {
  const cancel = useRequest('orders.cancel');
  const refresh = useRequest('orders.refresh');
  const provider = providerLabel(order.account.provider);
  const forAccount = order.heldFor === 'account';
  const fault = cancel.fault ?? refresh.fault;
  return (
    <Frame title="Written down, not sent yet" order={order}>
      <p className="stage-text">
        {forAccount
          ? `The order is in the ledger. It is sent as soon as ${provider} accepts the account's credentials.`
          : `The order is in the ledger and is sent by itself as soon as ${provider} can take it.`}
      </p>
      <div className="actions">
        {forAccount ? (
          <PrimaryButton onClick={() => go({ view: 'account' })}>Set the account</PrimaryButton>
        ) : null}
        {order.heldFor === null ? null : (
          <Button
            variant="default"
            loading={refresh.pending}
            onClick={() => void refresh.run({ orderId: order.id })}
          >
            Try now
          </Button>
        )}
        <Button
          variant="default"
          loading={cancel.pending}
          onClick={() => void cancel.run({ orderId: order.id })}
        >
          Cancel order
        </Button>
      </div>
      {fault === null ? null : <FaultCard fault={fault} kept="The order stays in the ledger." />}
      {order.fault === null ? null : <FaultDetails fault={order.fault} />}
    </Frame>
  );
}

function Unconfirmed({ order, onOrdered }: OrderStageProps) {
  const refresh = useRequest('orders.refresh');
  const provider = providerLabel(order.account.provider);
  const nothing = order.heldFor === 'nothingFound';
  return (
    <Frame
      title={nothing ? `${provider} does not show this order` : 'Not known yet whether it was ordered'}
      order={order}
    >
      <p className="stage-text">
        {nothing
          ? `The answer was lost, and the list of ${provider} has not shown the order since: most likely it was never taken. Before it is ordered again, the list is looked through once more.`
          : `The answer of ${provider} was lost. The bench looks for ${lookedFor(order)}, so that nothing is ordered twice. Do not order again before it says so.`}
      </p>
      <div className="actions">
        {order.heldFor === 'account' ? (
          <PrimaryButton onClick={() => go({ view: 'account' })}>Set the account</PrimaryButton>
        ) : null}
        <Button
          variant="default"
          loading={refresh.pending}
          onClick={() => void refresh.run({ orderId: order.id })}
        >
          {nothing ? 'Look once more' : 'Look now'}
        </Button>
        {nothing ? <OrderAgain order={order} onOrdered={onOrdered} inRow /> : null}
      </div>
      {refresh.fault === null ? null : <FaultCard fault={refresh.fault} />}
      {order.fault === null ? null : <FaultDetails fault={order.fault} />}
    </Frame>
  );
}

function lookedFor(order: Order): string {
  return order.kind === 'eid'
    ? 'a profile with this EID made since then'
    : 'a profile without an EID made since then that no other order has';
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
        <OrderAgain order={order} onOrdered={onOrdered} />
      </Frame>
    );
  }
  return (
    <Frame bare>
      <FaultCard
        fault={order.fault}
        kept="The order and its history are in the ledger."
        actions={<OrderAgain order={order} onOrdered={onOrdered} inRow />}
      />
    </Frame>
  );
}
