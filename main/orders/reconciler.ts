import { ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Profile, Provider } from '../provider/provider.ts';
import { alone } from './alone.ts';
import type { Book } from './book.ts';
import { candidatesOf, mayBeUnclaimed } from './elimination.ts';
import type { Gate } from './gate.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import { gather, LARGEST_PAGE, profilesOfEid } from './listing.ts';
import { offerOf } from './profileFields.ts';
import { type AccountRef, accountKey, type OrderRecord, targetOf } from './record.ts';
import type { DeskStep } from './steps.ts';

export interface ReconcilerParts {
  readonly account: AccountRef;
  readonly clock: Clock;
  readonly book: Book;
  readonly lock: SenderLock;
  readonly gate: Gate;
  readonly provider: () => Provider | null;
  readonly signal: AbortSignal;
  readonly step: (step: DeskStep) => void;
}

/** When the provider's list is looked through for an order, ms after it became unconfirmed. */
export const LOOKS_MS = [5_000, 20_000, 60_000, 300_000] as const;

/** A list of many pages takes longer than one answer. */
const LIST_TIMEOUT_MS = 120_000;

/**
 * Finds out what became of orders whose answer is missing, from the provider's list. It adopts what can only be the order's,
 * asks the technician where several can be, and says so where nothing is found. It never orders.
 */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  /** When to look for each order next, by the monotonic clock. */
  readonly #due = new Map<string, number>();
  /** Orders that are to be looked for at once, besides. */
  readonly #extra = new Set<string>();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /**
   * Looks for everything that is unconfirmed at once, also for what was given up or waits for a choice: after a start, and
   * when one of several profiles was chosen. These looks are beside those that are due in any case.
   */
  lookAtAll(): void {
    const orders = this.#unconfirmed();
    if (orders.ok) for (const { order } of orders.value) this.#extra.add(order.id);
  }

  /** Looks for what is to be looked for. Gives the ms to the next look, or null. */
  async run(): Promise<number | null> {
    const { clock, gate, signal } = this.#parts;
    if (this.#parts.provider() === null) return null;
    const orders = this.#unconfirmed();
    if (!orders.ok) return LOOKS_MS[0];
    this.#plan(orders.value);
    for (const { order, trail } of orders.value) {
      const due = this.#due.get(order.id) ?? Number.POSITIVE_INFINITY;
      const isDue = due <= clock.monotonic();
      if (!isDue && !this.#extra.has(order.id)) continue;
      if (gate.blocked !== null || signal.aborted) return null;
      const looked = await this.look(order.id, isDue);
      // What a closed gate has kept from being looked for is looked for when it opens.
      if (!looked.ok && gate.blocked !== null) return null;
      this.#extra.delete(order.id);
      // Refused by the provider, or the ledger is in trouble: at the next time that is due.
      if (!looked.ok) this.#schedule(order.id, trail.looks);
    }
    const next = Math.min(...this.#due.values());
    return next === Number.POSITIVE_INFINITY ? null : Math.max(0, next - clock.monotonic());
  }

  /**
   * Looks for one order now, while nothing is sent that its profile could be taken for. Ok also where it was not found.
   * @param isDue whether it is one of the looks after which an order is said not to be there
   */
  look(id: string, isDue = false): Promise<Result<OrderRecord>> {
    const { book, gate, step } = this.#parts;
    return alone(this.#parts, async () => {
      step('lookStarted');
      const record = book.watched(book.ledger.get(id));
      if (!record.ok || !isUnconfirmed(record.value)) return record;
      const provider = this.#parts.provider();
      if (provider === null) return record;
      const { credentials } = gate;
      const listed = await this.#list(provider, record.value);
      if (!listed.ok) {
        gate.meet(listed.fault, credentials);
        return listed;
      }
      gate.passed();
      step('lookListed');
      const concluded = this.#conclude(record.value, listed.value, isDue);
      step('lookRecorded');
      return concluded;
    });
  }

  #list(provider: Provider, { order }: OrderRecord): Promise<Result<Profile[]>> {
    const target = targetOf(order);
    const options = { signal: this.#parts.signal, timeoutMs: LIST_TIMEOUT_MS };
    return target.kind === 'eid'
      ? profilesOfEid(provider, target.eid, options)
      : gather(provider, { pageSize: LARGEST_PAGE }, options, mayBeUnclaimed);
  }

  #conclude(record: OrderRecord, profiles: readonly Profile[], isDue: boolean): Result<OrderRecord> {
    const { book } = this.#parts;
    const { id } = record.order;
    const taken = book.watched(book.ledger.sidsOf(record.order.account));
    if (!taken.ok) return taken;
    const candidates = candidatesOf(record, profiles, taken.value);
    const alike = this.#alike(record);
    if (!alike.ok) return alike;
    const [first] = candidates;
    if (first === undefined) {
      if (!isDue) return this.#recorded(id, { kind: 'lookedInVain', look: 'extra' });
      const looks = record.trail.looks + 1;
      this.#schedule(id, looks);
      return this.#recorded(id, {
        kind: 'lookedInVain',
        look: looks < LOOKS_MS.length ? 'due' : 'last',
      });
    }
    // As many orders as profiles, or more: they ask for the same, so that it is all one which order takes which.
    if (candidates.length <= alike.value) {
      return this.#recorded(id, { kind: 'found', by: 'list', profile: first });
    }
    const offers = candidates.flatMap((profile) => offerOf(profile, null) ?? []);
    return this.#recorded(id, { kind: 'several', candidates: offers });
  }

  #recorded(id: string, event: Parameters<Book['record']>[1]): Result<OrderRecord> {
    const recorded = this.#parts.book.record(id, event);
    return recorded.ok ? ok(recorded.value.record) : recorded;
  }

  /** How many orders are being looked for that ask for just what this one asks for, itself included. */
  #alike({ order }: OrderRecord): Result<number> {
    const orders = this.#unconfirmed();
    if (!orders.ok) return orders;
    const alike = orders.value.filter(
      (other) =>
        other.order.eid === order.eid && (other.order.heldFor === null || other.order.id === order.id),
    );
    return ok(alike.length);
  }

  #unconfirmed(): Result<OrderRecord[]> {
    const { account, book } = this.#parts;
    const orders = book.watched(book.ledger.unbound('unconfirmed'));
    return orders.ok
      ? ok(orders.value.filter(({ order }) => accountKey(order.account) === accountKey(account)))
      : orders;
  }

  /** Gives a time to those that are being looked for and have none yet, and forgets those that are not. */
  #plan(unconfirmed: readonly OrderRecord[]): void {
    const open = new Map(unconfirmed.map(({ order, trail }) => [order.id, { order, trail }]));
    for (const id of this.#extra) if (!open.has(id)) this.#extra.delete(id);
    for (const id of this.#due.keys()) if (open.get(id)?.order.heldFor !== null) this.#due.delete(id);
    for (const [id, { order, trail }] of open) {
      if (order.heldFor === null && !this.#due.has(id)) this.#schedule(id, trail.looks);
    }
  }

  /** @param looks how many looks that were due it has had */
  #schedule(id: string, looks: number): void {
    const at = LOOKS_MS[Math.min(looks, LOOKS_MS.length - 1)] ?? 0;
    const before = LOOKS_MS[looks - 1] ?? 0;
    this.#due.set(id, this.#parts.clock.monotonic() + Math.max(at - before, LOOKS_MS[0]));
  }
}

function isUnconfirmed({ order }: OrderRecord): boolean {
  return order.status === 'unconfirmed' && order.sid === null;
}
