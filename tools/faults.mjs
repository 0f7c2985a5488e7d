// npm run faults -- --seed N --runs M [--jobs J]: processes of the CLI are killed and starved by the seed's dice, and what
// the ledger says is compared with what the provider has. See test/faults/main.ts.
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { runFaults, TEST_RUN, usualJobs } from './lib/faults.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { ensureSystem } from './lib/system.mjs';
import { Stop, tool } from './lib/tool.mjs';

/** @param {string | undefined} text @param {number} usual */
function number(text, usual) {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new Stop(`${text} is no whole number.`, 2);
  return Number(text);
}

tool(async () => {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({ options: { seed: text, runs: text, jobs: text } });
  const seed = number(values.seed, TEST_RUN.seed);
  const runs = number(values.runs, TEST_RUN.runs);
  const jobs = number(values.jobs, usualJobs());
  await ensureInstalled(ROOT);
  await ensureSystem(['tests']);
  await ensureBuilt(ROOT);
  return (await runFaults({ seed, runs, jobs })).code;
});
