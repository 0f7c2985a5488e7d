import { describe, expect, it } from 'vitest';
import { clockTimeMs, duration, elapsed, fullWhen, shortWhen } from '../../../../renderer/format/time.ts';

const now = new Date(2026, 10, 24, 10, 42, 7).getTime();

describe('how a moment is written', () => {
  it.each([
    ['today', new Date(2026, 10, 24, 9, 5), '09:05'],
    ['just after midnight', new Date(2026, 10, 24, 0, 0), '00:00'],
    ['yesterday, less than a day ago', new Date(2026, 10, 23, 23, 59), 'Mon 23:59'],
    ['six days ago', new Date(2026, 10, 18, 12, 0), 'Wed 12:00'],
    ['a week ago', new Date(2026, 10, 17, 12, 0), '17 Nov'],
    ['last year', new Date(2025, 10, 24, 10, 42), '24 Nov 2025'],
    ['tomorrow, on a clock that was set back', new Date(2026, 10, 25, 8, 0), '25 Nov'],
  ])('%s', (_, at, text) => {
    expect(shortWhen(at.getTime(), now)).toBe(text);
  });

  it('has the seconds in full, and the day where it was not today', () => {
    expect(fullWhen(now, now)).toBe('10:42:07');
    expect(fullWhen(new Date(2026, 2, 1, 4, 5, 6).getTime(), now)).toBe('1 Mar 2026 04:05:06');
  });

  it('has three digits of ms in the log', () => {
    expect(clockTimeMs(new Date(2026, 0, 1, 1, 2, 3, 4).getTime())).toBe('01:02:03.004');
  });
});

describe('how a duration is written', () => {
  it.each([
    [0, '0.0 s'],
    [312, '0.3 s'],
    [9_949, '9.9 s'],
    [9_950, '9 s'],
    [22_400, '22 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [72_000, '1 min 12 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_400_000, '1 day'],
    [200_000_000, '2 days'],
    [-5_000, '0.0 s'],
  ])('%d ms: %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('counts in whole seconds while it goes by', () => {
    expect([0, 999, 1000, 9_999, 10_000, 72_000].map(elapsed)).toEqual([
      '0 s',
      '0 s',
      '1 s',
      '9 s',
      '10 s',
      '1 min 12 s',
    ]);
  });
});
