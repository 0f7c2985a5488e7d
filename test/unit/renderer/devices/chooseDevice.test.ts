import { describe, expect, it } from 'vitest';
import { chosenDevice, newcomer } from '../../../../renderer/features/devices/chooseDevice.ts';
import { aDevice } from '../fixtures.ts';

const a = aDevice({ id: 'a' });
const b = aDevice({ id: 'b' });
const aGone = aDevice({ id: 'a', phase: 'gone' });

describe('the device that is shown', () => {
  it.each([
    ['the chosen one', [a, b], 'b', 'b'],
    ['the chosen one, also unplugged', [aGone, b], 'a', 'a'],
    ['the first where none is chosen', [a, b], null, 'a'],
    ['the first that is there', [aGone, b], null, 'b'],
    ['the first that is there, where the chosen one is gone from the list', [aGone, b], 'c', 'b'],
    ['an unplugged one rather than none', [aGone], null, 'a'],
    ['none where there is none', [], 'a', null],
  ])('is %s', (_, devices, chosen, shown) => {
    expect(chosenDevice(devices, chosen)?.id ?? null).toBe(shown);
  });
});

describe('a device that is plugged in', () => {
  it('is shown where the chosen one was unplugged', () => {
    expect(newcomer([aGone], [aGone, b], 'a')?.id).toBe('b');
  });

  it('is shown where it comes back itself, or others are unplugged too', () => {
    const bGone = aDevice({ id: 'b', phase: 'gone' });
    expect(newcomer([aGone, bGone], [aGone, b], 'a')?.id).toBe('b');
  });

  it('does not push away one that is there', () => {
    expect(newcomer([a], [a, b], 'a')).toBeNull();
  });

  it('is not one that was there before', () => {
    expect(newcomer([aGone, b], [aGone, b], 'a')).toBeNull();
  });
});
