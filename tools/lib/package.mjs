import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFrom } from './build.mjs';
import { findElectron } from './electron.mjs';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { runQuietly } from './run.mjs';
import { sayWhile } from './say.mjs';
import { Stop } from './tool.mjs';

/** What the builder is told besides electron-builder.yml. @param {import('./electron.mjs').Electron} electron */
const electronOptions = ({ dist, version }) => [`-c.electronDist=${dist}`, `-c.electronVersion=${version}`];

/**
 * Runs electron-builder.
 * @param {string} root
 * @param {import('./electron.mjs').Electron} electron
 * @param {string[]} args
 */
export async function electronBuilder(root, electron, args) {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const result = await sayWhile(`packaging with Electron ${electron.version}`, () =>
    runQuietly(process.execPath, [cli, ...electronOptions(electron), ...args, '--publish=never'], {
      cwd: root,
    }),
  );
  if (!result.ok) throw new Stop(`${result.output.trimEnd()}\nPackaging failed.`);
}

/** The executables that electron-builder leaves in an output folder, by platform. @type {Record<string, string[]>} */
const EXECUTABLES = {
  linux: ['linux-unpacked/esim-bench', 'linux-arm64-unpacked/esim-bench'],
  win32: ['win-unpacked/eSIM Bench.exe', 'win-arm64-unpacked/eSIM Bench.exe'],
  darwin: ['mac', 'mac-arm64'].map((folder) => `${folder}/eSIM Bench.app/Contents/MacOS/eSIM Bench`),
};

/** @param {string} output @returns {string | null} */
export const packagedExecutable = (output) =>
  (EXECUTABLES[process.platform] ?? []).map((path) => join(output, path)).find((path) => existsSync(path)) ??
  null;

/** The package that Playwright may drive has its own folder, so that it is never taken for one to give away. */
const drivableFolder = (/** @type {string} */ root) => join(root, 'out', 'drivable');

/** What it would be made of now. @param {string} root */
const drivableStamp = (root) =>
  [
    builtFrom(root),
    fingerprint(root, ['electron-builder.yml', 'assets/icons', 'tools/lib/package.mjs']),
  ].join('\n');

/**
 * The executable of the package that Playwright can drive; `null` where it is not the current dist/.
 * @param {string} root
 * @returns {string | null}
 */
export function drivablePackage(root) {
  const stamp = join(drivableFolder(root), '.stamp');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== drivableStamp(root)) return null;
  return packagedExecutable(drivableFolder(root));
}

/**
 * Packages dist/ as for a release, but for the one fuse that lets Playwright in.
 * @param {string} root
 * @returns {Promise<string>} the executable
 */
export async function ensureDrivablePackage(root) {
  const output = drivableFolder(root);
  await withLock(join(root, '.cache', 'package.lock'), async () => {
    if (drivablePackage(root)) return;
    const electron = await findElectron(root, { testRuntime: true });
    rmSync(output, { recursive: true, force: true });
    const stamp = drivableStamp(root);
    await electronBuilder(root, electron, [
      '--dir',
      `-c.directories.output=${output}`,
      '-c.electronFuses.enableNodeCliInspectArguments=true',
    ]);
    writeFileSync(join(output, '.stamp'), stamp);
  });
  const executable = packagedExecutable(output);
  if (!executable)
    throw new Stop(`electron-builder left no app in ${output}: ${readdirSync(output).join(', ')}`);
  return executable;
}
