import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot, ROOT } from './root.mjs';
import { runHere } from './run.mjs';
import { tallyOf } from './tally.mjs';
import { atExit } from './tool.mjs';

/**
 * Runs a test runner on this terminal and counts.
 * @param {string} stage
 * @param {string[]} args of Node
 */
async function count(stage, args) {
  const folder = mkdtempSync(join(tmpdir(), 'esim-bench-tally-'));
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tally.json');
  try {
    const env = { ...process.env, ESIM_BENCH_TALLY: file };
    return tallyOf(stage, file, await runHere(process.execPath, args, { cwd: ROOT, env }));
  } finally {
    forget();
  }
}

/** @param {'unit' | 'integration'} project @param {string[]} [filters] */
export const vitest = (project, filters = []) =>
  count(project, [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=./tools/lib/vitestTally.mjs',
    ...filters,
  ]);

/** @param {string[]} [filters] */
export const playwright = (filters = []) =>
  count('e2e', [
    inRoot('node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--reporter=list,./tools/lib/playwrightTally.mjs',
    ...filters,
  ]);
