import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { withLock } from './lock.mjs';
import { runQuietly } from './run.mjs';
import { say, sayWhile } from './say.mjs';
import { ensureTestRuntime, hasTestRuntime, TEST_RUNTIME } from './testRuntime.mjs';
import { Stop } from './tool.mjs';

/**
 * An Electron that can be started.
 * @typedef {object} Electron
 * @property {string} path its executable
 * @property {string} dist the folder of its release
 * @property {string} version
 * @property {'override' | 'official' | 'test'} source
 */

/** The executable inside a release's folder. @param {NodeJS.Platform} platform */
export const executableIn = (platform) =>
  ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' })[String(platform)] ?? 'electron';

/** How long the official package's installer may take. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
/** For how long a failed download is not tried again where something else will do. */
const FAILURE_HOLDS_MS = 24 * 60 * 60_000;

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** @param {string} dist */
const versionOf = (dist) => textOf(join(dist, 'version'))?.replace(/^v/, '') ?? null;

/** @returns {Electron | null} */
function overridden() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!given) return null;
  const dist = resolve(given);
  const path = join(dist, executableIn(process.platform));
  if (!existsSync(path)) {
    throw new Stop(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no Electron at ${path}.`);
  }
  return { path, dist, version: versionOf(dist) ?? 'unknown', source: 'override' };
}

/** @param {string} folder of the npm package @returns {Electron | null} */
function officialIn(folder) {
  const name = textOf(join(folder, 'path.txt'));
  const dist = join(folder, 'dist');
  const version = versionOf(dist);
  if (!name || !version || !existsSync(join(dist, name))) return null;
  return { path: join(dist, name), dist, version, source: 'official' };
}

/** What Node's fetch and sockets say when there is no way to a server. */
const UNREACHABLE =
  /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/;

/**
 * The reason out of the installer's output, which is an error with its stack.
 * @param {string} output
 */
export function downloadFailure(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const said =
    lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? 'no reason given';
  const reason = said.replace(/^\w*Error(?: \[\w+\])?: /, '');
  return UNREACHABLE.test(output) ? `its download server cannot be reached (${reason})` : reason;
}

/**
 * Has the official package fetch its binary.
 * @param {string} root @param {string} folder
 * @returns {Promise<string | null>} why it could not
 */
async function download(root, folder) {
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  const result = await sayWhile(`fetching Electron ${version}`, () =>
    runQuietly(process.execPath, [join(folder, 'install.js')], {
      cwd: root,
      // Without this its downloader passes HTTPS_PROXY by.
      env: { ...process.env, ELECTRON_GET_USE_PROXY: 'true' },
      timeoutMs: DOWNLOAD_LIMIT_MS,
    }),
  );
  if (result.timedOut) return 'it took longer than ten minutes';
  return result.ok ? null : downloadFailure(result.output);
}

/** @param {string} root */
const failureFile = (root) => join(root, '.cache', 'electron-download-failed');

/**
 * The official Electron, or why it cannot be had.
 * @param {string} root
 * @param {{retry: boolean}} options `retry`: also where it has failed lately
 * @returns {Promise<Electron | string>}
 */
async function official(root, { retry }) {
  const folder = join(root, 'node_modules', 'electron');
  const there = officialIn(folder);
  if (there) return there;
  return withLock(
    join(root, '.cache', 'electron.lock'),
    async () => {
      const fetched = officialIn(folder);
      if (fetched) return fetched;
      const failed = JSON.parse(textOf(failureFile(root)) ?? 'null');
      if (!retry && failed && Date.now() - failed.at < FAILURE_HOLDS_MS) return String(failed.reason);
      const reason = await download(root, folder);
      const now = officialIn(folder);
      if (now) {
        rmSync(failureFile(root), { force: true });
        return now;
      }
      const why = reason ?? 'its installer left nothing behind';
      mkdirSync(dirname(failureFile(root)), { recursive: true });
      writeFileSync(failureFile(root), JSON.stringify({ at: Date.now(), reason: why }));
      return why;
    },
    { waitingFor: 'another tool that is fetching Electron' },
  );
}

/** @param {string} reason */
const advice = (reason) => `The official Electron could not be had: ${reason}.
It comes from Electron's releases on GitHub. What helps:
- behind a proxy: set HTTPS_PROXY; from a mirror: set ELECTRON_MIRROR; then start again;
- or unpack Electron's release for this computer from elsewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH.`;

/**
 * Finds an Electron: the one named in `ELECTRON_OVERRIDE_DIST_PATH`, else the official package's, fetched where it is
 * not there yet, else, where it may be used, the test runtime.
 * @param {string} root
 * @param {{testRuntime: boolean}} options may it be the test runtime? Never for work with a real account.
 * @returns {Promise<Electron>}
 */
export async function findElectron(root, { testRuntime }) {
  const override = overridden();
  if (override) return override;
  const mayUseTestRuntime = testRuntime && hasTestRuntime;
  const found = await official(root, { retry: !mayUseTestRuntime });
  if (typeof found !== 'string') return found;
  if (!mayUseTestRuntime) {
    throw new Stop(
      testRuntime ? advice(found) : `${advice(found)}\nWithout it, "npm run demo" may still work.`,
    );
  }
  const dist = await ensureTestRuntime();
  say(
    `Electron ${TEST_RUNTIME.version} from ${TEST_RUNTIME.package}: for tests and the demo only, as the official one could not be had (${found})`,
  );
  return { path: join(dist, 'electron'), dist, version: TEST_RUNTIME.version, source: 'test' };
}

/**
 * Can Chromium build its sandbox here for one who is not root: by user namespaces, or by its setuid helper?
 * @param {string} dist
 */
export function canSandbox(dist) {
  const helper = statSync(join(dist, 'chrome-sandbox'), { throwIfNoEntry: false });
  if (helper && helper.uid === 0 && (helper.mode & 0o4755) === 0o4755) return true;
  /** @param {string} name */
  const setting = (name) => textOf(`/proc/sys/${name}`);
  return (
    setting('kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    setting('kernel/unprivileged_userns_clone') !== '0' &&
    setting('user/max_user_namespaces') !== '0'
  );
}

/**
 * Flags that this computer asks for, whatever the app.
 * @param {{linux: boolean, root: boolean, sandbox: boolean, virtualDisplay: boolean}} on `sandbox`: can it be had?
 */
export function electronFlags({ linux, root, sandbox, virtualDisplay }) {
  return [
    // Chromium refuses to sandbox for root, and to start where it cannot.
    ...(linux && (root || !sandbox) ? ['--no-sandbox'] : []),
    // Xvfb has no GPU: looking for one takes time and fills the log.
    ...(virtualDisplay ? ['--disable-gpu'] : []),
  ];
}

/**
 * Those flags for this computer.
 * @param {Electron} electron @param {{virtualDisplay: boolean, mustSandbox?: boolean}} options
 */
export function flagsHere({ dist }, { virtualDisplay, mustSandbox = false }) {
  const linux = process.platform === 'linux';
  return electronFlags({
    linux,
    root: process.getuid?.() === 0,
    sandbox: !linux || mustSandbox || canSandbox(dist),
    virtualDisplay,
  });
}

/** The environment for an Electron: not the one of an editor that runs Node by it. @param {NodeJS.ProcessEnv} [more] */
export function electronEnv(more = {}) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { ...env, ...more };
}
