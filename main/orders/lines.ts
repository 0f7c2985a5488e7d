import { type Fault, fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import type { Provider } from '../provider/provider.ts';
import { Line, type LineParts } from './line.ts';
import { type AccountRef, accountKey } from './record.ts';

export type LinesParts = Omit<LineParts, 'account' | 'provider'> & {
  readonly provider: (account: AccountRef) => Provider | null;
};

/** A fault for an order whose account is not the one in use. */
export function otherAccount(): Fault {
  return fault('account.none', {
    message: 'The account that this order belongs to is not set.',
    hint: 'Set that account again. The order is kept.',
  });
}

/** The line of each account: orders go on with the account that placed them, and with no other. */
export class Lines {
  readonly #parts: LinesParts;
  readonly #lines = new Map<string, Line>();

  constructor(parts: LinesParts) {
    this.#parts = parts;
  }

  /** The line of an account; null while there are no credentials for it. */
  of(account: AccountRef): Line | null {
    if (this.provider(account) === null) return null;
    const known = this.known(account);
    if (known !== null) return known;
    const line = new Line({ ...this.#parts, account, provider: () => this.provider(account) });
    this.#lines.set(accountKey(account), line);
    return line;
  }

  provider(account: AccountRef): Provider | null {
    return this.#parts.provider(account);
  }

  known(account: AccountRef): Line | null {
    return this.#lines.get(accountKey(account)) ?? null;
  }

  /** An order has changed: what is to be done about it is woken. */
  noticed(order: Order): void {
    this.of(order.account)?.noticed(order);
  }

  /** Takes up the open orders of every account that there are credentials for; drafts of the others say what they wait for. */
  open(): void {
    const { book } = this.#parts;
    const accounts = book.watched(book.ledger.openAccounts());
    if (!accounts.ok) return;
    for (const account of accounts.value) {
      const known = this.known(account) !== null;
      const line = this.of(account);
      if (line === null) this.#holdDraftsOf(account);
      else if (!known) line.begin();
    }
  }

  networkMayBeBack(): void {
    for (const line of this.#lines.values()) line.gate.probeNow();
  }

  credentialsChanged(): void {
    for (const line of this.#lines.values()) line.credentialsChanged();
    this.open();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => line.stop()));
  }

  #holdDraftsOf(account: AccountRef): void {
    const { book } = this.#parts;
    const drafts = book.watched(book.ledger.unbound('draft'));
    if (!drafts.ok) return;
    for (const { order } of drafts.value) {
      if (accountKey(order.account) !== accountKey(account) || order.heldFor === 'choice') continue;
      book.record(order.id, { kind: 'held', heldFor: 'account', fault: otherAccount() });
    }
  }
}
