import { describe, expect, it } from 'vitest';
import { REGISTRATIONS, type Verification, VerificationSchema } from '../../../../contract/verification.ts';
import {
  outcomeWords,
  REGISTRATION_WORDS,
  shareOfLimit,
  signalWord,
} from '../../../../renderer/features/network/networkWords.ts';
import { aVerification } from '../fixtures.ts';

describe('the answer to "does it work"', () => {
  it.each([
    ['home', 'Registered, home network'],
    ['roaming', 'Registered, roaming'],
    ['unknown', 'Registered'],
  ] as const)('says of a registration "%s": %s', (state, word) => {
    const registrations = [{ command: '+CEREG', stat: 1, state } as const];
    expect(outcomeWords(aVerification({ registrations })).word).toBe(word);
  });

  it.each(VerificationSchema.shape.outcome.options)(
    'has a word, a shape and a next step for %s',
    (outcome) => {
      const words = outcomeWords(aVerification({ outcome, registrations: [] }));
      expect(words.word.length).toBeGreaterThan(5);
      expect(words.sentence).toMatch(/\.$/);
      expect(words.tone).toBe(TONES[outcome]);
    },
  );

  const TONES: Readonly<Record<Verification['outcome'], string>> = {
    registered: 'done',
    denied: 'failed',
    notRegistered: 'failed',
    simNotReady: 'failed',
    radioOff: 'waiting',
  };

  it('has different words for every registration state', () => {
    expect(new Set(REGISTRATIONS.map((state) => REGISTRATION_WORDS[state])).size).toBe(REGISTRATIONS.length);
  });
});

describe('signal', () => {
  it.each([
    [-51, 4],
    [-80, 4],
    [-81, 3],
    [-90, 3],
    [-95, 2],
    [-110, 1],
    [-111, 0],
    [-140, 0],
  ])('of %d dBm is %d bars', (dbm, bars) => {
    expect(signalWord(dbm).bars).toBe(bars);
  });
});

describe('the bar of a wait with a limit', () => {
  it.each([
    ['stands at its beginning', 0, 100, 0, 0],
    ['moves with the time', 0, 100, 42, 0.42],
    ['stays full after the limit', 0, 100, 500, 1],
    ['does not go back where a clock was set back', 50, 100, 0, 0],
    ['is full where there is no time at all', 5, 5, 5, 1],
  ] as const)('%s', (_, since, until, now, share) => {
    expect(shareOfLimit(since, until, now)).toBe(share);
  });
});
