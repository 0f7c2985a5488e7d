import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../tools/lib/root.mjs';
import { runQuietly } from '../../../tools/lib/run.mjs';
import {
  Counter,
  closingLine,
  isGood,
  NOTHING,
  skipLines,
  sum,
  type Tally,
  tallyOf,
} from '../../../tools/lib/tally.mjs';
import { folderWith } from './tempFolder.ts';

const tally = (passed: number, failed: string[] = [], skipped: Tally['skipped'] = []): Tally => ({
  passed,
  failed,
  skipped,
});
const skip = { name: 'a', reason: 'no network' };

describe('the closing line', () => {
  it.each([
    [tally(3), '3 passed, 0 failed'],
    [tally(0), '0 passed, 0 failed'],
    [tally(3, ['a']), '3 passed, 1 failed'],
    [tally(3, ['a'], [skip, skip]), '3 passed, 1 failed, 2 skipped'],
  ])('%#: %s', (total, line) => {
    expect(closingLine(total)).toBe(line);
  });
});

describe('a run', () => {
  it.each([
    ['with passes alone is good', tally(1), true],
    ['with skips is good', tally(1, [], [skip]), true],
    ['with a failure is not', tally(9, ['a']), false],
    ['in which nothing ran is not', NOTHING, false],
    ['in which all was skipped is not', tally(0, [], [skip]), false],
  ])('%s', (_, total, good) => {
    expect(isGood(total)).toBe(good);
  });

  it('is the sum of its stages', () => {
    expect(sum([tally(1, ['a']), tally(2, ['b'], [skip]), NOTHING])).toEqual(tally(3, ['a', 'b'], [skip]));
  });
});

it('failed tests are told with the beginning of what they failed with', () => {
  const counter = new Counter();
  counter.failed('a');
  counter.failed('b', ['\u001b[31mProperty failed\u001b[39m\n\n{ seed: 7 }', 'expected 1 to be 2']);
  counter.failed('c', [`${'x'.repeat(5_000)}\n${'line\n'.repeat(50)}`]);
  const [first, second, third] = counter.tally.failed;
  expect([first, second]).toEqual(['a', 'b\n    Property failed\n    { seed: 7 }\n    expected 1 to be 2']);
  expect(third?.split('\n')).toHaveLength(13);
  expect(third?.length).toBeLessThan(1_000);
});

it('skipped tests are told by their reasons', () => {
  const reason = 'no network';
  expect(skipLines([])).toEqual([]);
  expect(
    skipLines([
      { name: 'a', reason },
      { name: 'b', reason: 'no tty' },
      { name: 'c', reason },
      { name: 'd', reason },
    ]),
  ).toEqual(['a and 2 more: no network', 'b: no tty']);
});

describe('what a test runner leaves behind', () => {
  const left = (written: Tally | null, exitCode: number) => {
    const folder = folderWith(written ? { 'tally.json': JSON.stringify(written) } : {});
    return tallyOf('unit', join(folder, 'tally.json'), exitCode);
  };
  it.each([
    ['counts', tally(2, [], [skip]), 0, tally(2, [], [skip])],
    ['counts failures', tally(2, ['a']), 1, tally(2, ['a'])],
    ['fails where no test ran', NOTHING, 0, tally(0, ['unit: no test ran'])],
    [
      'fails where nothing was written',
      null,
      0,
      tally(0, ['unit: the test runner ended with code 0 and no result']),
    ],
    [
      'fails where the runner fell over after its tests',
      tally(2),
      1,
      tally(2, ['unit: no test failed, but the test runner ended with code 1']),
    ],
  ])('%s', (_, written, exitCode, expected) => {
    expect(left(written, exitCode)).toEqual(expected);
  });
});

/** Starts a real test runner on some files and gives what its reporter counted. */
async function counted(files: Readonly<Record<string, string>>, args: readonly string[]): Promise<Tally> {
  const folder = folderWith(files);
  const file = join(folder, 'tally.json');
  // What this run has in its environment is of no concern to that one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|PLAYWRIGHT)/.test(name)),
  );
  const { code } = await runQuietly(process.execPath, [...args], {
    cwd: folder,
    env: { ...env, ESIM_BENCH_TALLY: file, CI: '' },
  });
  return tallyOf('stage', file, code);
}

/** The failed ones without what they failed with. */
const namesOf = ({ failed }: Tally) => failed.map((name) => name.split('\n')[0]).sort();

describe('the reporters', () => {
  it('count what Vitest ran', async () => {
    const files = {
      'a.test.ts': `
        import { describe, expect, it } from 'vitest';
        it('passes', () => {});
        describe('in a group', () => { it('fails', () => expect(1).toBe(2)); });
        it('is skipped for a reason', (context) => context.skip('no network'));
        it.skip('is skipped for none', () => {});
        it.todo('is not written');
      `,
      'broken.test.ts': "import './absent.ts';",
      'vitest.config.mjs': 'export default {};',
    };
    const vitest = inRoot('node_modules/vitest/vitest.mjs');
    const reporter = `--reporter=${inRoot('tools/lib/vitestTally.mjs')}`;
    const result = await counted(files, [vitest, 'run', reporter]);
    expect({ ...result, failed: namesOf(result) }).toEqual({
      passed: 1,
      failed: [
        'a.test.ts > in a group > fails',
        'a.test.ts > is not written (skipped without a reason)',
        'a.test.ts > is skipped for none (skipped without a reason)',
        'broken.test.ts could not be loaded',
      ],
      skipped: [{ name: 'a.test.ts > is skipped for a reason', reason: 'no network' }],
    });
    expect(result.failed.join('\n')).toMatch(/to ?Be/i);
  }, 60_000);

  it('count what Playwright ran', async () => {
    const files = {
      'a.test.ts': `
        import { expect, test } from '@playwright/test';
        test('passes', () => {});
        test.describe('in a group', () => { test('fails', () => expect(1).toBe(2)); });
        test('is skipped for a reason', () => test.skip(true, 'no network'));
        test.skip('is skipped for none', () => {});
        test.describe.serial('in a chain', () => {
          test('breaks', () => expect(1).toBe(2));
          test('never runs', () => {});
        });
      `,
      'playwright.config.mjs': "export default { testDir: '.', workers: 1 };",
    };
    const playwright = inRoot('node_modules/@playwright/test/cli.js');
    const reporter = `--reporter=${inRoot('tools/lib/playwrightTally.mjs')}`;
    const result = await counted(files, [playwright, 'test', reporter]);
    expect({ ...result, failed: namesOf(result) }).toEqual({
      passed: 1,
      failed: [
        'a.test.ts > in a chain > breaks',
        'a.test.ts > in a chain > never runs (did not run)',
        'a.test.ts > in a group > fails',
        'a.test.ts > is skipped for none (skipped without a reason)',
      ],
      skipped: [{ name: 'a.test.ts > is skipped for a reason', reason: 'no network' }],
    });
    expect(result.failed.join('\n')).toMatch(/to ?Be/i);
  }, 60_000);
});
