import { useCallback, useEffect } from 'react';
import type { FleetList } from '../../../contract/activation.ts';
import type { Fault } from '../../../contract/fault.ts';
import { useRequest } from '../../bench/BenchContext.tsx';
import { createExternalStore, useExternalStore } from '../../ui/externalStore.ts';

/** The Fleets as the provider last told this window, by account: to be shown at once while they are asked for again. */
const told = createExternalStore<ReadonlyMap<string, FleetList>>(new Map());

export interface Fleets {
  readonly list: FleetList | null;
  readonly pending: boolean;
  readonly fault: Fault | null;
  ask(): Promise<void>;
}

/** The Fleets as they were last told; null where they were not asked for since the window is open. */
export function useKnownFleets(key: string): FleetList | null {
  return useExternalStore(told).get(key) ?? null;
}

/**
 * The Fleets of an account.
 * @param orderId an order of the account; null for the account in use
 * @param key the account's, see `fleetKey`
 * @param wanted asks as soon as it is true, once for each time that the component is there
 */
export function useFleets(orderId: string | null, key: string, wanted: boolean): Fleets {
  const list = useKnownFleets(key);
  const { run, pending, fault } = useRequest('fleets.list');
  const ask = useCallback(async () => {
    const result = await run({ orderId });
    if (result.ok) told.set(new Map([...told.get(), [key, result.value]]));
  }, [run, orderId, key]);
  useEffect(() => {
    if (wanted) void ask();
  }, [wanted, ask]);
  return { list, pending, fault, ask };
}
