// npm start: the app, for real work.
import { ensureBuilt } from './lib/build.mjs';
import { hasDisplay } from './lib/display.mjs';
import { canSandbox, electronEnv, findElectron, flagsHere } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { runHere } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { ensureSystem } from './lib/system.mjs';
import { Stop, tool } from './lib/tool.mjs';

tool(async () => {
  if (!hasDisplay()) {
    throw new Stop(
      'There is no display to open a window on. "npm run cli" works without, and so does "npm run demo".',
    );
  }
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  // The test runtime never gets near a real account.
  const electron = await findElectron(ROOT, { testRuntime: false });
  await ensureSystem(['window']);
  if (process.platform === 'linux' && process.getuid?.() !== 0 && !canSandbox(electron.dist)) {
    say(`This system forbids programs to sandbox themselves. If the window does not open, allow it for Electron:
  sudo chown root ${electron.dist}/chrome-sandbox && sudo chmod 4755 ${electron.dist}/chrome-sandbox`);
  }
  const flags = flagsHere(electron, { virtualDisplay: false, mustSandbox: true });
  return runHere(electron.path, [...flags, ROOT, ...process.argv.slice(2)], { env: electronEnv() });
});
