// npm run bench: every benchmark in test/bench, with its ratio and bar. "-- --json": one object a line on stdout.
// "-- eid start": those whose file names contain a word.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judge, table } from './lib/benchRows.mjs';
import { electronEnv } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { runQuietly } from './lib/run.mjs';
import { say, sayWhile } from './lib/say.mjs';
import { ensureSystem } from './lib/system.mjs';
import { atExit, Stop, tool } from './lib/tool.mjs';

/** @param {string[]} words */
function benchmarks(words) {
  const all = readdirSync(inRoot('test', 'bench'))
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => ({
      name: file.slice(0, -'.bench.ts'.length),
      file,
      inElectron: file.endsWith('.electron.bench.ts'),
    }))
    .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (all.length === 0) throw new Stop('There is no such benchmark in test/bench.', 2);
  return all;
}

/** Bundles them as the main process is, packages with native parts outside. @param {{name: string, file: string}[]} all @param {string} outDir */
async function bundle(all, outDir) {
  const { build, loadConfigFromFile, mergeConfig } = await import('vite');
  const main = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    inRoot('vite.main.config.ts'),
  );
  const config = mergeConfig(main?.config ?? {}, {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    // Playwright finds its parts beside itself, so it stays where it is.
    ssr: { external: ['@playwright/test', 'playwright', 'playwright-core'] },
    build: { outDir, sourcemap: 'inline' },
  });
  config.build.rolldownOptions.input = Object.fromEntries(
    all.map(({ name, file }) => [name, inRoot('test', 'bench', file)]),
  );
  await build(config);
}

tool(async () => {
  const args = process.argv.slice(2);
  const json = args.includes('--json');
  const all = benchmarks(args.filter((argument) => !argument.startsWith('--')));
  await ensureInstalled(ROOT);
  await ensureSystem(['window', 'display', 'tests']);
  // Builds, and finds an Electron and a display.
  const undo = await (await import('./lib/e2eSetup.mjs')).default();

  // Inside the clone, where a bundle finds the packages it leaves outside.
  const outDir = inRoot('.cache', 'bench', String(process.pid));
  mkdirSync(outDir, { recursive: true });
  const forget = atExit(() => rmSync(outDir, { recursive: true, force: true }));
  await bundle(all, outDir);

  const electron = process.env.ESIM_BENCH_ELECTRON ?? '';
  const flags = JSON.parse(process.env.ESIM_BENCH_ELECTRON_ARGS ?? '[]');
  /** @type {import('./lib/benchRows.mjs').Judged[]} */
  const rows = [];
  let broken = 0;
  for (const { name, inElectron } of all) {
    const built = join(outDir, `${name}.js`);
    const result = join(outDir, `${name}.json`);
    const [command, first] = inElectron
      ? [electron, [...flags, inRoot('tools', 'bench-app')]]
      : [process.execPath, ['--expose-gc', inRoot('tools', 'lib', 'benchHost.mjs')]];
    const run = await sayWhile(name, () =>
      runQuietly(command, [...first, built, result], { cwd: ROOT, env: electronEnv() }),
    );
    if (run.ok) rows.push(...JSON.parse(readFileSync(result, 'utf8')).map(judge));
    else {
      broken += 1;
      say(`${run.output.trimEnd()}\n${name} failed (exit code ${run.code}).`);
    }
  }
  undo();
  forget();
  const lines = json ? rows.map((row) => JSON.stringify(row)) : [table(rows)];
  process.stdout.write(`${lines.join('\n')}\n`);
  return broken === 0 && rows.length > 0 && rows.every(({ pass }) => pass) ? 0 : 1;
});
