import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { downloadFailure, electronFlags, executableIn, findElectron } from '../../../tools/lib/electron.mjs';
import { folderWith } from './tempFolder.ts';

const NAME = executableIn(process.platform);

/** A clone whose `electron` package has this installer. */
const cloneWith = (installer: string): string =>
  folderWith({
    'node_modules/electron/package.json': '{ "version": "45.4.1" }',
    'node_modules/electron/install.js': installer,
  });

/** Lays out a release as Electron's are. */
function release(dist: string, version: string): void {
  mkdirSync(join(dist, NAME, '..'), { recursive: true });
  writeFileSync(join(dist, NAME), '');
  chmodSync(join(dist, NAME), 0o755);
  writeFileSync(join(dist, 'version'), version);
}

/** An installer that does what the official one does where there is a network. */
const INSTALLS = `
  const fs = require('node:fs'), path = require('node:path');
  const name = ${JSON.stringify(NAME)};
  const file = path.join(__dirname, 'dist', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '');
  fs.writeFileSync(path.join(__dirname, 'dist', 'version'), '45.4.1');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), name);
`;
const FAILS = "console.error(new TypeError('fetch failed').stack); process.exit(1);";

describe('finding an Electron', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('takes the one that is named, before all others', async () => {
    const clone = cloneWith(FAILS);
    const dist = join(clone, 'mine');
    release(dist, 'v44.0.0');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', dist);
    expect(await findElectron(clone, { testRuntime: true })).toEqual({
      path: join(dist, NAME),
      dist,
      version: '44.0.0',
      source: 'override',
    });
  });

  it('does not look further where the named one is not there', async () => {
    const clone = cloneWith(INSTALLS);
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(clone, 'absent'));
    await expect(findElectron(clone, { testRuntime: true })).rejects.toThrow(join(clone, 'absent', NAME));
  });

  it('takes the official one that is there', async () => {
    const clone = cloneWith(FAILS);
    release(join(clone, 'node_modules/electron/dist'), '45.4.1');
    writeFileSync(join(clone, 'node_modules/electron/path.txt'), NAME);
    expect(await findElectron(clone, { testRuntime: false })).toMatchObject({
      path: join(clone, 'node_modules/electron/dist', NAME),
      version: '45.4.1',
      source: 'official',
    });
  });

  it('has the official one fetched where it is not there', async () => {
    expect(await findElectron(cloneWith(INSTALLS), { testRuntime: false })).toMatchObject({
      source: 'official',
    });
  });

  it('for real work says why there is none and what to do, and takes no other', async () => {
    const attempt = findElectron(cloneWith(FAILS), { testRuntime: false });
    await expect(attempt).rejects.toThrow('its download server cannot be reached (fetch failed)');
    await expect(attempt).rejects.toThrow('ELECTRON_OVERRIDE_DIST_PATH');
    await expect(attempt).rejects.toMatchObject({ name: 'Stop', exitCode: 1 });
  });

  it('for real work tries again what has failed before', async () => {
    const clone = cloneWith(FAILS);
    await expect(findElectron(clone, { testRuntime: false })).rejects.toThrow('fetch failed');
    writeFileSync(join(clone, 'node_modules/electron/install.js'), INSTALLS);
    expect(await findElectron(clone, { testRuntime: false })).toMatchObject({ source: 'official' });
  });
});

describe('the reason of a failed download', () => {
  it.each([
    ['TypeError: fetch failed\n    at node:internal', 'its download server cannot be reached (fetch failed)'],
    [
      'Error: connect ECONNREFUSED 127.0.0.1:9\n    at x',
      'its download server cannot be reached (connect ECONNREFUSED 127.0.0.1:9)',
    ],
    [
      '(node:1) Warning: x\nError: Generated checksum does not match\n    at y',
      'Generated checksum does not match',
    ],
    ['something odd', 'something odd'],
    ['', 'no reason given'],
  ])('%j is: %s', (output, reason) => {
    expect(downloadFailure(output)).toBe(reason);
  });
});

describe('the flags for a computer', () => {
  const desktop = { linux: true, root: false, sandbox: true, virtualDisplay: false };
  it.each([
    ['a desktop', desktop, []],
    ['a Mac or Windows', { ...desktop, linux: false }, []],
    ['root', { ...desktop, root: true }, ['--no-sandbox']],
    ['a Linux without user namespaces', { ...desktop, sandbox: false }, ['--no-sandbox']],
    ['a virtual display', { ...desktop, virtualDisplay: true }, ['--disable-gpu']],
  ])('%s', (_, on, flags) => {
    expect(electronFlags(on)).toEqual(flags);
  });
});

it.each([
  ['linux', 'electron'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ['win32', 'electron.exe'],
] as const)("a release's executable on %s", (platform, name) => {
  expect(executableIn(platform)).toBe(name);
});
