import {
  type Activation,
  type FleetView,
  isOpenActivation,
  type SimView,
  type SimWish,
} from '../../contract/activation.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { counts } from '../../contract/nameTemplate.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Sim, SimUpdate, SimUpdateOutcome } from '../provider/provider.ts';
import { missingOf, SCHEDULED, sidOfFleet } from '../provider/simUpdate.ts';
import { type ActivationEvent, type ActivationWait, NAME_TAKEN } from './activationLife.ts';
import { alone } from './alone.ts';
import type { Book } from './book.ts';
import { type FleetBook, isFleetSid } from './fleetBook.ts';
import type { Gate } from './gate.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import { sweepActivations } from './leftOvers.ts';
import { obstacleOf } from './obstacles.ts';
import type { OrderProvider } from './orderProvider.ts';
import type { AccountRef } from './record.ts';
import { Sayings } from './sayings.ts';
import { type SimName, simNameOf } from './simName.ts';
import type { DeskStep } from './steps.ts';
import { freshFor, pauseBefore } from './tempo.ts';

export interface ActivatorParts {
  readonly account: AccountRef;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly book: Book;
  /** One for changes of Sims: orders are not to wait for them. */
  readonly simLock: SenderLock;
  readonly gate: Gate;
  readonly fleets: FleetBook;
  readonly provider: () => OrderProvider | null;
  /** Ends what only reads and waits. */
  readonly signal: AbortSignal;
  /** Ends a request that is under way; how the Sim stands is looked up then. */
  readonly createSignal: AbortSignal;
  readonly step: (step: DeskStep) => void;
}

/** How long the provider is given before it is looked what became of a lost request, ms. */
const FIRST_LOOK_MS = 2_000;
const LEDGER_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** A Sim that has just come may not be known everywhere at the provider yet: so often it is asked for again. */
const MOST_UNKNOWN = 5;
/** How many names are tried where each is taken. */
const MOST_NAMES = 50;

/** What this process knows of one activation: when it is its turn, and what was tried. */
interface Turn {
  /** By the monotonic clock. */
  due: number;
  /** How often it was its turn since the activation is in this status. */
  tries: number;
  /** A number that grows from try to try: among those whose turn it is, the one that was tried longest ago comes first. */
  triedAs: number;
  status: Activation['status'];
  unknown: number;
  names: number;
}

/** A request to change a Sim: what of the wish it still lacks, and under which name. */
interface Change {
  readonly simSid: string;
  readonly wanted: SimUpdate;
  readonly missing: SimUpdate;
  readonly name: SimName;
  readonly fleets: readonly FleetView[];
}

/**
 * Makes the Sims of one account's orders what is wished. Before a request it is looked what is missing, and `sending` is durable in the
 * ledger; after an answer that is lost, or that says "later", it is looked until the Sim has settled. Such a request may be made
 * again: asking for what is already so changes nothing.
 */
export class Activator {
  readonly #parts: ActivatorParts;
  readonly #turns = new Map<string, Turn>();
  /** The provider refuses these credentials for changing Sims, though perhaps not for reading. */
  #barred: Fault | null = null;
  #notBefore = 0;
  #pause = FIRST_PAUSE_MS;
  #tries = 0;
  readonly #sayings = new Sayings();
  /** Outcomes that the ledger could not take. */
  #late: { readonly id: string; readonly event: ActivationEvent }[] = [];

  constructor(parts: ActivatorParts) {
    this.#parts = parts;
  }

  /** Other credentials may do, or a technician wants it tried again. */
  unbar(): void {
    this.#barred = null;
  }

  /** Does what is to be done. Gives the ms after which to come again, or null. */
  async run(): Promise<number | null> {
    const { book, gate, account, clock, signal } = this.#parts;
    while (!signal.aborted) {
      if (!this.#writeLate()) return LEDGER_PAUSE_MS;
      const open = book.watched(book.ledger.activated(account));
      if (!open.ok) return LEDGER_PAUSE_MS;
      // The file may have been changed by others: what cannot be read as an activation is none.
      const orders = open.value
        .map(({ order }) => order)
        .filter(({ activation }) => isOpenActivation(activation));
      const obstacle = gate.blocked ?? this.#ownObstacle();
      if (obstacle === null) this.#sayings.clear();
      else {
        const first = orders.find(isWaiting);
        if (first !== undefined) this.#hold(first, obstacle.by, obstacle.fault);
        // It wakes us when it is gone.
        if (gate.blocked !== null) return null;
      }
      const next = this.#next(obstacle === null ? orders : orders.filter((order) => !isWaiting(order)));
      if (next === null) return null;
      const wait = next.turn.due - clock.monotonic();
      if (wait > 0) return wait;
      this.#count(next.turn);
      const done = await this.#underLock(next.order.id, next.turn);
      if (!done.ok) return LEDGER_PAUSE_MS;
    }
    return null;
  }

  /**
   * Asks how an order's Sim stands, now. Faults: `order.wrongState` for one without a Sim, and those of the request.
   */
  look(id: string): Promise<Result<null>> {
    return this.#withOrder(id, async (order) => {
      const provider = this.#parts.provider();
      if (provider === null) return fail(fault('account.none'));
      if (order.simSid === null) {
        return fail(fault('order.wrongState', { message: 'The order has no SIM yet.' }));
      }
      const { credentials } = this.#parts.gate;
      const fetched = await provider.fetchSim(order.simSid, { signal: this.#parts.signal });
      if (!fetched.ok) {
        this.#parts.gate.meet(fetched.fault, credentials);
        return fetched;
      }
      this.#parts.gate.passed();
      return this.#seen(order, fetched.value);
    });
  }

  /** Whatever becomes of a try: the next of the same activation comes later and later, and others that wait come before it. */
  #count(turn: Turn): void {
    const { clock, random } = this.#parts;
    this.#tries += 1;
    turn.triedAs = this.#tries;
    turn.due = clock.monotonic() + pauseBefore(turn.tries, random());
    turn.tries += 1;
  }

  /** The activation whose turn comes first. */
  #next(orders: readonly Order[]): { readonly order: Order; readonly turn: Turn } | null {
    const ids = new Set(orders.map(({ id }) => id));
    for (const id of this.#turns.keys()) if (!ids.has(id)) this.#turns.delete(id);
    const turns = orders.map((order) => ({ order, turn: this.#turnOf(order) }));
    return turns.reduce<(typeof turns)[number] | null>(
      (first, each) => (first === null || isBefore(each.turn, first.turn) ? each : first),
      null,
    );
  }

  #turnOf(order: Order): Turn {
    const status = order.activation?.status ?? 'done';
    const known = this.#turns.get(order.id);
    if (known?.status === status) return known;
    const now = this.#parts.clock.monotonic();
    const turn: Turn = {
      due: now,
      tries: 0,
      triedAs: known?.triedAs ?? 0,
      status,
      unknown: known?.unknown ?? 0,
      names: known?.names ?? 0,
    };
    if (status === 'waiting') turn.due = Math.max(now, this.#notBefore);
    if (status === 'unconfirmed') turn.due = now + FIRST_LOOK_MS * (order.activation?.attempts ?? 1);
    if (status === 'scheduled')
      turn.due = now + this.#pauseFor(order, 2 * (order.activation?.attempts ?? 1) - 2);
    this.#turns.set(order.id, turn);
    return turn;
  }

  #pauseFor({ updatedAt }: Order, looks: number): number {
    const { clock, random } = this.#parts;
    // A Sim that is being changed for long is asked about like a profile that waits for its download.
    const still = Math.max(0, clock.now() - updatedAt);
    return Math.max(pauseBefore(looks, random()), freshFor('available', false, still));
  }

  #ownObstacle(): { by: 'account'; fault: Fault } | null {
    const why = this.#parts.provider() === null ? fault('account.none') : this.#barred;
    return why === null ? null : { by: 'account', fault: why };
  }

  /** A fault is one of the ledger, or says that we are to end. */
  #underLock(id: string, turn: Turn): Promise<Result<null>> {
    return this.#withOrder(id, (order) => {
      const { activation } = order;
      // What a bench that died had left `sending` is `unconfirmed` by now.
      if (activation === null || activation.status !== turn.status) return ok(null);
      return activation.status === 'waiting'
        ? this.#change(order, activation, turn)
        : this.#lookAfter(order, turn);
    });
  }

  #withOrder(
    id: string,
    work: (order: Order) => Promise<Result<null>> | Result<null>,
  ): Promise<Result<null>> {
    const { book, signal, simLock } = this.#parts;
    return alone(
      { book, signal, lock: simLock },
      () => {
        const record = book.watched(book.ledger.get(id));
        return record.ok ? work(record.value.order) : record;
      },
      sweepActivations,
    );
  }

  /** How a Sim stands of which the provider was asked something. */
  async #lookAfter(order: Order, turn: Turn): Promise<Result<null>> {
    const { clock, gate, signal } = this.#parts;
    turn.due = clock.monotonic() + this.#pauseFor(order, turn.tries);
    const provider = this.#parts.provider();
    if (provider === null || order.simSid === null) return ok(null);
    const { credentials } = gate;
    const fetched = await provider.fetchSim(order.simSid, { signal });
    if (fetched.ok) {
      gate.passed();
      turn.unknown = 0;
      return this.#seen(order, fetched.value);
    }
    if (gate.meet(fetched.fault, credentials) || obstacleOf(fetched.fault) === 'stopped') return ok(null);
    return this.#notKnown(order, turn, fetched.fault);
  }

  async #change(order: Order, activation: Activation, turn: Turn): Promise<Result<null>> {
    const { book, gate, step } = this.#parts;
    const provider = this.#parts.provider();
    // It is looked for at the beginning of each round.
    if (provider === null) return ok(null);
    const { credentials } = gate;
    const ready = await this.#prepare(provider, order, activation, turn);
    if (!ready.ok) return this.#beforeSending(order, turn, ready.fault, credentials);
    if (ready.value === null) return ok(null);
    step('simChecked');
    const { missing, name, simSid } = ready.value;
    const changes = inWords(missing, activation);
    const event = { kind: 'sent', of: activation.wish, ...name, changes } as const;
    const sent = book.record(order.id, { kind: 'activation', event });
    // Refused by its own life: somebody else has moved it on, or wants something else by now.
    if (!sent.ok) return sent.fault.code.startsWith('ledger.') ? sent : ok(null);
    step('simSending');
    const outcome = await this.#update(provider, simSid, missing);
    step('simAnswered');
    await this.#conclude(order, activation, ready.value, outcome, turn, credentials);
    step('simRecorded');
    return ok(null);
  }

  /** What is to be sent; null where nothing is, since the Sim is as wished, or being changed already. */
  async #prepare(
    provider: OrderProvider,
    order: Order,
    activation: Activation,
    turn: Turn,
  ): Promise<Result<Change | null>> {
    const { account, book, fleets, gate, signal } = this.#parts;
    const { simSid } = order;
    if (simSid === null) return ok(null);
    const fetched = await provider.fetchSim(simSid, { signal });
    if (!fetched.ok) return fetched;
    gate.passed();
    turn.unknown = 0;
    const { wish } = activation;
    // Only a template that counts asks which names others have: that is a look through the whole ledger.
    const taken =
      wish.nameTemplate !== null && counts(wish.nameTemplate)
        ? book.watched(book.ledger.simNames(account, order.id))
        : ok(new Set<string>());
    if (!taken.ok) return taken;
    const name = simNameOf(order, activation, taken.value);
    if (!name.ok) return name;
    const wanted = wantedOf(wish, name.value.uniqueName);
    const known = await fleets.toLookUp(account, wish.fleet);
    const missing = missingOf(fetched.value, wanted, known);
    const isScheduled = fetched.value.status === SCHEDULED;
    const stands = missing === null ? 'asWished' : isScheduled ? 'scheduled' : 'otherwise';
    const seen = this.#recordLook(order, fetched.value, stands);
    if (!seen.ok) return seen;
    return ok(
      missing === null || isScheduled ? null : { simSid, wanted, missing, name: name.value, fleets: known },
    );
  }

  /** A fault of what comes before the request: nothing was sent. */
  #beforeSending(order: Order, turn: Turn, why: Fault, credentials: number): Result<null> {
    if (why.code.startsWith('ledger.')) return fail(why);
    if (why.code === 'activation.unnamed') return this.#refuse(order, why);
    const obstacle = obstacleOf(why);
    if (obstacle === 'stopped') return ok(null);
    if (obstacle === 'refusal') return this.#notKnown(order, turn, why);
    this.#parts.gate.meet(why, credentials);
    return this.#hold(order, obstacle, why);
  }

  /** A provider that throws, which none should, may have sent the request before. */
  async #update(provider: OrderProvider, simSid: string, update: SimUpdate): Promise<SimUpdateOutcome> {
    try {
      return await provider.updateSim(simSid, update, { signal: this.#parts.createSignal });
    } catch (error) {
      const details = error instanceof Error ? error.message.slice(0, 500) : '';
      return { kind: 'unknown', fault: fault('internal', { details }) };
    }
  }

  async #conclude(
    order: Order,
    { wish }: Activation,
    change: Change,
    outcome: SimUpdateOutcome,
    turn: Turn,
    credentials: number,
  ): Promise<void> {
    const { gate } = this.#parts;
    const of = wish;
    switch (outcome.kind) {
      case 'updated':
      case 'scheduled': {
        this.#pause = FIRST_PAUSE_MS;
        gate.passed();
        const stands = standing(outcome, change);
        this.#write(order.id, { kind: 'seen', of, by: 'answer', sim: this.#view(outcome.sim), stands });
        return;
      }
      case 'notProcessed':
        this.#afterFault(order.id, of, outcome.fault, credentials, outcome.retryAfterMs);
        return;
      case 'refused': {
        if (outcome.fault.providerCode === BUSY) {
          this.#write(order.id, { kind: 'busy', of, fault: outcome.fault });
          return;
        }
        if (outcome.fault.providerCode === NO_WAY_THERE && (await this.#isThere(order, of, change))) return;
        const mayTryNext = wish.nameTemplate !== null && counts(wish.nameTemplate) && turn.names < MOST_NAMES;
        if (outcome.fault.providerCode === NAME_TAKEN && mayTryNext) {
          turn.names += 1;
          turn.tries = 0;
          turn.due = this.#parts.clock.monotonic();
          this.#write(order.id, { kind: 'nameTaken', of, fault: outcome.fault });
          return;
        }
        this.#afterFault(order.id, of, outcome.fault, credentials, null);
        return;
      }
      case 'unknown':
        this.#write(order.id, { kind: 'unknown', of, fault: outcome.fault });
        this.#slowDown(null);
        gate.meet(outcome.fault, credentials);
    }
  }

  /**
   * Whether a Sim that cannot be made what is wished is so already, or is being changed: an earlier request of which nobody knew what
   * became, or somebody else, was quicker.
   */
  async #isThere(order: Order, of: SimWish, change: Change): Promise<boolean> {
    const { provider, signal } = this.#parts;
    const fetched = await provider()?.fetchSim(change.simSid, { signal });
    if (fetched?.ok !== true) return false;
    const sim = fetched.value;
    // The provider said no: nothing is taken on its word here, a Fleet's name that nobody can look up least of all.
    const isSo = missingOf(sim, change.wanted, change.fleets) === null;
    if (sim.status !== SCHEDULED && !isSo) return false;
    const stands = sim.status === SCHEDULED ? 'scheduled' : 'asWished';
    this.#write(order.id, { kind: 'seen', of, by: 'answer', sim: this.#view(sim), stands });
    return true;
  }

  /** A request that certainly changed nothing. */
  #afterFault(id: string, of: SimWish, why: Fault, credentials: number, retryAfterMs: number | null): void {
    const { gate } = this.#parts;
    const obstacle = obstacleOf(why);
    if (obstacle === 'refusal') {
      gate.passed();
      this.#write(id, { kind: 'refused', of, fault: why });
      return;
    }
    const heldFor: ActivationWait = obstacle === 'stopped' ? 'turn' : obstacle;
    this.#write(id, { kind: 'notProcessed', of, heldFor, fault: why });
    // What is said to a change need not hold for those that only read, nor for credentials that came meanwhile.
    if (obstacle === 'account') this.#barred = credentials === gate.credentials ? why : null;
    else if (obstacle === 'network') gate.meet(why, credentials, retryAfterMs);
    if (obstacle !== 'account') this.#slowDown(retryAfterMs);
  }

  /** The provider does not know the Sim, or does not tell: given up after some times. */
  #notKnown(order: Order, turn: Turn, why: Fault): Result<null> {
    turn.unknown += 1;
    if (turn.unknown < MOST_UNKNOWN) {
      turn.due = this.#parts.clock.monotonic() + pauseBefore(turn.unknown + 1, this.#parts.random());
      return ok(null);
    }
    return this.#refuse(order, why);
  }

  /** What is wished of an order's Sim cannot be had. */
  #refuse({ id, activation }: Order, why: Fault): Result<null> {
    return activation === null
      ? ok(null)
      : this.#record(id, { kind: 'refused', of: activation.wish, fault: why });
  }

  async #seen(order: Order, sim: Sim): Promise<Result<null>> {
    const stands = await this.#stands(order, sim);
    return this.#recordLook(order, sim, stands);
  }

  #recordLook(
    { id, activation }: Order,
    sim: Sim,
    stands: 'asWished' | 'scheduled' | 'otherwise',
  ): Result<null> {
    const of = activation?.wish ?? null;
    return this.#record(id, { kind: 'seen', of, by: 'look', sim: this.#view(sim), stands });
  }

  async #stands({ activation }: Order, sim: Sim): Promise<'asWished' | 'scheduled' | 'otherwise'> {
    if (sim.status === SCHEDULED) return 'scheduled';
    if (activation === null) return 'otherwise';
    const { account, fleets } = this.#parts;
    const { uniqueName, wish } = activation;
    const wanted = wantedOf(wish, uniqueName);
    const known = await fleets.toLookUp(account, wish.fleet);
    // A name that was not made yet is still missing.
    const isNamed = wish.nameTemplate === null || uniqueName !== null;
    return isNamed && missingOf(sim, wanted, known) === null ? 'asWished' : 'otherwise';
  }

  #view({ status, uniqueName, fleetSid }: Sim): SimView {
    return { status, uniqueName, fleetSid, at: this.#parts.clock.now() };
  }

  #hold({ id, activation }: Order, heldFor: ActivationWait, why: Fault): Result<null> {
    if (!this.#sayings.isNew(id, activation?.heldFor, heldFor, why)) return ok(null);
    const held = this.#record(id, { kind: 'held', heldFor, fault: why });
    if (held.ok) this.#sayings.note(id, heldFor, why);
    return held;
  }

  /** After an answer that did not come, or a no that may be yes later, the next request waits: longer from time to time. */
  #slowDown(retryAfterMs: number | null): void {
    const { clock, random } = this.#parts;
    this.#notBefore = clock.monotonic() + (retryAfterMs ?? this.#pause * (0.75 + random() / 4));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    for (const turn of this.#turns.values()) {
      if (turn.status === 'waiting') turn.due = Math.max(turn.due, this.#notBefore);
    }
  }

  /** A refusal by the activation's own life means that somebody else has moved it on: nothing is wrong with the ledger. */
  #record(id: string, event: ActivationEvent): Result<null> {
    const recorded = this.#parts.book.record(id, { kind: 'activation', event });
    return recorded.ok || !recorded.fault.code.startsWith('ledger.') ? ok(null) : recorded;
  }

  /** Writes down what became of a request. Where the ledger cannot take it now, it is kept and written later. */
  #write(id: string, event: ActivationEvent): void {
    if (!this.#record(id, event).ok) this.#late.push({ id, event });
  }

  #writeLate(): boolean {
    const waiting = this.#late;
    this.#late = [];
    for (const { id, event } of waiting) this.#write(id, event);
    return this.#late.length === 0;
  }
}

/** The provider's codes that need be no end: see `main/provider/errorCodes.ts`. */
const BUSY = '83009';
const NO_WAY_THERE = '83010';

function isBefore(one: Turn, other: Turn): boolean {
  return one.due < other.due || (one.due === other.due && one.triedAs < other.triedAs);
}

function standing(
  outcome: Extract<SimUpdateOutcome, { readonly sim: Sim }>,
  { fleets, wanted }: Change,
): 'asWished' | 'scheduled' | 'otherwise' {
  if (outcome.kind === 'scheduled') return 'scheduled';
  const { fleet = '' } = wanted;
  // Where the Fleets cannot be listed nobody can tell which SID the name stands for: that it was done is the provider's word then.
  const isKnown = isFleetSid(fleet) || sidOfFleet(fleet, fleets) !== null;
  const told = isKnown ? wanted : { ...wanted, fleet: outcome.sim.fleetSid ?? fleet };
  return missingOf(outcome.sim, told, fleets) === null ? 'asWished' : 'otherwise';
}

/** What a Sim is asked to be; without a name it keeps its own. */
function wantedOf({ fleet, simStatus }: SimWish, uniqueName: string | null): SimUpdate {
  return { fleet, status: simStatus, ...(uniqueName === null ? {} : { uniqueName }) };
}

function isWaiting({ activation }: Order): boolean {
  return activation?.status === 'waiting';
}

/** `Fleet "bench", status ready`: what a request asks for, for the history. */
function inWords({ fleet, status, uniqueName }: SimUpdate, { wish }: Activation): string {
  return [
    fleet === undefined ? null : `Fleet "${wish.fleetName ?? fleet}"`,
    status === undefined ? null : `status ${status}`,
    uniqueName === undefined ? null : `name ${uniqueName}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
