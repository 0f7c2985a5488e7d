import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * electron-builder's hook once Electron is laid out: takes away what starts any other app, and the file that tells a
 * release's version.
 * @param {import('app-builder-lib').AfterExtractContext} context
 */
export default async function clearElectron({ appOutDir, electronPlatformName }) {
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, 'Electron.app', 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  const leftovers = [join(resources, 'app'), join(resources, 'default_app.asar'), join(appOutDir, 'version')];
  await Promise.all(leftovers.map((path) => rm(path, { recursive: true, force: true })));
}
