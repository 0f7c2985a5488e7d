import { fieldsOf, withoutPrefix } from '../fields.ts';
import type { PinTries } from './family.ts';

/** The whole numbers of the first line that has the prefix, in order; NaN for what is none. */
export function numbersAfter(lines: readonly string[], name: string): number[] | null {
  for (const line of lines) {
    const rest = withoutPrefix(line, name);
    // Some leave the prefix out; one of another answer is another matter.
    if (/^[+^#%$*]/.test(rest)) continue;
    const numbers = fieldsOf(rest).map((field) => (/^\d{1,3}$/.test(field) ? Number(field) : Number.NaN));
    if (numbers.some((number) => !Number.isNaN(number))) return numbers;
  }
  return null;
}

/** PIN, PIN2, PUK, PUK2 in a row, as several makers tell them. */
export function pinPin2PukPuk2(lines: readonly string[], name: string): PinTries | null {
  const numbers = numbersAfter(lines, name);
  return numbers === null ? null : { pin: known(numbers[0]), puk: known(numbers[2]) };
}

/** One number, that of the key which is asked for now. */
export function ofWhatIsAsked(
  lines: readonly string[],
  name: string,
  asksFor: 'pin' | 'puk',
): PinTries | null {
  const tries = known(numbersAfter(lines, name)?.[0]);
  if (tries === null) return null;
  return asksFor === 'pin' ? { pin: tries, puk: null } : { pin: null, puk: tries };
}

/** A number that was told; ten tries are the most there are (ETSI TS 102 221 §9.5.2), 99 is a maker's "unknown". */
export function known(number: number | undefined): number | null {
  return number === undefined || Number.isNaN(number) || number > 10 ? null : number;
}
