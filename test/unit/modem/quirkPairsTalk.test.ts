import { expect, it } from 'vitest';
import { QUIRK_TABLE, QUIRK_VALUES } from '../../../main/demo/modem/quirkTable.ts';
import { describePairsOf, partnersOf } from './quirkPairs.ts';
import { talkValues } from './quirkParts.ts';

/*
 * How a modem talks, with itself and with all else. All pairs are read, none is left out; those of SIM, APDUs, makers, network,
 * times and card are in the file beside, so that both run at once.
 */

it('leaves out no pair of values of different switches', () => {
  const all = QUIRK_VALUES.length * (QUIRK_VALUES.length - 1);
  const ofOneSwitch = QUIRK_TABLE.reduce((sum, { values }) => sum + values.length * (values.length - 1), 0);
  const paired = QUIRK_VALUES.reduce((sum, value) => sum + partnersOf(value).length, 0);
  expect(paired).toBe((all - ofOneSwitch) / 2);
  expect(paired).toBeGreaterThan(9_000);
});

describePairsOf(talkValues());
