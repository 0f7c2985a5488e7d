import { useEffect, useMemo } from 'react';
import type { BenchBridge } from '../../../contract/channels.ts';
import { useBenchState, useBridge } from '../../bench/BenchContext.tsx';
import { createExternalStore, useExternalStore } from '../../ui/externalStore.ts';
import { type FilterState, NO_FILTER } from './historyFilter.ts';
import { type Asked, type ProfileList, ProfileLists, sameAsked } from './profileList.ts';

/** The lists outlive the view: who looks at an order and comes back finds what was there. */
const lists = new WeakMap<BenchBridge, ProfileLists>();

function listsOf(bridge: BenchBridge): ProfileLists {
  const known = lists.get(bridge);
  if (known !== undefined) return known;
  const made = new ProfileLists((input) => bridge.request('profiles.page', input));
  lists.set(bridge, made);
  return made;
}

/** So does what they are filtered by. */
const filterStore = createExternalStore<FilterState>(NO_FILTER);

export function useHistoryFilter(): FilterState {
  return useExternalStore(filterStore);
}

export function changeHistoryFilter(change: (state: FilterState) => FilterState): void {
  filterStore.set(change(filterStore.get()));
}

/** The list of the account in use by the filter; null until it is begun, and without an account. */
export function useProfileList(): { readonly list: ProfileList | null; readonly lists: ProfileLists } {
  const bench = listsOf(useBridge());
  const { filter } = useHistoryFilter();
  const name = useBenchState((state) => state.account.name);
  const account = useBenchState((state) => state.account.account);
  const reachability = useBenchState((state) => state.provider.state);
  const list = useExternalStore(bench.store);
  const asked = useMemo<Asked | null>(
    () =>
      name === null || account === null ? null : { account: name, identity: JSON.stringify(account), filter },
    [name, account, filter],
  );

  useEffect(() => {
    if (asked !== null) bench.show(asked);
  }, [asked, bench]);
  useEffect(() => {
    const now = bench.store.get();
    const why = now?.staleFault ?? now?.fault;
    if (reachability === 'reachable' && why?.code === 'provider.offline') bench.retry();
  }, [reachability, bench]);

  const shown = list !== null && asked !== null && sameAsked(list.asked, asked) ? list : null;
  return { list: shown, lists: bench };
}
