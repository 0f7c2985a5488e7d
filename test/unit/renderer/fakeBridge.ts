import type { AtLogEntry } from '../../../contract/atLog.ts';
import type {
  BenchBridge,
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '../../../contract/channels.ts';
import { type Fault, fault } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { BenchState, StateChange } from '../../../contract/state.ts';

export type Answers = {
  [N in RequestName]?: (
    input: RequestInput<N>,
  ) => Result<RequestOutput<N>, Fault> | Promise<Result<RequestOutput<N>, Fault>>;
};

/** A request that the window made. */
export interface Asked {
  readonly name: RequestName;
  readonly input: unknown;
}

/**
 * Main's side of the border in memory: holds a state, tells of its changes with revisions as main does, answers requests as a
 * test says (`state.get`, `settings.set` and `atLog.get` answer by themselves), and remembers what was asked.
 */
export class FakeBridge implements BenchBridge {
  readonly asked: Asked[] = [];
  revision = 1;
  state: BenchState;
  log: AtLogEntry[];
  readonly answers: Answers;
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();

  constructor(state: BenchState, answers: Answers = {}, log: AtLogEntry[] = []) {
    this.state = state;
    this.answers = answers;
    this.log = log;
  }

  async request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): Promise<Result<RequestOutput<N>, Fault>> {
    this.asked.push({ name, input });
    const answer: Answers[N] = this.answers[name] ?? this.#own()[name];
    if (answer === undefined) return fail(fault('internal', { details: `no answer for ${name}` }));
    return answer(input);
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Changes the state and tells of it as main does. */
  change(slices: StateChange['slices'], orders: Order[] = []): void {
    this.revision += 1;
    const byId = new Map([...this.state.orders, ...orders].map((order) => [order.id, order]));
    this.state = {
      ...this.state,
      ...slices,
      orders: [...byId.values()].sort((a, b) => b.createdAt - a.createdAt),
    };
    this.emit('state.changed', { revision: this.revision, slices, orders });
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      (listener as (payload: EventPayload<N>) => void)(payload);
    }
  }

  #own(): Answers {
    return {
      'state.get': () => ok({ revision: this.revision, state: this.state }),
      'atLog.get': () => ok({ entries: this.log }),
      'clipboard.write': () => ok(null),
      'settings.set': (change) => {
        this.change({ settings: { ...this.state.settings, ...change } });
        return ok(null);
      },
    };
  }
}
