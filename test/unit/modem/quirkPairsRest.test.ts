import { expect, it } from 'vitest';
import { QUIRK_VALUES } from '../../../main/demo/modem/quirkTable.ts';
import { describePairsOf } from './quirkPairs.ts';
import { otherValues, talkValues } from './quirkParts.ts';

/* SIM, APDUs, makers, network, times and card, with each other; with how a modem talks in the file beside. */

it('has every value in one of the two files', () => {
  expect([...talkValues(), ...otherValues()].map(({ name }) => name).sort()).toEqual(
    QUIRK_VALUES.map(({ name }) => name).sort(),
  );
});

describePairsOf(otherValues());
