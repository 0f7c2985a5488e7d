import type { NamedAccount } from '../../../contract/account.ts';
import type { Fault } from '../../../contract/fault.ts';
import { FINAL_STATUSES, type Order } from '../../../contract/order.ts';
import {
  type Account,
  accountIdOf,
  credentialId,
  credentialOfAccount,
} from '../../../contract/providerTable.ts';
import { shortSid } from '../../format/digits.ts';
import { counted, providerLabel } from '../../format/words.ts';

type OfOrder = Pick<Order, 'account'>;

/** What tells an account from others: `AC0123…cdef`, then what it signs in with. */
export function accountFacts(account: Account): { id: string; signsIn: string } {
  const id = shortSid(accountIdOf(account));
  const { inShort } = credentialOfAccount(account);
  const own = credentialId(account);
  return { id, signsIn: own === null ? inShort : `${inShort} ${shortSid(own)}` };
}

/** `Twilio · AC0123…cdef · key SK0123…cdef` */
export function accountLine(account: Account): string {
  const { id, signsIn } = accountFacts(account);
  return [providerLabel(account.provider), id, signsIn].join(' · ');
}

/** Whether an order is followed with this account. The key does not matter: orders are the account's. */
export function isOrderOf(order: OfOrder, account: Account): boolean {
  return (
    order.account.provider === account.provider &&
    order.account.accountSid === accountIdOf(account) &&
    order.account.endpoint === account.endpoint
  );
}

/** Orders of the account that are not at their end. */
export function openOrdersOf(account: Account, orders: readonly Order[]): number {
  return orders.filter(
    (order) => order.archivedAt === null && !FINAL_STATUSES.has(order.status) && isOrderOf(order, account),
  ).length;
}

/** Whose an order is: `only` where there is but one account, and nothing needs to be said. */
export type OrderAccount =
  | { readonly kind: 'only' }
  | { readonly kind: 'named'; readonly name: string; readonly inUse: boolean }
  | { readonly kind: 'gone' };

/**
 * The account of an order among those that there are. Two may be the same account with different keys: the one in use is meant, else
 * the first.
 */
export function accountOfOrder(
  order: OfOrder,
  accounts: readonly NamedAccount[],
  inUse: string | null,
): OrderAccount {
  const fitting = accounts.filter(({ account }) => isOrderOf(order, account));
  const found = fitting.find(({ name }) => name === inUse) ?? fitting[0];
  if (found === undefined) return { kind: 'gone' };
  return accounts.length === 1
    ? { kind: 'only' }
    : { kind: 'named', name: found.name, inUse: found.name === inUse };
}

/**
 * The names by which an order's account goes, in lower case, for who looks for them; empty where there is but one account. Two
 * may be the same account with different keys: the order is found by both.
 */
export function accountNames(accounts: readonly NamedAccount[]): (order: OfOrder) => string {
  if (accounts.length < 2) return () => '';
  return (order) =>
    accounts
      .filter(({ account }) => isOrderOf(order, account))
      .map(({ name }) => name.toLowerCase())
      .join('\n');
}

/** What clearing an account means, in sentences. */
export function clearSentences(
  { name, account }: NamedAccount,
  accounts: readonly NamedAccount[],
  inUse: string | null,
  orders: readonly Order[],
): string[] {
  const others = accounts.filter((each) => each.name !== name);
  const goesOn = others.some((each) =>
    isOrderOf({ account: { ...each.account, accountSid: accountIdOf(each.account) } }, account),
  );
  const open = openOrdersOf(account, orders);
  return [
    'Account and secret are forgotten on this computer, also in the keychain.',
    'Orders and their QR codes stay in the ledger.',
    ...(goesOn
      ? ['Another account in the list is the same at the provider: open orders go on with that one.']
      : open === 0
        ? []
        : [
            `${counted(open, 'open order')} of this account ${open === 1 ? 'is' : 'are'} not asked about until it is added again.`,
          ]),
    ...(name === inUse && others.length > 0 ? ['No account is in use then, until you choose another.'] : []),
  ];
}

/** What an import did. */
export function importedSentence(added: number): string {
  if (added === 0) return 'Nothing was added: every account in this file is here already.';
  if (added === 1) return '1 account added. Its secret is not in the file: use the account, then enter it.';
  return `${counted(added, 'account')} added. Their secrets are not in the file: use each account, then enter its secret.`;
}

/** That an order's account is not in the list any more, and what that means for the order. */
export function goneSentence(order: Pick<Order, 'account' | 'status'>): string {
  const account = `${providerLabel(order.account.provider)} ${shortSid(order.account.accountSid)}`;
  return FINAL_STATUSES.has(order.status)
    ? `Its account, ${account}, is not in the list of accounts any more.`
    : `Its account, ${account}, is not in the list of accounts any more. The order is kept, but not asked about until the account is added again.`;
}

/** Whether a fault says that accounts and settings could not be read, or were set aside. */
export function isAboutSettings({ code }: Fault): boolean {
  return code.startsWith('settings.');
}
