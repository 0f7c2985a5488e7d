import type { Order } from '../../contract/order.ts';
import type { BenchState, StateChange, StateSnapshot } from '../../contract/state.ts';

/**
 * The state after a change: `gap` where a change before this one was missed and the whole must be asked for again; the
 * snapshot itself where the change is in it already.
 */
export function applyChange(snapshot: StateSnapshot, change: StateChange): StateSnapshot | 'gap' {
  if (change.revision <= snapshot.revision) return snapshot;
  if (change.revision > snapshot.revision + 1) return 'gap';
  return { revision: change.revision, state: merge(snapshot.state, change) };
}

function merge(old: BenchState, { slices, orders }: StateChange): BenchState {
  return {
    app: old.app,
    ports: slices.ports ?? old.ports,
    devices: slices.devices ?? old.devices,
    orders: mergeOrders(old.orders, orders),
    ledgerFault: slices.ledgerFault === undefined ? old.ledgerFault : slices.ledgerFault,
    account: slices.account ?? old.account,
    accounts: slices.accounts ?? old.accounts,
    provider: slices.provider ?? old.provider,
    proxyLogin: slices.proxyLogin === undefined ? old.proxyLogin : slices.proxyLogin,
    keptProxyLogins: slices.keptProxyLogins ?? old.keptProxyLogins,
    usualMsToAvailable:
      slices.usualMsToAvailable === undefined ? old.usualMsToAvailable : slices.usualMsToAvailable,
    settings: slices.settings ?? old.settings,
  };
}

/** Changed orders stay where they are; new ones come in, newest first. */
function mergeOrders(old: Order[], changed: Order[]): Order[] {
  if (changed.length === 0) return old;
  const byId = new Map(changed.map((order) => [order.id, order]));
  const kept = old.map((order) => {
    const newer = byId.get(order.id);
    byId.delete(order.id);
    return newer ?? order;
  });
  if (byId.size === 0) return kept;
  return [...byId.values(), ...kept].sort((a, b) => b.createdAt - a.createdAt);
}
