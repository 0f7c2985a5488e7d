import { describe, expect, it } from 'vitest';
import { QUIRK_VALUES, type QuirkValue } from '../../../main/demo/modem/quirkTable.ts';
import { type TriedFirst, wrongWith } from './quirkReading.ts';

const FIRST: readonly TriedFirst[] = ['cgla', 'csim'];

/** The values that come after this one and are of another switch: so every pair has its turn once. */
export function partnersOf(first: QuirkValue): QuirkValue[] {
  const at = QUIRK_VALUES.findIndex(({ name }) => name === first.name);
  const own = QUIRK_VALUES[at];
  return QUIRK_VALUES.slice(at + 1).filter(({ quirk }) => quirk !== own?.quirk);
}

/** Tests of these values, each alone and with every value that comes after it. */
export function describePairsOf(values: readonly QuirkValue[]): void {
  describe('every switch of the virtual modem, alone and with every other, for the EID', () => {
    it.each(values.map((value) => [value.name, partnersOf(value).length, value] as const))(
      '%s: alone and in %i pairs, with +CCHO and with +CSIM tried first',
      async (_name, _count, value) => {
        const wrong: string[] = [];
        for (const others of [[], ...partnersOf(value).map((other) => [other])])
          for (const first of FIRST) {
            const all = [value, ...others];
            const found = await wrongWith(all, first).catch((error: unknown) => String(error));
            if (found !== null)
              wrong.push(`${all.map(({ name }) => name).join(' + ')}, ${first} first: ${found}`);
          }
        expect(wrong).toEqual([]);
      },
      60_000,
    );
  });
}
