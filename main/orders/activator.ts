import { type Activation, isOpenActivation, type SimView, type SimWish } from '../../contract/activation.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { counts } from '../../contract/nameTemplate.ts';
import type { Order } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Sim, SimUpdate, SimUpdateOutcome } from '../provider/provider.ts';
import { missingOf } from '../provider/simUpdate.ts';
import { type ActivationEvent, type ActivationWait, NAME_TAKEN, type SimStands } from './activationLife.ts';
import { alone } from './alone.ts';
import type { Book } from './book.ts';
import type { FleetBook } from './fleetBook.ts';
import type { Gate } from './gate.ts';
import { GrowingPause } from './growingPause.ts';
import { LateOutcomes } from './lateOutcomes.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import { sweepActivations } from './leftOvers.ts';
import { isLedgerFault, obstacleOf } from './obstacles.ts';
import type { OrderProvider } from './orderProvider.ts';
import type { AccountRef } from './record.ts';
import { Sayings } from './sayings.ts';
import { changesInWords, type SimChange, standsByAnswer, standsOnLook, wantedOf } from './simChange.ts';
import { simNameOf } from './simName.ts';
import { type SimTurn, SimTurns } from './simTurns.ts';
import type { DeskStep } from './steps.ts';

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

const LEDGER_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** So often in a row the provider may not tell how a Sim stands before it is given up. */
const MOST_UNTOLD = 5;
/** A Sim that has just come may not be known everywhere at the provider yet: it is given some two minutes. */
const MOST_UNKNOWN = 12;
/** How many names are tried where each is taken. */
const MOST_NAMES = 50;

/**
 * Makes the Sims of one account's orders what is wished. Before a request it is looked what is missing, and `sending` is durable in the
 * ledger; after an answer that is lost, or that says "later", it is looked until the Sim has settled. Such a request may be made
 * again: asking for what is already so changes nothing.
 */
export class Activator {
  readonly #parts: ActivatorParts;
  readonly #turns: SimTurns;
  /** The provider refuses these credentials for changing Sims, though perhaps not for reading. */
  #barred: Fault | null = null;
  readonly #pause: GrowingPause;
  readonly #sayings = new Sayings();
  readonly #outcomes = new LateOutcomes<ActivationEvent>((id, event) => this.#record(id, event).ok);

  constructor(parts: ActivatorParts) {
    const { clock, random } = parts;
    this.#parts = parts;
    this.#turns = new SimTurns(clock, random);
    this.#pause = new GrowingPause({ first: FIRST_PAUSE_MS, longest: LONGEST_PAUSE_MS, random });
  }

  /** Other credentials may do, or a technician wants it tried again. */
  unbar(): void {
    this.#barred = null;
  }

  /** Does what is to be done. Gives the ms after which to come again, or null. */
  async run(): Promise<number | null> {
    const { book, gate, account, clock, signal } = this.#parts;
    while (!signal.aborted) {
      if (!this.#outcomes.writeLate()) return LEDGER_PAUSE_MS;
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
      const next = this.#turns.next(obstacle === null ? orders : orders.filter((order) => !isWaiting(order)));
      if (next === null) return null;
      const wait = next.turn.due - clock.monotonic();
      if (wait > 0) return wait;
      this.#turns.count(next.turn);
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

  #ownObstacle(): { by: 'account'; fault: Fault } | null {
    const why = this.#parts.provider() === null ? fault('account.none') : this.#barred;
    return why === null ? null : { by: 'account', fault: why };
  }

  /** A fault is one of the ledger, or says that we are to end. */
  #underLock(id: string, turn: SimTurn): Promise<Result<null>> {
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
  async #lookAfter(order: Order, turn: SimTurn): Promise<Result<null>> {
    const { gate, signal } = this.#parts;
    this.#turns.lookLater(order, turn);
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
    return this.#notTold(order, turn, fetched.fault);
  }

  async #change(order: Order, activation: Activation, turn: SimTurn): Promise<Result<null>> {
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
    const changes = changesInWords(missing, activation);
    const event = { kind: 'sent', of: activation.wish, ...name, changes } as const;
    const sent = book.record(order.id, { kind: 'activation', event });
    // Refused by its own life: somebody else has moved it on, or wants something else by now.
    if (!sent.ok) return isLedgerFault(sent.fault) ? sent : ok(null);
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
    turn: SimTurn,
  ): Promise<Result<SimChange | null>> {
    const { account, book, fleets, gate, signal } = this.#parts;
    const { simSid } = order;
    if (simSid === null) return ok(null);
    const fetched = await provider.fetchSim(simSid, { signal });
    if (!fetched.ok) return fetched;
    gate.passed();
    turn.unknown = 0;
    const { wish } = activation;
    // Only a template that counts asks which names others have: that is a look through the whole ledger.
    const taken = isCounted(wish)
      ? book.watched(book.ledger.simNames(account, order.id))
      : ok(new Set<string>());
    if (!taken.ok) return taken;
    const name = simNameOf(order, activation, taken.value);
    if (!name.ok) return name;
    const wanted = wantedOf(wish, name.value.uniqueName);
    const known = await fleets.toLookUp(account, wish.fleet);
    const missing = missingOf(fetched.value, wanted, known);
    const stands = standsOnLook(fetched.value, missing);
    const seen = this.#recordLook(order, fetched.value, stands);
    if (!seen.ok) return seen;
    if (missing === null || stands === 'scheduled') return ok(null);
    return ok({ simSid, wanted, missing, name: name.value, fleets: known });
  }

  /** A fault of what comes before the request: nothing was sent. */
  #beforeSending(order: Order, turn: SimTurn, why: Fault, credentials: number): Result<null> {
    if (isLedgerFault(why)) return fail(why);
    if (why.code === 'activation.unnamed') return this.#refuse(order, why);
    const obstacle = obstacleOf(why);
    if (obstacle === 'stopped') return ok(null);
    if (obstacle === 'refusal') return this.#notTold(order, turn, why);
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
    change: SimChange,
    outcome: SimUpdateOutcome,
    turn: SimTurn,
    credentials: number,
  ): Promise<void> {
    const { gate } = this.#parts;
    const of = wish;
    switch (outcome.kind) {
      case 'updated':
      case 'scheduled': {
        this.#pause.reset();
        gate.passed();
        this.#seenByAnswer(order.id, of, outcome.sim, standsByAnswer(outcome, change));
        return;
      }
      case 'notProcessed':
        this.#afterFault(order.id, of, outcome.fault, credentials, outcome.retryAfterMs);
        return;
      case 'refused': {
        if (outcome.fault.providerCode === BUSY) {
          this.#outcomes.write(order.id, { kind: 'busy', of, fault: outcome.fault });
          return;
        }
        if (outcome.fault.providerCode === NO_WAY_THERE && (await this.#isThere(order, of, change))) return;
        const mayTryNext = isCounted(wish) && turn.names < MOST_NAMES;
        if (outcome.fault.providerCode === NAME_TAKEN && mayTryNext) {
          this.#turns.tryNextName(turn);
          this.#outcomes.write(order.id, { kind: 'nameTaken', of, fault: outcome.fault });
          return;
        }
        this.#afterFault(order.id, of, outcome.fault, credentials, null);
        return;
      }
      case 'unknown':
        this.#outcomes.write(order.id, { kind: 'unknown', of, fault: outcome.fault });
        this.#slowDown(null);
        gate.meet(outcome.fault, credentials);
    }
  }

  /**
   * Whether a Sim that cannot be made what is wished is so already, or is being changed: an earlier request of which nobody knew what
   * became, or somebody else, was quicker.
   */
  async #isThere(order: Order, of: SimWish, change: SimChange): Promise<boolean> {
    const { provider, signal } = this.#parts;
    const fetched = await provider()?.fetchSim(change.simSid, { signal });
    if (fetched?.ok !== true) return false;
    // The provider said no: nothing is taken on its word here.
    const stands = standsOnLook(fetched.value, missingOf(fetched.value, change.wanted, change.fleets));
    if (stands === 'otherwise') return false;
    this.#seenByAnswer(order.id, of, fetched.value, stands);
    return true;
  }

  /** A request that certainly changed nothing. */
  #afterFault(id: string, of: SimWish, why: Fault, credentials: number, retryAfterMs: number | null): void {
    const { gate } = this.#parts;
    const obstacle = obstacleOf(why);
    if (obstacle === 'refusal') {
      gate.passed();
      this.#outcomes.write(id, { kind: 'refused', of, fault: why });
      return;
    }
    const heldFor: ActivationWait = obstacle === 'stopped' ? 'turn' : obstacle;
    this.#outcomes.write(id, { kind: 'notProcessed', of, heldFor, fault: why });
    // What is said to a change need not hold for those that only read, nor for credentials that came meanwhile.
    if (obstacle === 'account') this.#barred = credentials === gate.credentials ? why : null;
    else if (obstacle === 'network') gate.meet(why, credentials, retryAfterMs);
    if (obstacle !== 'account') this.#slowDown(retryAfterMs);
  }

  /** The provider does not know the Sim, or does not tell: given up after some times. */
  #notTold(order: Order, turn: SimTurn, why: Fault): Result<null> {
    const isUnknown = why.code === 'provider.notFound';
    const times = this.#turns.notTold(turn);
    if (times >= (isUnknown ? MOST_UNKNOWN : MOST_UNTOLD)) return this.#refuse(order, why);
    return isUnknown && isWaiting(order) ? this.#hold(order, 'sim', why) : ok(null);
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

  #recordLook({ id, activation }: Order, sim: Sim, stands: SimStands): Result<null> {
    const of = activation?.wish ?? null;
    return this.#record(id, { kind: 'seen', of, by: 'look', sim: this.#view(sim), stands });
  }

  async #stands({ activation }: Order, sim: Sim): Promise<SimStands> {
    const { account, fleets } = this.#parts;
    if (activation === null) return 'otherwise';
    const { uniqueName, wish } = activation;
    const known = await fleets.toLookUp(account, wish.fleet);
    const stands = standsOnLook(sim, missingOf(sim, wantedOf(wish, uniqueName), known));
    // A name that was not made yet is still missing.
    const isNamed = wish.nameTemplate === null || uniqueName !== null;
    return stands === 'asWished' && !isNamed ? 'otherwise' : stands;
  }

  #seenByAnswer(id: string, of: SimWish, sim: Sim, stands: SimStands): void {
    this.#outcomes.write(id, { kind: 'seen', of, by: 'answer', sim: this.#view(sim), stands });
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
    const pause = this.#pause.next();
    this.#turns.holdRequests(retryAfterMs ?? pause);
  }

  /** A refusal by the activation's own life means that somebody else has moved it on: nothing is wrong with the ledger. */
  #record(id: string, event: ActivationEvent): Result<null> {
    const recorded = this.#parts.book.record(id, { kind: 'activation', event });
    return recorded.ok || !isLedgerFault(recorded.fault) ? ok(null) : recorded;
  }
}

/** The provider's codes that need be no end: see `main/provider/errorCodes.ts`. */
const BUSY = '83009';
const NO_WAY_THERE = '83010';

/** Whether another number makes another name of the wish's template. */
function isCounted({ nameTemplate }: SimWish): boolean {
  return nameTemplate !== null && counts(nameTemplate);
}

function isWaiting({ activation }: Order): boolean {
  return activation?.status === 'waiting';
}
