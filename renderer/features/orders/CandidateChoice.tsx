import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ExistingProfile, Order } from '../../../contract/order.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { providerLabel } from '../../format/words.ts';
import { FaultCard } from '../../ui/FaultCard.tsx';
import { OrderAgain } from './OrderAgain.tsx';
import { ProfileChoice } from './ProfileChoice.tsx';
import { WaitingLine } from './WaitingLine.tsx';

interface CandidateChoiceProps {
  readonly order: Order;
  readonly onOrdered: (orderId: string) => void;
}

/** An order that stands still because profiles exist: which of them it is, or that another one is wanted. */
export function CandidateChoice({ order, onOrdered }: CandidateChoiceProps) {
  const choose = useRequest('orders.chooseCandidate');
  const another = useRequest('orders.orderAnother');
  const cancel = useRequest('orders.cancel');
  const [taking, setTaking] = useState<string | null>(null);
  const provider = providerLabel(order.account.provider);
  const sent = order.status === 'unconfirmed';
  const fault = choose.fault ?? another.fault ?? cancel.fault;

  const take = async (profile: ExistingProfile) => {
    setTaking(profile.sid);
    const result = await choose.run({ orderId: order.id, sid: profile.sid });
    setTaking(null);
    if (result.ok) onOrdered(result.value.orderId);
  };

  return (
    <div className="stage-column">
      <h2 className="stage-title">
        {sent ? 'Which of these is this order?' : 'This EID has a profile already'}
      </h2>
      <WaitingLine order={order} />
      <p className="stage-text">
        {sent
          ? `The answer of ${provider} was lost, and more than one profile may be what was ordered.`
          : `${provider} has a live profile for it by now, so the order was not sent.`}
      </p>
      <ProfileChoice
        profiles={order.candidates}
        pendingSid={taking}
        onUse={(profile) => void take(profile)}
      />
      {fault === null ? null : <FaultCard fault={fault} kept="The order stays in the ledger as it is." />}
      {sent ? (
        <OrderAgain order={order} onOrdered={onOrdered} label="None of these, order again" />
      ) : (
        <div className="actions">
          <Button
            variant="default"
            loading={another.pending}
            onClick={() => void another.run({ orderId: order.id })}
          >
            Order another
          </Button>
          <Button
            variant="subtle"
            loading={cancel.pending}
            onClick={() => void cancel.run({ orderId: order.id })}
          >
            Cancel order
          </Button>
        </div>
      )}
    </div>
  );
}
