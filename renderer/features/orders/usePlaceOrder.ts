import { useCallback, useState } from 'react';
import type { RequestInput } from '../../../contract/channels.ts';
import type { Fault } from '../../../contract/fault.ts';
import type { ExistingProfile } from '../../../contract/order.ts';
import { useRequest } from '../../bench/BenchContext.tsx';

type OrderInput = RequestInput<'orders.create'>;

export interface PlaceOrder {
  /** Asks main to order. Gives the order's id, or null where nothing was ordered (see `existing` and `fault`). */
  place(input: Omit<OrderInput, 'orderAnother'>): Promise<string | null>;
  /** The same again, though live profiles exist: the technician said so. */
  orderAnother(): Promise<string | null>;
  /** Leaves it without ordering. */
  leave(): void;
  /** Live profiles that stand in the way; null where none do. */
  readonly existing: ExistingProfile[] | null;
  readonly pending: boolean;
  readonly fault: Fault | null;
}

/** Placing one order, with the question that comes up when the EID has a live profile already. */
export function usePlaceOrder(): PlaceOrder {
  const { run, pending, fault, clear } = useRequest('orders.create');
  const [asked, setAsked] = useState<{ input: OrderInput; profiles: ExistingProfile[] } | null>(null);

  const send = useCallback(
    async (input: OrderInput) => {
      const result = await run(input);
      if (!result.ok) return null;
      if (result.value.kind === 'exists') {
        setAsked({ input, profiles: result.value.profiles });
        return null;
      }
      setAsked(null);
      return result.value.orderId;
    },
    [run],
  );

  return {
    place: (input) => send({ ...input, orderAnother: false }),
    orderAnother: async () => (asked === null ? null : send({ ...asked.input, orderAnother: true })),
    leave: () => {
      setAsked(null);
      clear();
    },
    existing: asked?.profiles ?? null,
    pending,
    fault,
  };
}
