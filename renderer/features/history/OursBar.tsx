import { Button } from '@mantine/core';
import type { Order } from '../../../contract/order.ts';
import { showOrder } from '../../app/place.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { ledgerWord } from './ours.ts';

/** Over the order of a profile that is ours: that it is, and the way to it. */
export function OursBar({ order }: { order: Order }) {
  return (
    <div className="ours-bar">
      <StateMark state={ledgerWord(order)} />
      <Button
        variant="subtle"
        size="compact-md"
        rightSection={<KeyHint>L</KeyHint>}
        aria-keyshortcuts="L"
        onClick={() => showOrder(order.id)}
      >
        Show in the ledger
      </Button>
    </div>
  );
}
