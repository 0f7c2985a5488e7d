import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import { useBenchState, useRequest } from '../../bench/BenchContext.tsx';
import { namedAccountOf } from './simStanding.ts';

/** Somebody who walks through a list with the arrow keys asks nothing of what he passes, ms. */
const LOOKED_AT_MS = 400;

export interface SimReading {
  /** Asks the provider now. */
  read(): Promise<void>;
  readonly pending: boolean;
  readonly fault: Fault | null;
  /** When the provider last said what is shown, ms since 1970; null where it has not. */
  readonly at: number | null;
}

/**
 * What the provider says of an order's Sim. Where nothing is known it is asked once by itself, as soon as its account can be: an
 * account that is known not to get through is not tried.
 */
export function useSimReading(order: Order): SimReading {
  const { run, pending, fault } = useRequest('sims.read');
  const accounts = useBenchState((state) => state.accounts);
  const inUse = useBenchState((state) => state.account.name);
  const reachability = useBenchState((state) => state.provider.state);
  // The same answer as before changes nothing in the order, but is as new as it is.
  const [same, setSame] = useState<number | null>(null);
  const account = namedAccountOf(order, accounts, inUse);
  const isOut = account?.name === inUse && (reachability === 'offline' || reachability === 'rejected');
  const { id, simSid, sim } = order;
  const wanted = simSid !== null && sim === null && account !== null && !isOut;

  const read = useCallback(async () => {
    const result = await run({ orderId: id });
    if (result.ok) setSame(Date.now());
  }, [run, id]);

  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => void read(), LOOKED_AT_MS);
    return () => clearTimeout(timer);
  }, [wanted, read]);

  return { read, pending, fault, at: sim === null ? null : Math.max(sim.at, same ?? 0) };
}
