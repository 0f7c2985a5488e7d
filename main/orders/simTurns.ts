import type { Activation } from '../../contract/activation.ts';
import type { Order } from '../../contract/order.ts';
import type { Clock } from '../base/clock.ts';
import { freshFor, pauseBefore } from './tempo.ts';

/** How long the provider is given before it is looked what became of a lost request, ms. */
const FIRST_LOOK_MS = 2_000;

/** What this process knows of one activation: when it is its turn, and what was tried. */
export interface SimTurn {
  /** By the monotonic clock. */
  due: number;
  /** How often it was its turn since the activation is in this status. */
  tries: number;
  /** A number that grows from try to try: among those whose turn it is, the one that was tried longest ago comes first. */
  triedAs: number;
  status: Activation['status'];
  /** How often in a row the provider did not tell how the Sim stands. */
  unknown: number;
  /** How many names were tried that are taken. */
  names: number;
}

/** Whose turn it is among the activations of one account: one that always fails does not hold the others back. */
export class SimTurns {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #turns = new Map<string, SimTurn>();
  #tries = 0;
  /** No request to change a Sim leaves before, by the monotonic clock. */
  #notBefore = 0;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The one whose turn comes first. What was known of others than these is forgotten. */
  next(orders: readonly Order[]): { readonly order: Order; readonly turn: SimTurn } | null {
    const ids = new Set(orders.map(({ id }) => id));
    for (const id of this.#turns.keys()) if (!ids.has(id)) this.#turns.delete(id);
    const turns = orders.map((order) => ({ order, turn: this.#turnOf(order) }));
    return turns.reduce<(typeof turns)[number] | null>(
      (first, each) => (first === null || isBefore(each.turn, first.turn) ? each : first),
      null,
    );
  }

  /** It is tried now: whatever becomes of it, its next turn comes later and later, and others that wait come before it. */
  count(turn: SimTurn): void {
    this.#tries += 1;
    turn.triedAs = this.#tries;
    turn.due = this.#clock.monotonic() + pauseBefore(turn.tries, this.#random());
    turn.tries += 1;
  }

  /** How the Sim stands was asked: the longer it stands still, the less often it is asked again. */
  lookLater(order: Order, turn: SimTurn): void {
    turn.due = this.#clock.monotonic() + this.#pauseFor(order, turn.tries);
  }

  /** The provider did not tell how the Sim stands. Gives how often in a row. */
  notTold(turn: SimTurn): number {
    turn.unknown += 1;
    turn.due = this.#clock.monotonic() + pauseBefore(turn.unknown + 1, this.#random());
    return turn.unknown;
  }

  /** The name was taken: the next one is tried at once. */
  tryNextName(turn: SimTurn): void {
    turn.names += 1;
    turn.tries = 0;
    turn.due = this.#clock.monotonic();
  }

  /** No request to change a Sim leaves for so long, ms. */
  holdRequests(ms: number): void {
    this.#notBefore = this.#clock.monotonic() + ms;
    for (const turn of this.#turns.values()) {
      if (turn.status === 'waiting') turn.due = Math.max(turn.due, this.#notBefore);
    }
  }

  #turnOf(order: Order): SimTurn {
    const status = order.activation?.status ?? 'done';
    const known = this.#turns.get(order.id);
    if (known?.status === status) return known;
    const turn: SimTurn = {
      due: this.#clock.monotonic() + this.#firstPause(order),
      tries: 0,
      triedAs: known?.triedAs ?? 0,
      status,
      unknown: known?.unknown ?? 0,
      names: known?.names ?? 0,
    };
    this.#turns.set(order.id, turn);
    return turn;
  }

  /** How long after it has come into its status it is an activation's turn, ms. */
  #firstPause(order: Order): number {
    const { status, attempts } = order.activation ?? { status: 'done', attempts: 0 };
    switch (status) {
      case 'waiting':
        return Math.max(0, this.#notBefore - this.#clock.monotonic());
      case 'unconfirmed':
        return FIRST_LOOK_MS * attempts;
      case 'scheduled':
        return this.#pauseFor(order, 2 * attempts - 2);
      default:
        return 0;
    }
  }

  #pauseFor({ updatedAt }: Order, looks: number): number {
    // A Sim that is being changed for long is asked about like a profile that waits for its download.
    const still = Math.max(0, this.#clock.now() - updatedAt);
    return Math.max(pauseBefore(looks, this.#random()), freshFor('available', false, still));
  }
}

function isBefore(one: SimTurn, other: SimTurn): boolean {
  return one.due < other.due || (one.due === other.due && one.triedAs < other.triedAs);
}
