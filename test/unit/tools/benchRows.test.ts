import { describe, expect, it } from 'vitest';
import { judge, table } from '../../../tools/lib/benchRows.mjs';

const row = { name: 'EID', value: 12, unit: 'ms' };
const against = { name: 'modem', value: 10 };

describe('a benchmark against its bar', () => {
  it.each([
    ['value below', { ...row, bar: { atMost: 13 } }, null, true],
    ['value on the bar', { ...row, bar: { atMost: 12 } }, null, true],
    ['value above', { ...row, bar: { atMost: 11 } }, null, false],
    ['value to be reached', { ...row, bar: { atLeast: 12 } }, null, true],
    ['value not reached', { ...row, bar: { atLeast: 13 } }, null, false],
    ['ratio below', { ...row, against, bar: { atMost: 1.25 } }, 1.2, true],
    ['ratio above', { ...row, against, bar: { atMost: 1.1 } }, 1.2, false],
    ['ratio to be reached', { ...row, against, bar: { atLeast: 0.8 } }, 1.2, true],
    ['nothing measured', { ...row, value: Number.NaN, bar: { atMost: 1 } }, null, false],
    [
      'against nothing',
      { ...row, value: 0, against: { ...against, value: 0 }, bar: { atMost: 1 } },
      Number.NaN,
      false,
    ],
  ])('%s', (_, measured, ratio, pass) => {
    expect(judge(measured)).toMatchObject({ ratio, pass });
  });
});

it('benchmarks make a table', () => {
  const rows = [
    judge({ name: 'commands', value: 4, unit: 'commands', bar: { atMost: 4 } }),
    judge({ name: 'time', value: 12.3456, unit: 'ms', against, bar: { atMost: 1.2 } }),
  ];
  expect(table(rows)).toBe(
    [
      '          measured    against        ratio  bar',
      'commands  4 commands                        ≤ 4     pass',
      'time      12.3 ms     10 ms (modem)  1.23×  ≤ 1.2×  FAIL',
    ].join('\n'),
  );
});
