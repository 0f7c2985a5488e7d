import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly } from './run.mjs';
import { say, sayWhile } from './say.mjs';
import { Stop } from './tool.mjs';

/**
 * Something of the operating system that is needed, and where Debian has it.
 * @typedef {object} Need
 * @property {'window' | 'display' | 'tests'} for a window, a display that is not there, the tests
 * @property {string} what for people
 * @property {{program: string} | {library: string}} probe what is looked for
 * @property {readonly string[]} packages the first that this Debian has is installed (names changed with Debian 13)
 * @property {true} [optional] the tests that want it say that they are skipped where it cannot be had
 */

/** @type {readonly Need[]} */
export const NEEDS = [
  {
    for: 'window',
    what: 'GTK',
    probe: { library: 'libgtk-3.so.0' },
    packages: ['libgtk-3-0t64', 'libgtk-3-0'],
  },
  { for: 'window', what: 'NSS', probe: { library: 'libnss3.so' }, packages: ['libnss3'] },
  { for: 'window', what: 'GBM', probe: { library: 'libgbm.so.1' }, packages: ['libgbm1'] },
  { for: 'window', what: 'XScreenSaver', probe: { library: 'libXss.so.1' }, packages: ['libxss1'] },
  {
    for: 'window',
    what: 'ALSA',
    probe: { library: 'libasound.so.2' },
    packages: ['libasound2t64', 'libasound2'],
  },
  { for: 'display', what: 'a virtual display', probe: { program: 'Xvfb' }, packages: ['xvfb'] },
  { for: 'tests', what: 'a session bus', probe: { program: 'dbus-run-session' }, packages: ['dbus'] },
  { for: 'tests', what: 'a bus in X', probe: { program: 'dbus-launch' }, packages: ['dbus-x11'] },
  {
    for: 'tests',
    what: 'a keyring',
    probe: { program: 'gnome-keyring-daemon' },
    packages: ['gnome-keyring'],
  },
  {
    for: 'tests',
    what: 'the way to the keyring',
    probe: { library: 'libsecret-1.so.0' },
    packages: ['libsecret-1-0'],
  },
  { for: 'tests', what: 'pseudo-terminals', probe: { program: 'socat' }, packages: ['socat'] },
  { for: 'tests', what: 'the list of serial ports', probe: { program: 'udevadm' }, packages: ['udev'] },
  { for: 'tests', what: 'a QR reader', probe: { program: 'zbarimg' }, packages: ['zbar-tools'] },
  {
    for: 'tests',
    what: "the tool for Chromium's certificates",
    probe: { program: 'certutil' },
    packages: ['libnss3-tools'],
    optional: true,
  },
];

/** @param {string} name */
function hasProgram(name) {
  // The administrator's folders are not in everyone's PATH, and some of these live there.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/** The sonames that the dynamic linker knows. */
async function libraries() {
  const program = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path)) ?? 'ldconfig';
  const { stdout } = await runQuietly(program, ['-p']);
  return new Set(stdout.split('\n').map((line) => line.trim().split(' ')[0] ?? ''));
}

/**
 * What of all this is not there. Linux alone has needs.
 * @param {readonly Need['for'][]} purposes
 * @returns {Promise<readonly Need[]>}
 */
export async function missingNeeds(purposes) {
  if (process.platform !== 'linux') return [];
  const known = await libraries();
  return NEEDS.filter((need) => {
    if (!purposes.includes(need.for)) return false;
    return 'program' in need.probe ? !hasProgram(need.probe.program) : !known.has(need.probe.library);
  });
}

/** Is this Debian or a child of it? @param {string} [osRelease] the text of /etc/os-release */
export function isDebian(
  osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
) {
  const like = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids = '']) =>
    ids.split(' '),
  );
  return like.includes('debian') || like.includes('ubuntu');
}

const APT = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
const APT_ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** @param {string[]} args */
const apt = (args) => runQuietly('apt-get', [...APT, ...args], { env: APT_ENV });

/** The package of a need that this Debian has. @param {Need} need */
async function packageFor({ packages }) {
  for (const name of packages) {
    const { stdout } = await runQuietly('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(stdout)) return name;
  }
  return packages.at(-1) ?? '';
}

/** @param {readonly Need[]} needs */
const inWords = (needs) => needs.map((need) => need.what).join(', ');

/** The command that installs what is missing. @param {readonly Need[]} needs */
async function installing(needs) {
  const names = [...new Set(await Promise.all(needs.map(packageFor)))];
  return ['install', '-y', '--no-install-recommends', ...names];
}

/**
 * Sees to it that all is there: installs it with apt-get where we may, else says the one command that does. What is optional is
 * installed where that can be done, and never stops anything.
 * @param {readonly Need['for'][]} purposes
 * @throws {Stop} where something is still missing
 */
export async function ensureSystem(purposes) {
  const missing = await missingNeeds(purposes);
  if (missing.length === 0) return;
  const needed = missing.filter((need) => !need.optional);
  const optional = missing.filter((need) => need.optional);
  if (!isDebian()) {
    if (needed.length === 0) return sayWithout(optional);
    const probes = needed.map((need) => Object.values(need.probe)[0]).join(', ');
    throw new Stop(`Missing on this computer: ${inWords(needed)}. Please install what has ${probes}.`);
  }
  const root = process.getuid?.() === 0;
  if (!root) {
    const command = `sudo apt-get ${(await installing(missing)).join(' ')}`;
    if (needed.length === 0) return sayWithout(optional, command);
    throw new Stop(`Missing on this computer: ${inWords(missing)}. This installs it:\n  ${command}`);
  }
  const updated = await sayWhile('apt-get update', () => apt(['update']));
  if (!updated.ok) say(updated.output.trimEnd());
  if (needed.length > 0) {
    const command = await installing(needed);
    const installed = await sayWhile(`apt-get ${command.join(' ')}`, () => apt(command));
    const left = (await missingNeeds(purposes)).filter((need) => !need.optional);
    if (!installed.ok || left.length > 0)
      throw new Stop(`${installed.output.trimEnd()}\napt-get could not install: ${inWords(left)}.`);
  }
  // By themselves: one that this Debian does not have would keep the others out.
  if (optional.length > 0) {
    const command = await installing(optional);
    await sayWhile(`apt-get ${command.join(' ')}`, () => apt(command));
    const left = await missingNeeds(purposes);
    if (left.length > 0) sayWithout(left);
  }
}

/** @param {readonly Need[]} needs @param {string} [command] that installs them */
function sayWithout(needs, command) {
  const how = command === undefined ? '' : ` This installs it:\n  ${command}`;
  say(`Not on this computer: ${inWords(needs)}. The tests that want it are skipped.${how}`);
}
