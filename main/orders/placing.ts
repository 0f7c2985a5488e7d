import type { CreateOutcome } from '../../contract/channels.ts';
import type { ExistingProfile } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Profile } from '../provider/provider.ts';
import type { Book } from './book.ts';
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import { isLive, profilesOfEid } from './listing.ts';
import { otherAccount } from './otherAccount.ts';
import { offerOf, offerOfOrder } from './profileFields.ts';
import { type AccountRef, accountKey, draftOf, type Intent, type OrderRecord } from './record.ts';
import type { DeskStep } from './steps.ts';

export interface PlacingParts {
  readonly book: Book;
  readonly clock: Clock;
  readonly lines: Lines;
  readonly newId: () => string;
  readonly signal: AbortSignal;
  readonly step: (step: DeskStep) => void;
}

/** What is to be ordered. */
export type Wish = Omit<Intent, 'replaces'>;

/** How long the technician waits for the look at live profiles, ms. */
const LOOK_UP_TIMEOUT_MS = 10_000;
/** A second click within this time after the first was done is the same click, ms. */
const SAME_CLICK_MS = 2_000;

interface Click {
  /** Until when a click counts as this one, by the monotonic clock. */
  until: number;
  readonly outcome: Promise<Result<CreateOutcome>>;
}

/** Writes new orders into the ledger, after a look at what there is already. Sending them is the sender's. */
export class Placing {
  readonly #parts: PlacingParts;
  readonly #clicks = new Map<string, Click>();

  constructor(parts: PlacingParts) {
    this.#parts = parts;
  }

  /** See `OrderDesk.place`. */
  place(wish: Wish): Promise<Result<CreateOutcome>> {
    // Matching-ID orders have nothing to tell a second click from a second order by.
    if (wish.target.kind !== 'eid') return this.#placeOnce(wish);
    const key = JSON.stringify([accountKey(wish.account), wish.target.eid, wish.orderAnother]);
    const now = this.#parts.clock.monotonic();
    for (const [old, click] of this.#clicks) if (now >= click.until) this.#clicks.delete(old);
    const before = this.#clicks.get(key);
    if (before !== undefined) return before.outcome.then(asRepeated);
    const click: Click = { until: Number.POSITIVE_INFINITY, outcome: this.#placeOnce(wish) };
    this.#clicks.set(key, click);
    const over = (ms: number) => {
      click.until = this.#parts.clock.monotonic() + ms;
    };
    click.outcome.then(
      // What wrote nothing may be asked again at once.
      (result) => over(result.ok && result.value.kind === 'ordered' ? SAME_CLICK_MS : 0),
      () => over(0),
    );
    return click.outcome;
  }

  /** An order was taken back: a click after that is a new one. */
  forgetClicks(): void {
    this.#clicks.clear();
  }

  /** Writes an order in place of another one, which alone may be open for the same EID. Gives the order that is there then. */
  replace(intent: Intent & { readonly replaces: string }): Result<OrderRecord> {
    const written = this.#write(
      intent,
      (open) => open.find(({ order }) => order.id !== intent.replaces) ?? null,
      null,
    );
    return written.ok ? ok(written.value.record) : written;
  }

  async #placeOnce(wish: Wish): Promise<Result<CreateOutcome>> {
    const { book, lines, step } = this.#parts;
    const { account, target } = wish;
    const line = lines.of(account);
    if (line === null) return fail(otherAccount());
    line.tryAgain();
    let lookedUp: readonly Profile[] | null = null;
    if (target.kind === 'eid') {
      const open = book.watched(book.ledger.openForEid(account, target.eid));
      if (!open.ok) return open;
      const waiting = unbound(open.value);
      if (waiting !== null) return ok(this.#goOnWith(waiting, wish));
      const found = await this.#lookUp(line, target.eid);
      if (!found.ok) return found;
      lookedUp = found.value;
      if (lookedUp !== null && !wish.orderAnother) {
        const live = this.#offers(account, lookedUp);
        if (!live.ok) return live;
        if (live.value.length > 0) return ok({ kind: 'exists', profiles: live.value });
      }
    }
    step('lookedUp');
    const written = this.#write({ ...wish, replaces: null }, inTheWayOf(wish, lookedUp), lookedUp);
    if (!written.ok) return written;
    const { kind, record } = written.value;
    if (kind === 'written') return ok({ kind: 'ordered', orderId: record.order.id });
    const offer = offerOfOrder(record.order);
    return ok(offer === null ? this.#goOnWith(record, wish) : { kind: 'exists', profiles: [offer] });
  }

  /** The profiles of an EID; null where the provider cannot be asked now: then they are looked up before the order is sent. */
  async #lookUp(line: Line, eid: string): Promise<Result<readonly Profile[] | null>> {
    const { lines, signal } = this.#parts;
    const provider = lines.provider(line.account);
    if (provider === null || line.gate.blocked !== null) return ok(null);
    const { credentials } = line.gate;
    const found = await profilesOfEid(provider, eid, { signal, timeoutMs: LOOK_UP_TIMEOUT_MS });
    if (found.ok) return found;
    return line.gate.meet(found.fault, credentials) ? ok(null) : found;
  }

  /** An order that is still to be sent, or of which it is not known what became: it is gone on with instead of a second one. */
  #goOnWith({ order }: OrderRecord, wish: Wish): CreateOutcome {
    // It waits because of live profiles, and another one was just asked for in so many words.
    if (order.status === 'draft' && order.heldFor === 'choice' && wish.orderAnother) {
      this.#parts.book.record(order.id, { kind: 'released' });
    }
    return { kind: 'ordered', orderId: order.id, repeated: true };
  }

  #offers(account: AccountRef, profiles: readonly Profile[]): Result<ExistingProfile[]> {
    const { book } = this.#parts;
    const taken = book.watched(book.ledger.sidsOf(account));
    if (!taken.ok) return taken;
    return ok(
      profiles
        .filter(isLive)
        .flatMap((profile) => offerOf(profile, taken.value.get(profile.sid ?? '') ?? null) ?? []),
    );
  }

  #write(
    intent: Intent,
    inTheWay: (open: readonly OrderRecord[]) => OrderRecord | null,
    lookedUp: readonly Profile[] | null,
  ): ReturnType<Book['write']> {
    const { book, clock, lines, newId, step } = this.#parts;
    const draft = draftOf(newId(), intent, clock.now());
    // Before it is written: writing wakes the sender.
    if (lookedUp !== null) lines.of(intent.account)?.sender.noteLookUp(draft.order.id, lookedUp);
    const written = book.write(draft, inTheWay);
    if (written.ok && written.value.kind === 'written') step('written');
    return written;
  }
}

/** The order among these that is still to be sent, or of which it is not known what became. */
function unbound(open: readonly OrderRecord[]): OrderRecord | null {
  return open.find(({ order }) => order.sid === null) ?? null;
}

/**
 * What keeps a new order from being written: an order that is under way for the same EID; or one that has its profile already, of
 * which the look at the provider's list knew nothing (there was none, or another process was quicker).
 */
function inTheWayOf(wish: Wish, lookedUp: readonly Profile[] | null) {
  const known = new Set(lookedUp?.map(({ sid }) => sid));
  return (open: readonly OrderRecord[]): OrderRecord | null =>
    unbound(open) ?? (wish.orderAnother ? null : (open.find(({ order }) => !known.has(order.sid)) ?? null));
}

function asRepeated(result: Result<CreateOutcome>): Result<CreateOutcome> {
  return result.ok && result.value.kind === 'ordered' ? ok({ ...result.value, repeated: true }) : result;
}
