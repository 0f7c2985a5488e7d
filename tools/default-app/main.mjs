// What a released Electron does when it is given a folder and this build of it lacks: starts the app in that folder.
// An ES module whose body awaits the app's, since Electron is not `ready` before it has ended: the app can still do
// what must be done before.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** Electron's own default app calls these two; its public types do not list them. */
const host = /** @type {typeof app & {setVersion(version: string): void, setAppPath(path: string): void}} */ (
  app
);

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  console.error('Usage: electron [flags] <folder of an app> [arguments]');
  process.exit(1);
} else {
  const appPath = resolve(folder);
  const { name, productName, version, main } = JSON.parse(
    readFileSync(join(appPath, 'package.json'), 'utf8'),
  );
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  if (version) host.setVersion(version);
  host.setName(productName ?? name);
  host.setDesktopName?.(`${host.getName()}.desktop`);
  host.setAppPath(appPath);
  await import(pathToFileURL(join(appPath, main ?? 'index.js')).href);
}
