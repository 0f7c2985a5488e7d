import { fieldsOf, withoutPrefix } from './fields.ts';

interface Scale {
  /** Place in the answer to `+CESQ`. */
  readonly place: number;
  readonly unknown: number;
  readonly max: number;
  /** dBm at the value 0; the others follow in steps of 1. */
  readonly zero: number;
}

/**
 * `+CESQ` (3GPP TS 27.007 §8.69): the newest technology that has a value. The upper end of each step: LTE 1 is
 * −140 to −139 dBm, NR 1 −156 to −155.
 */
const CESQ: readonly Scale[] = [
  // ss_rsrp
  { place: 7, unknown: 255, max: 126, zero: -156 },
  // rsrp
  { place: 5, unknown: 255, max: 97, zero: -140 },
  // rscp
  { place: 2, unknown: 255, max: 96, zero: -120 },
  // rxlev
  { place: 0, unknown: 99, max: 63, zero: -110 },
];

/** The signal in an answer to `+CESQ`, dBm; null where it has none. */
export function signalInCesq(lines: readonly string[]): number | null {
  const fields = lines.flatMap((line) => {
    const parts = fieldsOf(withoutPrefix(line, '+CESQ'));
    return parts.length >= 6 ? [parts] : [];
  })[0];
  if (fields === undefined) return null;
  for (const { place, unknown, max, zero } of CESQ) {
    const value = numberIn(fields[place]);
    if (value !== null && value !== unknown && value <= max) return zero + value;
  }
  return null;
}

/** The signal in an answer to `+CSQ` (TS 27.007 §8.5): 0 is −113 dBm or less, 31 −51 or more, 99 unknown. */
export function signalInCsq(lines: readonly string[]): number | null {
  for (const line of lines) {
    const value = numberIn(fieldsOf(withoutPrefix(line, '+CSQ'))[0]);
    if (value !== null && value <= 31) return -113 + 2 * value;
  }
  return null;
}

function numberIn(field: string | undefined): number | null {
  return field !== undefined && /^\d{1,3}$/.test(field) ? Number(field) : null;
}
