// npm run demo: the app on a bench that is not there: no hardware, no account. Where nobody can click, it walks
// through the main job by itself.
import { ensureBuilt } from './lib/build.mjs';
import { ensureDisplay, hasDisplay } from './lib/display.mjs';
import { electronEnv, findElectron, flagsHere } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { runHere } from './lib/run.mjs';
import { ensureSystem } from './lib/system.mjs';
import { tool } from './lib/tool.mjs';

tool(async () => {
  const given = process.argv.slice(2);
  const nobodyLooks = !hasDisplay();
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const electron = await findElectron(ROOT, { testRuntime: true });
  await ensureSystem(nobodyLooks ? ['window', 'display'] : ['window']);
  const display = await ensureDisplay();
  const auto = nobodyLooks && !given.includes('--auto') ? ['--auto'] : [];
  const flags = flagsHere(electron, { virtualDisplay: display.virtual });
  try {
    return await runHere(electron.path, [...flags, ROOT, '--demo', ...auto, ...given], {
      env: electronEnv(),
    });
  } finally {
    display.stop();
  }
});
