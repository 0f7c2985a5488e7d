import { describe, expect, it } from 'vitest';
import {
  parseRetryAfter,
  READ_RETRY,
  repeat,
  retryPauseMs,
  type Verdict,
} from '../../../main/provider/retry.ts';
import { createFakeClock } from '../support/fakeClock.ts';

const POLICY = { attempts: 4, firstMs: 1_000, capMs: 5_000 };

describe('the pause before the next attempt', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 5_000],
    [50, 5_000],
  ])('after attempt %i is between half of %i ms and all of it', (attempt, most) => {
    expect(retryPauseMs(POLICY, attempt, null, () => 0)).toBe(most / 2);
    expect(retryPauseMs(POLICY, attempt, null, () => 0.999999)).toBeCloseTo(most, -1);
  });

  it('is never shorter than what the provider asked for, nor much longer', () => {
    expect(retryPauseMs(POLICY, 1, 30_000, () => 0)).toBe(30_000);
    expect(retryPauseMs(POLICY, 4, 30_000, () => 0.999)).toBeLessThanOrEqual(31_000);
  });

  it('is bounded, whatever the provider asked for', () => {
    expect(retryPauseMs(POLICY, 1, Number.MAX_VALUE, () => 0)).toBe(3_600_000);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 24, 8);
  it.each<[string | null, number | null]>([
    ['0', 0],
    ['7', 7_000],
    [' 1.5 ', 1_500],
    ['Tue, 24 Nov 2026 08:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 07:00:00 GMT', 0],
    ['Fri, 24 Nov 2126 08:00:00 GMT', 3_600_000],
    ['99999999999999999999', 3_600_000],
    ['-5', null],
    ['soon', null],
    ['', null],
    ['2026', 2_026_000],
    [null, null],
  ])('%s means %s ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('repeating', () => {
  const again: Verdict = { again: true, retryAfterMs: null };

  it('stops as soon as the outcome is good', async () => {
    const clock = createFakeClock();
    const seen: number[] = [];
    const work = repeat(
      async (count) => {
        seen.push(count);
        return count;
      },
      (count) => (count < 3 ? again : { again: false }),
      { policy: POLICY, clock, random: () => 0 },
    );
    await clock.advance(499);
    expect(seen).toEqual([1]);
    await clock.advance(1);
    expect(seen).toEqual([1, 2]);
    await clock.advance(1_000);
    expect(await work).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('gives the last outcome when the attempts are used up', async () => {
    const clock = createFakeClock();
    const work = repeat(
      async (count) => count,
      () => again,
      { policy: READ_RETRY, clock },
    );
    await clock.advance(60_000);
    expect(await work).toBe(READ_RETRY.attempts);
  });

  it('does not begin a pause that would not fit', async () => {
    const clock = createFakeClock();
    const outcome = await repeat(
      async (count) => count,
      () => ({ again: true, retryAfterMs: 10_000 }),
      { policy: POLICY, clock, remainingMs: () => 10_000 },
    );
    expect(outcome).toBe(1);
  });

  it('ends a pause at once when cancelled, without another attempt', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const work = repeat(
      async (count) => count,
      () => again,
      { policy: POLICY, clock, signal: controller.signal },
    );
    await clock.settle();
    controller.abort();
    expect(await work).toBe(1);
    expect(clock.pending).toBe(0);
  });
});
