import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { sayWhile } from './say.mjs';
import { atExit, Stop } from './tool.mjs';

/** The three programs of the app: what is configured where, and where it is built to (the configs say so too). */
export const PARTS = /** @type {const} */ ([
  { name: 'main', config: 'vite.main.config.ts', outDir: 'main' },
  { name: 'preload', config: 'vite.preload.config.ts', outDir: 'preload' },
  { name: 'renderer', config: 'vite.renderer.config.ts', outDir: 'renderer' },
]);

const SOURCES = [
  'contract',
  'main',
  'renderer',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  ...PARTS.map((part) => part.config),
];
const STAMP = '.stamp';

/** What dist/ was built from; `null` where it is missing. @param {string} root */
export function builtFrom(root) {
  try {
    return readFileSync(join(root, 'dist', STAMP), 'utf8');
  } catch {
    return null;
  }
}

/** Is dist/ what the sources say? @param {string} root */
export function isBuilt(root) {
  return (
    PARTS.every(({ outDir }) => existsSync(join(root, 'dist', outDir))) &&
    builtFrom(root) === fingerprint(root, SOURCES)
  );
}

/** @typedef {(typeof PARTS)[number]} Part */

/**
 * @param {string} root
 * @param {Part} part
 * @param {string} dist the folder that takes the place of dist/
 * @returns {import('vite').InlineConfig}
 */
const configOf = (root, part, dist) => ({
  root: part.name === 'renderer' ? join(root, 'renderer') : root,
  configFile: join(root, part.config),
  logLevel: 'warn',
  // The window's code comes off this computer's disk: that it is in one piece is no fault.
  build: { outDir: join(dist, part.outDir), emptyOutDir: true, chunkSizeWarningLimit: 5_000 },
});

/**
 * Builds a part into dist/ now and after every change of a file that it is made of.
 * @param {string} root
 * @param {Part} part
 * @param {() => void} onBuilt not called for a build that failed: Vite says why
 */
export async function watchPart(root, part, onBuilt) {
  const { build, mergeConfig } = await import('vite');
  const watcher = await build(
    mergeConfig(configOf(root, part, join(root, 'dist')), { build: { watch: {} } }),
  );
  if (!('on' in watcher)) throw new Error(`Vite does not watch ${part.config}`);
  watcher.on('event', (event) => {
    if (event.code === 'END') onBuilt();
  });
}

/**
 * Builds dist/ where it is not up to date. It is built beside and then put in place, so that a build that fails
 * leaves the old one, and no program meets half of a new one.
 * @param {string} root
 */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return;
  await withLock(
    join(root, '.cache', 'build.lock'),
    async () => {
      if (isBuilt(root)) return;
      const next = join(root, '.cache', 'build', String(process.pid));
      const forget = atExit(() => rmSync(next, { recursive: true, force: true }));
      try {
        // Taken before building: what is written meanwhile is built the next time.
        const stamp = fingerprint(root, SOURCES);
        const { build } = await import('vite');
        await sayWhile('building', async () => {
          for (const part of PARTS) await build(configOf(root, part, join(next, 'dist')));
        });
        writeFileSync(join(next, 'dist', STAMP), stamp);
        const dist = join(root, 'dist');
        mkdirSync(next, { recursive: true });
        if (existsSync(dist)) renameSync(dist, join(next, 'former'));
        renameSync(join(next, 'dist'), dist);
      } catch (error) {
        throw new Stop(`${error instanceof Error ? error.message : error}\nThe build failed.`);
      } finally {
        forget();
      }
    },
    { waitingFor: 'another build in this folder' },
  );
}
