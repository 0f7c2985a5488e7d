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
  /** Orders that wait for the technician, and are looked for once more all the same. */
  readonly #onceMore = new Set<string>();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /**
   * Looks for everything that is unconfirmed at once, also for what was given up or waits for a choice: after a start, and
   * when one of several profiles was chosen.
   */
  lookAtAll(): void {
    const orders = this.#unconfirmed();
    if (!orders.ok) return;
    for (const { order } of orders.value) {
      this.#due.set(order.id, 0);
      if (order.heldFor !== null) this.#onceMore.add(order.id);
    }
  }

  /** Looks for what is due. Gives the ms to the next look, or null. */
  async run(): Promise<number | null> {
    const { clock, gate, signal } = this.#parts;
    if (this.#parts.provider() === null) return null;
    const orders = this.#unconfirmed();
    if (!orders.ok) return LOOKS_MS[0];
    const open = orders.value.filter(({ order }) => order.heldFor === null || this.#onceMore.has(order.id));
    this.#plan(open);
    for (const record of open) {
      if (gate.blocked !== null || signal.aborted) return null;
      if ((this.#due.get(record.order.id) ?? 0) > clock.monotonic()) continue;
      const looked = await this.look(record.order.id);
      // Refused by the provider, or the ledger is in trouble. A closed gate leaves it due: it is looked for when it opens.
      if (!looked.ok && gate.blocked === null) this.#postpone(record);
    }
    const dues = [...this.#due.values()];
    return dues.length === 0 ? null : Math.max(0, Math.min(...dues) - clock.monotonic());
  }

  /** Looks for one order now, while nothing is sent that its profile could be taken for. Ok also where it was not found. */
  look(id: string): Promise<Result<OrderRecord>> {
    const { book, gate, step } = this.#parts;
    return alone(this.#parts, async () => {
      step('lookStarted');
      const record = book.watched(book.ledger.get(id));
      if (!record.ok || !isUnconfirmed(record.value)) return record;
      const provider = this.#parts.provider();
      if (provider === null) return record;
      const listed = await this.#list(provider, record.value);
      if (!listed.ok) {
        gate.meet(listed.fault);
        return listed;
      }
      gate.passed();
      step('lookListed');
      const concluded = this.#conclude(record.value, listed.value);
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

  #conclude(record: OrderRecord, profiles: readonly Profile[]): Result<OrderRecord> {
    const { book } = this.#parts;
    const { id } = record.order;
    const taken = book.watched(book.ledger.sidsOf(record.order.account));
    if (!taken.ok) return taken;
    const candidates = candidatesOf(record, profiles, taken.value);
    const alike = this.#alike(record);
    if (!alike.ok) return alike;
    this.#onceMore.delete(id);
    this.#due.delete(id);
    const [first] = candidates;
    if (first === undefined) {
      const looks = record.trail.looks + 1;
      const last = looks >= LOOKS_MS.length;
      if (!last) this.#postpone(record);
      return this.#recorded(id, { kind: 'lookedInVain', last });
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

  /** Gives a time to those that have none yet, and forgets those that are settled. */
  #plan(open: readonly OrderRecord[]): void {
    const ids = new Set(open.map(({ order }) => order.id));
    for (const id of this.#due.keys()) if (!ids.has(id)) this.#due.delete(id);
    for (const record of open)
      if (!this.#due.has(record.order.id)) this.#schedule(record, record.trail.looks);
  }

  #postpone(record: OrderRecord): void {
    this.#schedule(record, Math.min(record.trail.looks + 1, LOOKS_MS.length - 1));
  }

  #schedule({ order }: OrderRecord, looks: number): void {
    const at = LOOKS_MS[looks] ?? LOOKS_MS[LOOKS_MS.length - 1] ?? 0;
    const before = LOOKS_MS[looks - 1] ?? 0;
    this.#due.set(order.id, this.#parts.clock.monotonic() + at - before);
  }
}

function isUnconfirmed({ order }: OrderRecord): boolean {
  return order.status === 'unconfirmed' && order.sid === null;
}
