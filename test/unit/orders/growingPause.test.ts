import { describe, expect, it } from 'vitest';
import { GrowingPause } from '../../../main/orders/growingPause.ts';

const pauses = (random: number) => new GrowingPause({ first: 100, longest: 350, random: () => random });

describe('a pause that grows', () => {
  it.each([
    [0, [75, 150, 262.5, 262.5]],
    [0.999_999, [100, 200, 350, 350]],
  ])('with %d from the dice is as long as %j', (random, expected) => {
    const pause = pauses(random);
    for (const ms of expected) expect(pause.next()).toBeCloseTo(ms, 2);
  });

  it('begins anew after it went well', () => {
    const pause = pauses(0);
    pause.next();
    expect(pause.most).toBe(200);
    pause.reset();
    expect(pause.next()).toBe(75);
  });
});
