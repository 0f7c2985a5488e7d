import { describe, expect, it } from 'vitest';
import type { SimLock } from '../../../../contract/device.ts';
import { isPin, isPuk, triesLine } from '../../../../renderer/features/devices/simLockWords.ts';

describe('how many tries are left', () => {
  it.each([
    [
      { asksFor: 'pin', pinTries: 3, pukTries: 10 },
      '3 tries left. After that the SIM asks for its PUK.',
      false,
    ],
    [{ asksFor: 'pin', pinTries: 1, pukTries: 10 }, '1 try left. After that the SIM asks for its PUK.', true],
    [{ asksFor: 'puk', pinTries: 0, pukTries: 1 }, '1 try left. After that the SIM is lost for good.', true],
    [
      { asksFor: 'puk', pinTries: 0, pukTries: 10 },
      '10 tries left. After that the SIM is lost for good.',
      false,
    ],
    [
      { asksFor: 'pin', pinTries: null, pukTries: null },
      'The modem does not tell how many tries are left. After that the SIM asks for its PUK.',
      false,
    ],
  ] as ReadonlyArray<readonly [SimLock, string, boolean]>)('%j', (lock, text, last) => {
    expect(triesLine(lock)).toEqual({ text, last });
  });
});

describe('what is typed', () => {
  it.each([
    ['123', false],
    ['1234', true],
    ['12345678', true],
    ['123456789', false],
    ['12a4', false],
    ['', false],
  ])('"%s" as a PIN: %s', (typed, good) => {
    expect(isPin(typed)).toBe(good);
  });

  it.each([
    ['1234567', false],
    ['12345678', true],
    ['1234567x', false],
  ])('"%s" as a PUK: %s', (typed, good) => {
    expect(isPuk(typed)).toBe(good);
  });
});
