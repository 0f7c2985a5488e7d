import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { inRoot, ROOT } from './root.mjs';
import { runHere } from './run.mjs';
import { NOTHING } from './tally.mjs';
import { atExit } from './tool.mjs';

/** What `npm test` runs: every step comes three times by turns, and what else the dice say. */
export const TEST_RUN = { seed: 1, runs: 100 };

/** Processes wait more than they work. */
export const usualJobs = () => Math.max(2, availableParallelism() * 2);

/**
 * Builds the harness and carries runs out on this terminal.
 * @param {{seed: number, runs: number, jobs: number}} options
 * @returns {Promise<{code: number, summary: Summary | null}>}
 *
 * @typedef {object} Summary see test/faults/summary.ts
 * @property {number} runs
 * @property {Record<string, number>} killed
 * @property {readonly {seed: number, findings: readonly string[]}[]} failed
 * @property {Record<string, string>} missing
 */
export async function runFaults({ seed, runs, jobs }) {
  const outDir = inRoot('.cache', 'faults', String(process.pid));
  mkdirSync(outDir, { recursive: true });
  const forget = atExit(() => rmSync(outDir, { recursive: true, force: true }));
  try {
    const entry = (/** @type {string} */ name) => inRoot('test', 'faults', `${name}.ts`);
    const names = ['main', 'benchEntry', 'worldEntry'];
    await bundle(Object.fromEntries(names.map((name) => [name, entry(name)])), outDir);
    const result = join(outDir, 'result.json');
    const args = [seed, runs, jobs].map(String);
    const cli = inRoot('dist', 'main', 'cli.js');
    const code = await runHere(process.execPath, [join(outDir, 'main.js'), ...args, cli, result], {
      cwd: ROOT,
    });
    try {
      return { code, summary: JSON.parse(readFileSync(result, 'utf8')) };
    } catch {
      return { code, summary: null };
    }
  } finally {
    forget();
  }
}

/**
 * The stage of `npm test`: a run is a test, and so is that a process died at each of the named steps.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function faultsStage() {
  if (process.platform === 'win32') {
    return { ...NOTHING, skipped: [{ name: 'faults', reason: 'needs ttys and SIGKILL' }] };
  }
  const { code, summary } = await runFaults({ ...TEST_RUN, jobs: usualJobs() });
  if (summary === null) return { ...NOTHING, failed: [`faults: the harness ended with code ${code}`] };
  const steps = Object.entries(summary.killed);
  const failed = [
    ...summary.failed.map(({ seed, findings }) => `faults: seed ${seed}: ${findings[0]}`),
    ...steps.filter(([, times]) => times === 0).map(([step]) => `faults: nothing died at ${step}`),
  ];
  return {
    passed: summary.runs + steps.length - failed.length,
    failed,
    skipped: Object.entries(summary.missing).map(([what, reason]) => ({ name: `faults: ${what}`, reason })),
  };
}
