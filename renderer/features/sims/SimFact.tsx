import { Button } from '@mantine/core';
import type { Order } from '../../../contract/order.ts';
import { openDialog } from '../../app/place.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { isNextToActivate, isUnused, mayWish } from './simStanding.ts';
import { simState } from './simWords.ts';

/** The Sim in one line beside the QR, with the way to activate it where nobody has yet. */
export function SimFact({ order }: { order: Order }) {
  if (order.simSid === null && order.activation === null) return null;
  return (
    <div className="fact">
      <dt>SIM</dt>
      <dd>
        <StateMark state={simState(order)} />
        {isUnused(order) && mayWish(order) && !isNextToActivate(order) ? (
          <Button
            variant="default"
            size="compact-md"
            rightSection={<KeyHint>S</KeyHint>}
            aria-keyshortcuts="S"
            onClick={() => openDialog({ kind: 'activateSim', orderId: order.id })}
          >
            Activate the SIM …
          </Button>
        ) : null}
      </dd>
    </div>
  );
}
