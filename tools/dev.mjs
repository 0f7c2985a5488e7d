// npm run dev: builds on every change and starts the app anew. Arguments go to the app, for example --demo.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { PARTS, watchPart } from './lib/build.mjs';
import { ensureDisplay } from './lib/display.mjs';
import { electronEnv, findElectron, flagsHere } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { say } from './lib/say.mjs';
import { atExit, tool } from './lib/tool.mjs';

/** Several parts are built after one change: the app is started once. */
const SETTLE_MS = 150;

tool(async () => {
  const given = process.argv.slice(2);
  await ensureInstalled(ROOT);
  const electron = await findElectron(ROOT, { testRuntime: given.includes('--demo') });
  const { virtual } = await ensureDisplay();
  // What is watched is built in place, and is no longer what the stamp says.
  rmSync(inRoot('dist'), { recursive: true, force: true });

  /** @type {import('node:child_process').ChildProcess | undefined} */
  let app;
  let replaced = false;
  const start = () => {
    if (app && app.exitCode === null && app.signalCode === null) {
      replaced = true;
      app.kill();
      return;
    }
    app = spawn(electron.path, [...flagsHere(electron, { virtualDisplay: virtual }), ROOT, ...given], {
      stdio: 'inherit',
      env: electronEnv(),
    });
    app.on('exit', () => {
      if (!replaced) process.exit(0);
      replaced = false;
      start();
    });
  };
  atExit(() => app?.kill());

  /** @type {Set<string>} */
  const built = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let settling;
  for (const part of PARTS) {
    await watchPart(ROOT, part, () => {
      say(`built ${part.name}`);
      built.add(part.name);
      clearTimeout(settling);
      if (built.size === PARTS.length) settling = setTimeout(start, SETTLE_MS);
    });
  }
  return 0;
});
