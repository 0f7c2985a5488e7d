import { readFileSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * What a run of tests came to. `skipped` tells of each why; a skip without a reason is a failure.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {readonly string[]} failed names
 * @property {readonly {name: string, reason: string}[]} skipped
 */

/** @type {Tally} */
export const NOTHING = { passed: 0, failed: [], skipped: [] };

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sum = (tallies) => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.flatMap(({ failed }) => failed),
  skipped: tallies.flatMap(({ skipped }) => skipped),
});

/**
 * Counts tests as they end, for a test runner's reporter.
 */
export class Counter {
  #passed = 0;
  /** @type {string[]} */
  #failed = [];
  /** @type {{name: string, reason: string}[]} */
  #skipped = [];

  passed() {
    this.#passed += 1;
  }

  /** @param {string} name @param {readonly string[]} [errors] what was said of it */
  failed(name, errors = []) {
    this.#failed.push([name, ...errors.flatMap(inShort)].join('\n'));
  }

  /** @param {string} name @param {string | undefined} reason */
  skipped(name, reason) {
    if (reason) this.#skipped.push({ name, reason });
    else this.failed(`${name} (skipped without a reason)`);
  }

  /** @returns {Tally} */
  get tally() {
    return { passed: this.#passed, failed: this.#failed, skipped: this.#skipped };
  }

  /** Writes it to the file named in the environment, if one is: see runner.mjs. */
  write() {
    const file = process.env.ESIM_BENCH_TALLY;
    if (file) writeFileSync(file, JSON.stringify(this.tally));
  }
}

/**
 * What a test runner left behind, together with how it ended: one that ran nothing, or fell over without a failing
 * test, has failed too.
 * @param {string} stage
 * @param {string} file
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyOf(stage, file, exitCode) {
  /** @type {Tally | null} */
  let tally = null;
  try {
    tally = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Said below: the runner did not get as far as writing it.
  }
  if (!tally)
    return { ...NOTHING, failed: [`${stage}: the test runner ended with code ${exitCode} and no result`] };
  const { passed, failed, skipped } = tally;
  if (passed + failed.length + skipped.length === 0) return { ...tally, failed: [`${stage}: no test ran`] };
  if (exitCode !== 0 && failed.length === 0) {
    return {
      ...tally,
      failed: [`${stage}: no test failed, but the test runner ended with code ${exitCode}`],
    };
  }
  return tally;
}

const MOST_LINES = 12;
const LONGEST_LINE = 600;

/**
 * The beginning of what was said of a failure, to be read where nothing is left of a run but its end: as what a property test
 * failed with, and its seed.
 * @param {string} error
 */
function inShort(error) {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(0, MOST_LINES).map((line) => `    ${line.slice(0, LONGEST_LINE)}`);
}

/** The line that ends a test run. @param {Tally} tally */
export function closingLine({ passed, failed, skipped }) {
  const counts = [`${passed} passed`, `${failed.length} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  return counts.join(', ');
}

/**
 * The skipped tests for people: each reason once, with how many it kept from running and the first of them.
 * @param {Tally['skipped']} skipped
 * @returns {string[]}
 */
export function skipLines(skipped) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const { name, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  return [...byReason].map(([reason, [first, ...others]]) =>
    others.length === 0 ? `${first}: ${reason}` : `${first} and ${others.length} more: ${reason}`,
  );
}

/** Does it count as a success? A run without a test does not. @param {Tally} tally */
export const isGood = ({ passed, failed }) => failed.length === 0 && passed > 0;
