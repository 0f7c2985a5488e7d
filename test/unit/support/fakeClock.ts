import type { Clock } from '../../../main/base/clock.ts';

export interface FakeClock extends Clock {
  /**
   * Lets `ms` pass: runs every timer that falls due, in order, each at its own moment, also those that are set
   * meanwhile, and lets pending promises settle before, between and after them.
   */
  advance(ms: number): Promise<void>;
  /** Lets pending promises settle without time passing. */
  settle(): Promise<void>;
  /** Moves the wall clock alone, as a person or NTP does; `monotonic` and timers stay. */
  jump(ms: number): void;
  /** How many timers wait. */
  readonly pending: number;
  /** ms until the next timer, or null. */
  readonly nextIn: number | null;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** 24 November 2026, 08:00 UTC. */
const START = Date.UTC(2026, 10, 24, 8);

/** Rounds of the event loop that promises get to settle in; real I/O is not waited for. */
const ROUNDS = 3;

/** A clock that stands still until told to move on. */
export function createFakeClock(startsAt: number = START): FakeClock {
  let monotonic = 1_000;
  let wallOffset = startsAt - monotonic;
  const timers = new Set<Timer>();

  /** The earliest timer; among equals the one that was set first (a Set keeps order). */
  function next(): Timer | null {
    let first: Timer | null = null;
    for (const timer of timers) if (first === null || timer.due < first.due) first = timer;
    return first;
  }

  async function settle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) await new Promise<void>((done) => setImmediate(done));
  }

  return {
    now: () => monotonic + wallOffset,
    monotonic: () => monotonic,
    after(ms, callback) {
      const timer = { due: monotonic + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = monotonic + ms;
      await settle();
      for (let timer = next(); timer !== null && timer.due <= end; timer = next()) {
        monotonic = Math.max(monotonic, timer.due);
        timers.delete(timer);
        timer.callback();
        await settle();
      }
      monotonic = end;
    },
    settle,
    jump(ms) {
      wallOffset += ms;
    },
    get pending() {
      return timers.size;
    },
    get nextIn() {
      const timer = next();
      return timer === null ? null : timer.due - monotonic;
    },
  };
}
