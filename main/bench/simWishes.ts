import type { NamedAccount } from '../../contract/account.ts';
import type { SimWish } from '../../contract/activation.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { OrderDesk } from '../orders/orderDesk.ts';
import type { AccountRef } from '../orders/record.ts';
import type { Bench } from './bench.ts';

/** What an order of this account has done with its Sim by itself: as the field of an intent. */
export function simWishOf(account: NamedAccount | null): { readonly simWish?: SimWish } {
  const defaults = account?.simDefaults ?? null;
  return defaults === null || !defaults.byItself ? {} : { simWish: defaults.wish };
}

/** Has an order's Sim made what is wished, and remembers the wish for the next one of the same account. */
export function activateSim(bench: Bench, desk: OrderDesk, orderId: string, wish: SimWish): Result<null> {
  const account = accountOfOrder(desk, orderId);
  if (!account.ok) return account;
  const activated = desk.activate(orderId, wish);
  if (!activated.ok) return activated;
  const named = bench.accountOf(account.value);
  // What is done by itself was settled in so many words, and is not changed by what one SIM needed otherwise.
  if (named !== null && named.simDefaults?.byItself !== true) {
    // Only a convenience: that it cannot be remembered takes nothing from what was asked for.
    bench.accounts.setSimDefaults(named.name, { wish, byItself: false });
  }
  return ok(null);
}

export function accountOfOrder(desk: OrderDesk, orderId: string): Result<AccountRef> {
  const order = desk.get(orderId);
  return order.ok ? ok(order.value.account) : order;
}
