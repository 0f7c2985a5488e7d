import { type Fault, fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { CreateOutcome, CreateRequest, Profile, Provider } from '../provider/provider.ts';
import { alone } from './alone.ts';
import type { Book } from './book.ts';
import type { Gate } from './gate.ts';
import { GrowingPause } from './growingPause.ts';
import { LateOutcomes } from './lateOutcomes.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import type { LifeEvent, WaitReason } from './life.ts';
import { isLive, profilesOfEid } from './listing.ts';
import { isLedgerFault, obstacleOf } from './obstacles.ts';
import { offerOf } from './profileFields.ts';
import type { ProviderTime } from './providerTime.ts';
import { type AccountRef, accountKey, type OrderRecord, targetOf } from './record.ts';
import { Sayings } from './sayings.ts';
import type { DeskStep } from './steps.ts';

export interface SenderParts {
  readonly account: AccountRef;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly book: Book;
  readonly lock: SenderLock;
  readonly gate: Gate;
  readonly time: ProviderTime;
  readonly provider: () => Provider | null;
  /** Ends what only reads and waits. */
  readonly signal: AbortSignal;
  /** Ends a create request that is under way; its order is unconfirmed then. */
  readonly createSignal: AbortSignal;
  readonly step: (step: DeskStep) => void;
}

/** How long what was looked up for an EID may be trusted, ms. */
const FRESH_MS = 10_000;
/** The provider's clock is measured anew before a matching-ID order where it was last measured longer ago, ms. */
const CLOCK_FRESH_MS = 60_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const LEDGER_PAUSE_MS = 5_000;
const LONGEST_LEDGER_PAUSE_MS = 60_000;

/**
 * Sends the drafts of one account, in the order in which they were written: under the sender lock, after a look at what exists by
 * then, and only with `sending` durable in the ledger. A create request is repeated only where it was certainly not
 * processed.
 */
export class Sender {
  readonly #parts: SenderParts;
  /** What was looked up for an EID just before its order was written. */
  readonly #lookedUp = new Map<string, { readonly at: number; readonly profiles: readonly Profile[] }>();
  /** The provider refuses these credentials for creating, though perhaps not for reading. */
  #barred: Fault | null = null;
  #notBefore = 0;
  readonly #pause: GrowingPause;
  #ledgerPause = LEDGER_PAUSE_MS;
  readonly #sayings = new Sayings();
  readonly #outcomes = new LateOutcomes<LifeEvent>((id, event) => this.#record(id, event));

  constructor(parts: SenderParts) {
    this.#parts = parts;
    const { random } = parts;
    this.#pause = new GrowingPause({ first: FIRST_PAUSE_MS, longest: LONGEST_PAUSE_MS, random });
  }

  /** Hands over what was just looked up for a new order's EID, so that it need not be looked up again. */
  noteLookUp(orderId: string, profiles: readonly Profile[]): void {
    this.#lookedUp.set(orderId, { at: this.#parts.clock.monotonic(), profiles });
  }

  /** Other credentials may do, or a technician wants it tried again. */
  unbar(): void {
    this.#barred = null;
  }

  /** Sends what can be sent. Gives the ms after which to come again, or null. */
  async run(): Promise<number | null> {
    const { book, gate, clock, signal } = this.#parts;
    while (!signal.aborted) {
      if (!this.#outcomes.writeLate()) return LEDGER_PAUSE_MS;
      const drafts = book.watched(book.ledger.unbound('draft'));
      if (!drafts.ok) return this.#nextLedgerPause();
      const next = drafts.value.find(({ order }) => this.#isMine(order) && order.heldFor !== 'choice');
      if (next === undefined) return null;
      const wait = this.#notBefore - clock.monotonic();
      const obstacle = gate.blocked ?? this.#ownObstacle();
      if (obstacle === null) this.#sayings.clear();
      else {
        this.#sayHeld(next.order, obstacle.by, obstacle.fault);
        // An obstacle in the gate wakes us when it is gone.
        return null;
      }
      if (wait > 0) return wait;
      const done = await this.#underLock(next.order.id);
      if (!done.ok) return this.#nextLedgerPause();
      this.#ledgerPause = LEDGER_PAUSE_MS;
    }
    return null;
  }

  /** A full disk is not looked at too often, since each look begins with a question to the provider. */
  #nextLedgerPause(): number {
    const pause = this.#ledgerPause;
    this.#ledgerPause = Math.min(pause * 2, LONGEST_LEDGER_PAUSE_MS);
    return pause;
  }

  #isMine(order: Order): boolean {
    return accountKey(order.account) === accountKey(this.#parts.account);
  }

  #ownObstacle(): { by: 'account'; fault: Fault } | null {
    return this.#barred === null ? null : { by: 'account', fault: this.#barred };
  }

  /** A fault is one of the ledger, or says that we are to end. */
  #underLock(id: string): Promise<Result<null>> {
    const { book, step } = this.#parts;
    return alone(this.#parts, () => {
      step('locked');
      const record = book.watched(book.ledger.get(id));
      if (!record.ok) return record;
      const { order } = record.value;
      // Another process may have sent it while we waited for the lock, or the technician taken it back.
      if (order.status !== 'draft' || order.sid !== null || order.heldFor === 'choice') return ok(null);
      return this.#send(record.value);
    });
  }

  async #send(record: OrderRecord): Promise<Result<null>> {
    const { book, step, time } = this.#parts;
    const { id } = record.order;
    const provider = this.#parts.provider();
    if (provider === null) return this.#hold(id, fault('account.none'));
    const { credentials } = this.#parts.gate;
    const existing = await this.#check(provider, record);
    if (!existing.ok) return this.#afterFault(id, existing.fault, credentials, null);
    step('checked');
    const live = existing.value.filter(isLive);
    if (live.length > 0 && !record.trail.orderAnother) return this.#offer(record, live);
    const knownSids = existing.value.flatMap(({ sid }) => (sid === null ? [] : [sid]));
    const sending = book.record(id, { kind: 'sent', sentAt: time.now(), knownSids });
    if (!sending.ok) return this.#ledgerOnly(sending.fault);
    step('sending');
    const outcome = await this.#create(provider, {
      target: targetOf(record.order),
      callback: record.order.callback,
    });
    step('answered');
    const concluded = this.#conclude(id, outcome, credentials);
    step('recorded');
    return concluded;
  }

  /** What the provider has for this order's EID; for a matching-ID order nothing, but a measured clock and a provider that answers. */
  async #check(provider: Provider, { order }: OrderRecord): Promise<Result<readonly Profile[]>> {
    const { clock, gate, signal, time } = this.#parts;
    const target = targetOf(order);
    if (target.kind === 'matchingId') {
      if (time.ageMs <= CLOCK_FRESH_MS) return ok([]);
      const checked = await provider.check({ signal });
      if (!checked.ok) return checked;
      gate.passed();
      return ok([]);
    }
    const noted = this.#lookedUp.get(order.id);
    this.#lookedUp.delete(order.id);
    if (noted !== undefined && clock.monotonic() - noted.at <= FRESH_MS) return ok(noted.profiles);
    const found = await profilesOfEid(provider, target.eid, { signal });
    if (found.ok) gate.passed();
    return found;
  }

  #offer({ order }: OrderRecord, live: readonly Profile[]): Result<null> {
    const { book } = this.#parts;
    const taken = book.watched(book.ledger.sidsOf(order.account));
    if (!taken.ok) return taken;
    const candidates = live.flatMap((profile) => {
      const offer = offerOf(profile, profile.sid === null ? null : (taken.value.get(profile.sid) ?? null));
      return offer === null ? [] : [offer];
    });
    const offered = book.record(order.id, { kind: 'offered', candidates });
    return offered.ok ? ok(null) : this.#ledgerOnly(offered.fault);
  }

  /** A provider that throws, which none should, may have sent the request before. */
  async #create(provider: Provider, request: CreateRequest): Promise<CreateOutcome> {
    try {
      return await provider.create(request, { signal: this.#parts.createSignal });
    } catch (error) {
      const details = error instanceof Error ? error.message.slice(0, 500) : '';
      return { kind: 'unknown', fault: fault('internal', { details }) };
    }
  }

  #conclude(id: string, outcome: CreateOutcome, credentials: number): Result<null> {
    switch (outcome.kind) {
      case 'created':
        this.#pause.reset();
        this.#parts.gate.passed();
        this.#outcomes.write(id, { kind: 'created', profile: outcome.profile });
        return ok(null);
      case 'notProcessed':
        return this.#afterFault(id, outcome.fault, credentials, outcome.retryAfterMs);
      case 'refused':
        return this.#afterFault(id, outcome.fault, credentials, null);
      case 'unknown':
        this.#outcomes.write(id, { kind: 'unknown', fault: outcome.fault });
        this.#slowDown(null);
        this.#parts.gate.meet(outcome.fault, credentials);
        return ok(null);
    }
  }

  /** A request, of the check or of the order itself, that certainly made no profile. */
  #afterFault(id: string, why: Fault, credentials: number, retryAfterMs: number | null): Result<null> {
    const { book, gate } = this.#parts;
    const current = book.watched(book.ledger.get(id));
    if (!current.ok) return current;
    const sent = current.value.order.status === 'sending';
    const obstacle = obstacleOf(why);
    if (obstacle === 'refusal') {
      this.#pause.reset();
      gate.passed();
      this.#outcomes.write(id, { kind: 'refused', fault: why });
      return ok(null);
    }
    const heldFor: WaitReason = obstacle === 'stopped' ? 'turn' : obstacle;
    if (sent) this.#outcomes.write(id, { kind: 'notProcessed', heldFor, fault: why });
    else if (obstacle !== 'stopped') this.#sayHeld(current.value.order, heldFor, why);
    // What is said to a create request need not hold for those that only read, nor for credentials that came meanwhile.
    if (sent && obstacle === 'account') this.#barred = credentials === gate.credentials ? why : null;
    else if (!sent || obstacle === 'network') gate.meet(why, credentials, retryAfterMs);
    if (sent && obstacle !== 'account') this.#slowDown(retryAfterMs);
    return ok(null);
  }

  #sayHeld({ id, heldFor: before }: Order, heldFor: WaitReason, why: Fault): void {
    if (!this.#sayings.isNew(id, before, heldFor, why)) return;
    const held = this.#parts.book.record(id, { kind: 'held', heldFor, fault: why });
    if (held.ok) this.#sayings.note(id, heldFor, why);
  }

  #hold(id: string, why: Fault): Result<null> {
    const held = this.#parts.book.record(id, { kind: 'held', heldFor: 'account', fault: why });
    if (!held.ok) return this.#ledgerOnly(held.fault);
    this.#barred = why;
    return ok(null);
  }

  /** After an answer that did not come, or a no that may be yes later, the next request waits: longer from time to time. */
  #slowDown(retryAfterMs: number | null): void {
    const pause = this.#pause.next();
    this.#notBefore = this.#parts.clock.monotonic() + (retryAfterMs ?? pause);
  }

  /** Whether the ledger has taken it, or the order's own life will never. */
  #record(id: string, event: LifeEvent): boolean {
    const recorded = this.#parts.book.record(id, this.#claimed(event));
    return recorded.ok || !isLedgerFault(recorded.fault);
  }

  /** A profile that another order has already is no answer to this one: what became of it is not known then. */
  #claimed(event: LifeEvent): LifeEvent {
    if (event.kind !== 'created' || event.profile.sid === null) return event;
    const { book, account } = this.#parts;
    const holder = book.ledger.bySid(account, event.profile.sid);
    if (!holder.ok || holder.value === null) return event;
    const message = `The provider named profile ${event.profile.sid}, which another order has already.`;
    return { kind: 'unknown', fault: fault('order.unconfirmed', { message }) };
  }

  /** A refusal by the order's own life means that somebody else has moved it on: nothing is wrong with the ledger. */
  #ledgerOnly(why: Fault): Result<null> {
    return isLedgerFault(why) ? fail(why) : ok(null);
  }
}
