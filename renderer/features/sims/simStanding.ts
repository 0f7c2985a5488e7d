import type { NamedAccount } from '../../../contract/account.ts';
import type { Order } from '../../../contract/order.ts';
import { accountIdOf } from '../../../contract/providerTable.ts';
import { isOrderOf } from '../account/accountWords.ts';

/** Orders that get no Sim any more. */
const WITHOUT_SIM: ReadonlySet<string> = new Set(['failed', 'refused', 'cancelled']);
/** Statuses of an activation during which nothing else can be wished. */
const UNDER_WAY: ReadonlySet<string> = new Set(['sending', 'unconfirmed', 'scheduled']);

/** The account that an order belongs to: of several that are the same at the provider the one in use. */
export function namedAccountOf(
  order: Pick<Order, 'account'>,
  accounts: readonly NamedAccount[],
  inUse: string | null,
): NamedAccount | null {
  const fitting = accounts.filter(({ account }) => isOrderOf(order, account));
  return fitting.find(({ name }) => name === inUse) ?? fitting[0] ?? null;
}

/** Under which key an account's Fleets are remembered: the account's, whatever it is called and whoever signs in. */
export function fleetKey(order: Pick<Order, 'account'>): string {
  const { provider, accountSid, endpoint } = order.account;
  return [provider, accountSid, endpoint].join(' ');
}

export function fleetKeyOfAccount({ account }: Pick<NamedAccount, 'account'>): string {
  return fleetKey({ account: { ...account, accountSid: accountIdOf(account) } });
}

/** Whether an order has a Sim, or may still get one: its part of the window is there from the beginning. */
export function hasSimPart(order: Pick<Order, 'status' | 'simSid' | 'activation'>): boolean {
  return order.simSid !== null || order.activation !== null || !WITHOUT_SIM.has(order.status);
}

/** Whether something may be wished of an order's Sim now. */
export function mayWish(order: Pick<Order, 'status' | 'activation'>): boolean {
  return !WITHOUT_SIM.has(order.status) && !UNDER_WAY.has(order.activation?.status ?? '');
}

/** Whether the Sim lies there unused, and nobody has said what it is to become. */
export function isUnused({ activation, sim, simSid }: Pick<Order, 'activation' | 'sim' | 'simSid'>): boolean {
  return simSid !== null && activation === null && (sim === null || sim.status === 'new');
}

/**
 * Whether the Sim's own part offers to have something made of it, where nothing is wished yet. Beside a QR that is shown an unused
 * one is offered already, and no other.
 */
export function offersWish(
  order: Pick<Order, 'status' | 'activation' | 'sim' | 'simSid'>,
  qrShown: boolean,
): boolean {
  return mayWish(order) && !(qrShown && isUnused(order));
}

/** Whether to activate the Sim is the next thing to do: the QR has been used, and the Sim has not. */
export function isNextToActivate(order: Pick<Order, 'status' | 'activation' | 'sim' | 'simSid'>): boolean {
  return (order.status === 'downloaded' || order.status === 'installed') && isUnused(order);
}
