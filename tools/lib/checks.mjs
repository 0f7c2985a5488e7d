import { layerViolations } from './checkLayers.mjs';
import { inRoot, ROOT } from './root.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

/** @param {string} script a command-line program in node_modules @param {string[]} args */
async function program(script, args) {
  const { ok, output } = await runQuietly(process.execPath, [inRoot('node_modules', script), ...args], {
    cwd: ROOT,
  });
  return ok ? null : output.trimEnd();
}

/** @param {string} layer */
const types = (layer) => ({
  name: `types of ${layer}/`,
  check: () => program('typescript/bin/tsc', ['-p', layer]),
});

/**
 * What the sources must stand before anything is run; `check` gives the complaint, or `null`.
 * @type {readonly {name: string, check: () => Promise<string | null>}[]}
 */
const CHECKS = [
  {
    name: 'format and lint',
    check: () =>
      program('@biomejs/biome/bin/biome', [
        'check',
        '--error-on-warnings',
        '--max-diagnostics=40',
        process.stderr.isTTY ? '--colors=force' : '--colors=off',
      ]),
  },
  {
    name: 'layers',
    check: async () => layerViolations(ROOT).join('\n') || null,
  },
  ...['contract', 'main', 'renderer', 'test', 'tools'].map(types),
];

/**
 * Runs every check, each told in a line.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runChecks() {
  let passed = 0;
  /** @type {string[]} */
  const failed = [];
  for (const { name, check } of CHECKS) {
    const complaint = await check();
    say(complaint === null ? `✓ ${name}` : `✗ ${name}\n${complaint}`);
    if (complaint === null) passed += 1;
    else failed.push(`check: ${name}`);
  }
  return { passed, failed, skipped: [] };
}
