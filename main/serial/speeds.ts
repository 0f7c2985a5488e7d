import { BAUD_RATES, DEFAULT_BAUD_RATE } from '../../contract/port.ts';

/** Speeds worth trying: one where it does not matter; else the likeliest first. */
export function speedsToTry(
  speedMatters: boolean,
  first: number = DEFAULT_BAUD_RATE,
): readonly [number, ...number[]] {
  if (!speedMatters) return [first];
  const likely = [DEFAULT_BAUD_RATE, 9600, 57600, 38400, 19200, ...BAUD_RATES];
  return [first, ...new Set(likely.filter((speed) => speed !== first))];
}
