import type { Clock } from '../../../main/base/clock.ts';

export interface RunningClock extends Clock {
  /** Lets time run until the work is done; rejects where more than `limitMs` pass, or nothing is left that could end it. */
  until<T>(work: Promise<T>, limitMs: number): Promise<T>;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly pending: number;
}

interface Timer {
  readonly due: number;
  readonly turn: number;
  readonly callback: () => void;
}

/** 24 November 2026, 08:00 UTC. */
const START = Date.UTC(2026, 10, 24, 8);

/**
 * A clock that moves to the next timer by itself as soon as all promises have settled, so that a minute passes in less than
 * a millisecond. Only for work that waits for nothing but this clock: real I/O would come late by hours.
 */
export function createRunningClock(): RunningClock {
  let monotonic = 1_000;
  let turns = 0;
  const timers = new Set<Timer>();

  function next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of timers)
      if (first === null || timer.due < first.due || (timer.due === first.due && timer.turn < first.turn))
        first = timer;
    return first;
  }

  function after(ms: number, callback: () => void): () => void {
    turns += 1;
    const timer = { due: monotonic + Math.max(0, ms), turn: turns, callback };
    timers.add(timer);
    return () => timers.delete(timer);
  }

  async function until<T>(work: Promise<T>, limitMs: number): Promise<T> {
    const end = monotonic + limitMs;
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    // Whoever awaits `settled` below hears of it; this keeps a rejection from being reported before that.
    settled.catch(() => undefined);
    for (;;) {
      // All promises settle before the next turn of the event loop.
      await new Promise<void>((turn) => setImmediate(turn));
      if (done) return settled;
      const timer = next();
      if (timer === null) throw new Error(`nothing is left that could end it, after ${monotonic} ms`);
      if (timer.due > end) throw new Error(`not done after ${limitMs} ms`);
      monotonic = timer.due;
      timers.delete(timer);
      timer.callback();
    }
  }

  return {
    now: () => START + monotonic,
    monotonic: () => monotonic,
    after,
    until,
    pass: (ms) => until(new Promise<void>((done) => after(ms, done)), ms),
    get pending() {
      return timers.size;
    },
  };
}
