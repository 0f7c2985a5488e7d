/** The rhythm of asking how open orders stand, and how fresh each one has to be. All times in ms. */

const FIRST_MS = 1_000;
const GROWTH = 1.5;
const LONGEST_MS = 15_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The pause before the next round: 1 s at first, half as much again from round to round, 15 s at most; up to a fifth of it is
 * taken off at random, so that many benches do not ask at the same moment.
 * @param round how many rounds there were since the rhythm began
 * @param random in [0, 1)
 */
export function pauseBefore(round: number, random: number): number {
  const grown = Math.min(FIRST_MS * GROWTH ** Math.min(round, 50), LONGEST_MS);
  return Math.round(grown * (1 - random / 5));
}

interface Freshness {
  /** An order that has stood still for less than this … */
  readonly stillFor: number;
  /** … is asked about this often; 0: in every round. */
  readonly every: number;
}

/** While the provider works on it, somebody waits for it. */
const WORKED_ON: readonly Freshness[] = [
  { stillFor: 24 * HOUR, every: 0 },
  { stillFor: Number.POSITIVE_INFINITY, every: 5 * MINUTE },
];

/** Once available it waits for the technician, who downloads it now or some day. */
const READY: readonly Freshness[] = [
  { stillFor: HOUR, every: 0 },
  { stillFor: 24 * HOUR, every: MINUTE },
  { stillFor: Number.POSITIVE_INFINITY, every: 10 * MINUTE },
];

/** A profile that the provider said it does not know. */
const MISSING: readonly Freshness[] = [{ stillFor: Number.POSITIVE_INFINITY, every: 10 * MINUTE }];

/** How long what is known of an order may be left without asking; 0 for one that every round asks about. */
export function freshFor(status: string, missing: boolean, stillMs: number): number {
  const table = missing ? MISSING : status === 'available' || status === 'downloaded' ? READY : WORKED_ON;
  return table.find((row) => stillMs < row.stillFor)?.every ?? 0;
}
