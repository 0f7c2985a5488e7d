import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { runQuietly } from './run.mjs';
import { sayWhile } from './say.mjs';
import { Stop } from './tool.mjs';

/** @typedef {Record<string, {version?: string, integrity?: string, optional?: boolean}>} Packages */

/** @param {string} path @returns {Packages | null} */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/**
 * Why the packages on disk are not those of package-lock.json; `null` where they are. npm keeps a lock file of what
 * it has put into node_modules and writes it last, so it tells a complete installation, ours or anyone's. What is
 * optional may be missing: it is for another operating system.
 * @param {Packages | null} wanted
 * @param {Packages | null} present
 * @returns {string | null}
 */
export function installReason(wanted, present) {
  if (!present) return 'node_modules is missing or unfinished';
  for (const [path, { version, integrity, optional }] of Object.entries(wanted ?? {})) {
    if (path === '') continue;
    const name = path.replace(/^.*node_modules\//, '');
    const there = present[path];
    if (!there) {
      if (optional) continue;
      return `${name} ${version} is missing`;
    }
    if (there.version !== version) return `${name} ${version} is wanted, ${there.version} is there`;
    if (there.integrity !== integrity) return `${name} ${version} is not the one in package-lock.json`;
  }
  return null;
}

/**
 * How to start npm: the very one that started us, else the one beside this Node, else the one in the PATH.
 * @returns {{command: string, args: string[], shell: boolean}}
 */
export function npmCommand() {
  const here = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(here, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(here, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
  if (script) return { command: process.execPath, args: [script], shell: false };
  const windows = process.platform === 'win32';
  return { command: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

/**
 * Runs npm quietly. @param {string[]} args @param {import('./run.mjs').RunOptions} [options]
 */
export function npm(args, options = {}) {
  const { command, args: first, shell } = npmCommand();
  return runQuietly(command, [...first, ...args], { shell, ...options });
}

/** What npm complains of comes first, its manual after it. @param {string} output */
const beginning = (output) => output.trim().split('\n').slice(0, 30).join('\n');

/**
 * Makes node_modules what package-lock.json says, where it is not. Install scripts are not run: nothing here needs
 * one (native parts bring their binaries along), and npm 11 would ask for each to be approved.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  const reason = () =>
    installReason(
      packagesOf(join(root, 'package-lock.json')),
      packagesOf(join(root, 'node_modules', '.package-lock.json')),
    );
  if (reason() === null) return;
  const lock = join(root, '.cache', 'install.lock');
  await withLock(
    lock,
    async () => {
      const why = reason();
      if (why === null) return;
      const args = [
        'ci',
        '--ignore-scripts',
        '--include=dev',
        '--include=optional',
        '--no-audit',
        '--no-fund',
      ];
      const result = await sayWhile(`npm ci (${why})`, () => npm(args, { cwd: root }));
      const left = result.ok ? reason() : null;
      if (left) throw new Stop(`npm ci ended well, and yet ${left}.`);
      if (!result.ok)
        throw new Stop(`${beginning(result.output)}\nnpm ci failed (exit code ${result.code}).`);
    },
    { waitingFor: 'another npm ci in this folder' },
  );
}
