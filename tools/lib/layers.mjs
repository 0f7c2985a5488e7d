import { posix } from 'node:path';

/**
 * The rooms of the house and what each may import: docs/ARCHITECTURE.md has the picture. A room may always import
 * itself. Longer paths go before shorter ones.
 *
 * @typedef {object} Room
 * @property {string} name
 * @property {readonly string[]} at files or folders (with a slash at the end) that are this room
 * @property {readonly string[]} rooms that it may import
 * @property {readonly string[]} [types] rooms of which it may import types alone
 * @property {readonly string[]} [packages] the only packages that it may import; unset: see PACKAGE_OWNERS
 * @property {readonly string[]} [files] files outside of the rooms that it may import
 * @property {boolean} [node] may it import Node's own modules?
 */

const BENCH_ROOMS = ['orders', 'provider', 'modem', 'euicc', 'vault', 'serial'];
const EVERYWHERE = ['base', 'contract'];

/** @type {readonly Room[]} */
export const ROOMS = [
  { name: 'contract', at: ['contract/'], rooms: [], packages: ['zod'], node: false },
  { name: 'renderer', at: ['renderer/'], rooms: ['contract'], node: false },
  { name: 'version', at: ['main/version.ts'], rooms: [], files: ['package.json'] },
  { name: 'base', at: ['main/base/'], rooms: ['contract'] },
  { name: 'serial', at: ['main/serial/'], rooms: EVERYWHERE },
  { name: 'at', at: ['main/at/'], rooms: ['serial', ...EVERYWHERE] },
  { name: 'euicc', at: ['main/euicc/'], rooms: EVERYWHERE },
  { name: 'modem', at: ['main/modem/'], rooms: ['at', 'euicc', ...EVERYWHERE] },
  { name: 'provider', at: ['main/provider/'], rooms: EVERYWHERE },
  { name: 'orders', at: ['main/orders/'], rooms: ['provider', ...EVERYWHERE] },
  { name: 'vault', at: ['main/vault/'], rooms: EVERYWHERE },
  { name: 'demo', at: ['main/demo/'], rooms: EVERYWHERE },
  { name: 'bench', at: ['main/bench/'], rooms: [...BENCH_ROOMS, ...EVERYWHERE], types: ['at'] },
  // The one place that chooses between the real bench and the demo.
  {
    name: 'compose',
    at: ['main/compose.ts'],
    rooms: ['bench', ...BENCH_ROOMS, 'at', 'demo', 'version', ...EVERYWHERE],
  },
  {
    name: 'cli',
    at: ['main/cli.ts', 'main/cli/'],
    rooms: ['compose', 'bench', 'orders', 'version', ...EVERYWHERE],
  },
  {
    name: 'app',
    at: ['main/app/'],
    rooms: ['compose', 'bench', ...BENCH_ROOMS, 'at', 'version', ...EVERYWHERE],
  },
];

/**
 * Packages that belong to certain rooms; a name with a slash at the end stands for a whole scope. What is not named
 * here may be imported by every room that does not list its packages itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const PACKAGE_OWNERS = {
  electron: ['app'],
  keytar: ['vault'],
  libsql: ['orders'],
  serialport: ['serial', 'demo'],
  '@serialport/': ['serial', 'demo'],
  commander: ['cli'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  '@mantine/': ['renderer'],
  '@tabler/': ['renderer'],
};

/** The room that a file is in. @param {string} file relative to the root, with slashes @returns {Room | undefined} */
export const roomOf = (file) =>
  ROOMS.find((room) => room.at.some((at) => (at.endsWith('/') ? file.startsWith(at) : file === at)));

/** `@scope/name/deep.js` → `@scope/name`. @param {string} specifier */
function packageName(specifier) {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/**
 * Why a file may not import this; `null` where it may.
 * @param {string} file relative to the root
 * @param {import('./imports.mjs').Import} imported
 * @returns {string | null}
 */
export function refusal(file, { specifier, typeOnly }) {
  const room = roomOf(file);
  if (!room) return `is in no room of tools/lib/layers.mjs`;
  if (specifier === null) return `${room.name} imports a computed path, which cannot be checked`;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (room.files?.includes(target)) return null;
    const other = roomOf(target);
    if (!other) return `${room.name} imports ${target}, which is in no room`;
    if (other === room || room.rooms.includes(other.name)) return null;
    if (room.types?.includes(other.name)) {
      return typeOnly ? null : `${room.name} may import types alone from ${other.name} (${specifier})`;
    }
    return `${room.name} may not import from ${other.name} (${specifier})`;
  }
  if (specifier.startsWith('node:')) {
    return room.node === false ? `${room.name} may not import ${specifier}` : null;
  }
  const name = packageName(specifier);
  const owners = Object.entries(PACKAGE_OWNERS).find(([owned]) =>
    owned.endsWith('/') ? name.startsWith(owned) : name === owned,
  )?.[1];
  const allowed = room.packages ? room.packages.includes(name) : !owners || owners.includes(room.name);
  return allowed ? null : `${room.name} may not import the package ${name}`;
}
