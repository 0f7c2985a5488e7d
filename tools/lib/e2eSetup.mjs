import { ensureBuilt } from './build.mjs';
import { ensureDisplay } from './display.mjs';
import { findElectron, flagsHere } from './electron.mjs';
import { drivablePackage } from './package.mjs';
import { ROOT } from './root.mjs';

/**
 * Prepares the end-to-end tests, also where Playwright is started by hand. Tests find in the environment:
 * - `ESIM_BENCH_ELECTRON`: the executable; it is given this folder as its app;
 * - `ESIM_BENCH_ELECTRON_ARGS`: flags that it needs on this computer, a JSON array;
 * - `ESIM_BENCH_PACKAGED`: the packaged app's executable, unset where none has been built from this dist/.
 * @returns {Promise<() => void>} takes the display down again
 */
export default async function prepare() {
  await ensureBuilt(ROOT);
  const electron = await findElectron(ROOT, { testRuntime: true });
  const display = await ensureDisplay();
  process.env.ESIM_BENCH_ELECTRON = electron.path;
  process.env.ESIM_BENCH_ELECTRON_ARGS = JSON.stringify(
    flagsHere(electron, { virtualDisplay: display.virtual }),
  );
  const packaged = drivablePackage(ROOT);
  if (packaged) process.env.ESIM_BENCH_PACKAGED = packaged;
  return display.stop;
}
