/** Time as the bench sees it. Injected, so that tests and benchmarks can make an hour pass at once. */
export interface Clock {
  /** ms since 1970, the computer's wall clock: it may jump. For what is shown and stored. */
  now(): number;
  /** ms from some fixed moment, never going back. For durations and time limits. */
  monotonic(): number;
  /** Calls back once after `ms`; returns the function that takes it back. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or at once when `signal` aborts (also where it has already): ask the signal which it was. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      stop();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const stop = clock.after(ms, done);
    signal?.addEventListener('abort', done);
  });
}
