import type { Order } from '../../contract/order.ts';
import type { BenchState, StateChange, StateSnapshot } from '../../contract/state.ts';

type Slices = StateChange['slices'];

/**
 * The published state: the only copy that counts. Changes made in one turn of the event loop leave as one
 * {@link StateChange}, so that a burst (32 modems plugged in at once) costs the window one render.
 */
export class StateStore {
  #state: BenchState;
  #revision = 0;
  #slices: Slices = {};
  readonly #orders = new Map<string, Order>();
  readonly #changed = new Map<string, Order>();
  readonly #listeners = new Set<(change: StateChange) => void>();
  readonly #orderListeners = new Set<(order: Order) => void>();
  #scheduled = false;

  constructor(initial: Omit<BenchState, 'orders'>) {
    this.#state = { ...initial, orders: [] };
  }

  /** The state as it is now. Its orders are those of the last publication; ask {@link snapshot} for all. */
  get state(): BenchState {
    return this.#state;
  }

  /** Replaces whole slices. */
  set(slices: Slices): void {
    this.#state = { ...this.#state, ...slices };
    Object.assign(this.#slices, slices);
    this.#schedule();
  }

  /** Adds or replaces orders by id. */
  putOrders(orders: readonly Order[]): void {
    for (const order of orders) {
      this.#orders.set(order.id, order);
      this.#changed.set(order.id, order);
      for (const listener of this.#orderListeners) listener(order);
    }
    if (orders.length > 0) this.#schedule();
  }

  order(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** All orders, newest first. */
  orders(): Order[] {
    return [...this.#orders.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }

  /** Publishes what has changed so far now, before an answer that speaks of it. */
  flush(): void {
    this.#publish();
  }

  /** The whole state, with the revision after which the next change follows. */
  snapshot(): StateSnapshot {
    this.#publish();
    return { revision: this.#revision, state: { ...this.#state, orders: this.orders() } };
  }

  /** Returns the function that stops listening. */
  onChange(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Each change of an order by itself, at once. Returns the function that stops listening. */
  onOrder(listener: (order: Order) => void): () => void {
    this.#orderListeners.add(listener);
    return () => this.#orderListeners.delete(listener);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#publish());
  }

  #publish(): void {
    this.#scheduled = false;
    const orders = [...this.#changed.values()];
    if (orders.length === 0 && Object.keys(this.#slices).length === 0) return;
    this.#revision += 1;
    const change: StateChange = { revision: this.#revision, slices: this.#slices, orders };
    this.#slices = {};
    this.#changed.clear();
    for (const listener of this.#listeners) listener(change);
  }
}
