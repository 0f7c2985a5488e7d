import type { Order } from '../../contract/order.ts';
import { Line, type LineParts } from './line.ts';
import type { OrderProvider } from './orderProvider.ts';
import { otherAccount } from './otherAccount.ts';
import { type AccountRef, accountKey } from './record.ts';

export type LinesParts = Omit<LineParts, 'account' | 'provider'> & {
  readonly provider: (account: AccountRef) => OrderProvider | null;
};

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

  provider(account: AccountRef): OrderProvider | null {
    return this.#parts.provider(account);
  }

  known(account: AccountRef): Line | null {
    return this.#lines.get(accountKey(account)) ?? null;
  }

  /** An order has changed: what is to be done about it is woken. */
  noticed(order: Order): void {
    this.of(order.account)?.noticed(order);
  }

  /** Takes up the open orders of every account that there are credentials for; what the others have to send says what it waits for. */
  open(): void {
    const { book } = this.#parts;
    const accounts = book.watched(book.ledger.openAccounts());
    if (!accounts.ok) return;
    for (const account of accounts.value) {
      const known = this.known(account) !== null;
      const line = this.of(account);
      if (line === null) this.#holdAllOf(account);
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

  /** Says of everything that is still to be sent with an account what it waits for: the account. */
  #holdAllOf(account: AccountRef): void {
    const { book } = this.#parts;
    const why = otherAccount();
    const drafts = book.watched(book.ledger.unbound('draft'));
    if (!drafts.ok) return;
    for (const { order } of drafts.value) {
      if (accountKey(order.account) !== accountKey(account) || order.heldFor === 'choice') continue;
      book.record(order.id, { kind: 'held', heldFor: 'account', fault: why });
    }
    const activated = book.watched(book.ledger.activated(account));
    if (!activated.ok) return;
    for (const { order } of activated.value) {
      if (order.activation?.status !== 'waiting') continue;
      book.record(order.id, { kind: 'activation', event: { kind: 'held', heldFor: 'account', fault: why } });
    }
  }
}
