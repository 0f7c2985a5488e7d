// npm run package: the app as a folder for this computer. Arguments go to electron-builder: "npm run package -- --linux deb".
import { ensureBuilt } from './lib/build.mjs';
import { findElectron } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { electronBuilder, packagedExecutable } from './lib/package.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { say } from './lib/say.mjs';
import { Stop, tool } from './lib/tool.mjs';

tool(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const electron = await findElectron(ROOT, { testRuntime: true });
  const toTryOut = electron.source === 'test';
  if (toTryOut && args.length > 0) {
    throw new Stop(
      'Packages to give away are made with the official Electron alone, which could not be had here.',
    );
  }
  await electronBuilder(ROOT, electron, args.length > 0 ? args : ['--dir']);
  if (args.length > 0) return 0;

  process.stdout.write(`${packagedExecutable(inRoot('out'))}\n`);
  if (toTryOut) say('Made with an Electron for tests: to try out here, not to give away.');
  say(`Not built: installers and archives, whose tools electron-builder fetches from GitHub. With a connection:
  npm run package -- --linux AppImage deb tar.gz
  npm run package -- --win      npm run package -- --mac      each on its own system`);
  return 0;
});
