// npm run fuzz -- --inputs N [--seed S] [--jobs J] [--door NAME [--only NUMBER]]: feeds inputs that no well-meaning
// counterpart would give to everything that parses what comes from outside. See test/fuzz/main.ts.
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from './lib/bundle.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { runHere } from './lib/run.mjs';
import { atExit, Stop, tool } from './lib/tool.mjs';

/** @param {string | undefined} text @param {number} usual */
function number(text, usual) {
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text)) throw new Stop(`${text} is no whole number.`, 2);
  return Number(text);
}

tool(async () => {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({ options: { inputs: text, seed: text, jobs: text, door: text, only: text } });
  await ensureInstalled(ROOT);
  const outDir = inRoot('.cache', 'fuzz', String(process.pid));
  mkdirSync(outDir, { recursive: true });
  const forget = atExit(() => rmSync(outDir, { recursive: true, force: true }));
  const names = ['main', 'workerEntry'];
  await bundle(Object.fromEntries(names.map((name) => [name, inRoot('test', 'fuzz', `${name}.ts`)])), outDir);
  const args = [
    number(values.seed, 1),
    number(values.inputs, 100_000),
    number(values.jobs, availableParallelism()),
  ].map(String);
  if (values.door !== undefined) args.push(values.door);
  if (values.door !== undefined && values.only !== undefined) args.push(String(number(values.only, 0)));
  const code = await runHere(process.execPath, [join(outDir, 'main.js'), ...args], { cwd: ROOT });
  forget();
  return code;
});
