// npm test: everything, on a fresh clone too. "npm test -- unit e2e" runs those stages alone.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { playwright, vitest } from './lib/runner.mjs';
import { say } from './lib/say.mjs';
import { ensureSystem } from './lib/system.mjs';
import { closingLine, isGood, NOTHING, skipLines, sum } from './lib/tally.mjs';
import { Stop, tool } from './lib/tool.mjs';

/**
 * A stage that prepares: it counts only when it fails.
 * @param {() => Promise<unknown>} work
 */
const preparing = (work) => async () => {
  await work();
  return NOTHING;
};

/**
 * The stages in their order. `always`: part of any selection. `needed`: the later ones cannot do without it.
 * @type {readonly {name: string, always?: true, needed?: true, run: () => Promise<import('./lib/tally.mjs').Tally>}[]}
 */
const STAGES = [
  { name: 'install', always: true, needed: true, run: preparing(() => ensureInstalled(ROOT)) },
  { name: 'system', run: preparing(() => ensureSystem(['window', 'display', 'tests'])) },
  { name: 'check', run: async () => (await import('./lib/checks.mjs')).runChecks() },
  { name: 'build', always: true, needed: true, run: preparing(() => ensureBuilt(ROOT)) },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'integration', run: () => vitest('integration') },
  { name: 'faults', run: async () => (await import('./lib/faults.mjs')).faultsStage() },
  {
    name: 'package',
    run: async () => {
      await (await import('./lib/package.mjs')).ensureDrivablePackage(ROOT);
      return { ...NOTHING, passed: 1 };
    },
  },
  { name: 'e2e', run: () => playwright() },
];

/** @param {readonly string[]} lines */
const indented = (lines) => lines.map((line) => `  ${line}`).join('\n');

tool(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Stop(
      `There is no stage "${unknown.join('", "')}". Stages: ${STAGES.map(({ name }) => name).join(', ')}.`,
      2,
    );
  }
  /** @type {import('./lib/tally.mjs').Tally[]} */
  const tallies = [];
  for (const stage of STAGES) {
    const named = wanted.includes(stage.name);
    if (!stage.always && !named && wanted.length > 0) continue;
    say(`\n── ${stage.name}`);
    try {
      tallies.push(await stage.run());
    } catch (error) {
      const why = error instanceof Stop ? error.message : error instanceof Error ? error.stack : error;
      say(`✗ ${why}`);
      tallies.push({ ...NOTHING, failed: [stage.name] });
      if (stage.needed) break;
    }
  }
  const total = sum(tallies);
  if (total.failed.length > 0) say(`\nFailed:\n${indented(total.failed)}`);
  if (total.skipped.length > 0) say(`\nSkipped:\n${indented(skipLines(total.skipped))}`);
  process.stdout.write(`\n${closingLine(total)}\n`);
  return isGood(total) ? 0 : 1;
});
