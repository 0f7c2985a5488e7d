import type { BenchBridge } from '../../contract/channels.ts';
import type { Fault } from '../../contract/fault.ts';
import type { BenchState, StateChange, StateSnapshot } from '../../contract/state.ts';
import { applyChange } from './applyChange.ts';

/** What the window knows of the bench: nothing yet, that it cannot be had, or its state. */
export type BenchView =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly fault: Fault }
  | { readonly phase: 'ready'; readonly state: BenchState };

export interface BenchStore {
  getView(): BenchView;
  subscribe(listener: () => void): () => void;
  /** Listens and asks for the state. Call once; call again to retry after `failed`. */
  start(): void;
}

/** How often the whole state is asked for in a row when changes keep overtaking the answer. */
const MAX_FETCHES = 5;

/**
 * Main's state as the window has it. Changes that arrive while the whole is on its way are kept and applied after it;
 * after a gap the whole is asked for again.
 */
export function createBenchStore(bridge: BenchBridge): BenchStore {
  const listeners = new Set<() => void>();
  let view: BenchView = { phase: 'loading' };
  let snapshot: StateSnapshot | null = null;
  /** Changes that came while the whole was being fetched; null when it is not. */
  let waiting: StateChange[] | null = null;
  let listening = false;

  function show(next: BenchView): void {
    view = next;
    for (const listener of listeners) listener();
  }

  function take(change: StateChange): boolean {
    if (snapshot === null) return false;
    const next = applyChange(snapshot, change);
    if (next === 'gap') return false;
    snapshot = next;
    return true;
  }

  async function fetchWhole(): Promise<void> {
    waiting = [];
    for (let fetches = 1; ; fetches += 1) {
      const answer = await bridge.request('state.get', null);
      if (!answer.ok) {
        waiting = null;
        show({ phase: 'failed', fault: answer.fault });
        return;
      }
      snapshot = answer.value;
      const came: StateChange[] = waiting;
      waiting = [];
      if (came.every(take) || fetches >= MAX_FETCHES) break;
    }
    waiting = null;
    show({ phase: 'ready', state: snapshot.state });
  }

  function onChange(change: StateChange): void {
    if (waiting !== null) {
      waiting.push(change);
      return;
    }
    const before = snapshot;
    if (!take(change)) void fetchWhole();
    else if (snapshot !== null && snapshot !== before) show({ phase: 'ready', state: snapshot.state });
  }

  return {
    getView: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      if (!listening) bridge.on('state.changed', onChange);
      listening = true;
      if (waiting === null) void fetchWhole();
    },
  };
}
