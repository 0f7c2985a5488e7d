import type { Clock } from '../../main/base/clock.ts';

/** A clock for one process of a run; plain JSON, so that several processes can agree on the time. */
export interface FastClockSetting {
  /** How many of its seconds pass in one of ours: limits and pauses shrink by as much. */
  readonly speed: number;
  /** ms since 1970 at which the fast time and ours are the same. */
  readonly since: number;
  /** How wrong its wall clock is, ms. */
  readonly wallOffsetMs: number;
  /** When and by how much somebody sets the wall clock while it runs; ms of its own time after the start. */
  readonly set: { readonly afterMs: number; readonly byMs: number } | null;
}

/** Time that runs faster than ours. */
export function createFastClock({ speed, since, wallOffsetMs, set }: FastClockSetting): Clock {
  const started = performance.now();
  const monotonic = () => performance.now() * speed;
  return {
    now() {
      const isSet = set !== null && monotonic() - started * speed >= set.afterMs;
      return Math.round(since + (Date.now() - since) * speed + wallOffsetMs + (isSet ? set.byMs : 0));
    },
    monotonic,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
