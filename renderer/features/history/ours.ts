import { type Order, PROFILE_STATUSES } from '../../../contract/order.ts';
import type { Account } from '../../../contract/providerTable.ts';
import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import type { BenchState } from '../../../contract/state.ts';
import { isOrderOf } from '../account/accountWords.ts';
import type { StateWord } from '../orders/orderWords.ts';

/** The orders of an account by the SID of the profile that each has: which of the provider's profiles are ours. */
export function ordersBySid(orders: readonly Order[], account: Account | null): ReadonlyMap<string, Order> {
  const ours = new Map<string, Order>();
  if (account === null) return ours;
  for (const order of orders) {
    if (order.sid !== null && isOrderOf(order, account)) ours.set(order.sid, order);
  }
  return ours;
}

/** The order of the account in use that has a profile. */
export function orderOfProfile(
  { orders, account: { account } }: Pick<BenchState, 'orders' | 'account'>,
  sid: string | null,
): Order | null {
  if (sid === null || account === null) return null;
  return orders.find((order) => order.sid === sid && isOrderOf(order, account)) ?? null;
}

/** Whether a profile is in the ledger, as word, shape and colour. */
export function ledgerWord(order: Pick<Order, 'archivedAt'> | null): StateWord {
  if (order === null) return { word: 'not in it', tone: 'idle' };
  return order.archivedAt === null
    ? { word: 'in the ledger', tone: 'ready' }
    : { word: 'archived', tone: 'gone' };
}

/** The later of what the list said and what the ledger knows since; a status never falls back. */
export function shownStatus(profile: Pick<RemoteProfile, 'status'>, order: Pick<Order, 'status'> | null) {
  if (order === null) return profile.status;
  return rank(order.status) > rank(profile.status) ? order.status : profile.status;
}

const IN_TURN: readonly string[] = PROFILE_STATUSES;

/** -1: not one of the provider's that we know. */
function rank(status: string): number {
  return IN_TURN.indexOf(status);
}
