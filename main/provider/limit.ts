import type { Clock } from '../base/clock.ts';

/** A time limit and the caller's own cancellation as one signal; it covers a whole call with all its attempts. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Why it ended; null while it goes on. */
  readonly ended: 'timeout' | 'cancelled' | null;
  /** ms left, never below 0. */
  remainingMs(): number;
  /** Lets go of timer and listener. A limit that is not disposed of keeps the process alive until it is over. */
  dispose(): void;
}

/** Starts a limit of `ms` that also ends when `outer` aborts, at once where it has already. */
export function startLimit(clock: Clock, ms: number, outer?: AbortSignal): Limit {
  const controller = new AbortController();
  const over = clock.monotonic() + ms;
  let ended: Limit['ended'] = null;
  const end = (why: 'timeout' | 'cancelled') => {
    if (ended !== null) return;
    ended = why;
    controller.abort();
  };
  const cancel = () => end('cancelled');
  const stop = clock.after(ms, () => end('timeout'));
  if (outer?.aborted) cancel();
  else outer?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    get ended() {
      return ended;
    },
    remainingMs: () => Math.max(0, over - clock.monotonic()),
    dispose() {
      stop();
      outer?.removeEventListener('abort', cancel);
    },
  };
}

/** Thrown by {@link within} when the signal aborts before the work is done. */
export class Interrupted extends Error {}

/**
 * Settles as `work` does, or rejects with {@link Interrupted} as soon as `signal` aborts: a transport that does not listen to
 * its signal cannot hold the caller. What `work` does afterwards is let go.
 */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const interrupt = () => reject(new Interrupted());
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupt));
  });
}
