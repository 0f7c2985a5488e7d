import { execFile } from 'node:child_process';

/** What a Linux keyring says about an entry, without unlocking anything. */
export type ItemState = 'none' | 'unlocked' | 'locked' | 'unknown';

export type FindItem = (service: string, account: string) => Promise<ItemState>;

interface Tool {
  readonly command: string;
  readonly args: (service: string, account: string) => string[];
  readonly read: (output: string) => ItemState | null;
}

const BUS_NAME = 'org.freedesktop.secrets';
const OBJECT = '/org/freedesktop/secrets';
const INTERFACE = 'org.freedesktop.Secret.Service';

/** `SearchItems` of the Secret Service API answers two lists of object paths: unlocked items, locked items. */
const TOOLS: readonly Tool[] = [
  {
    // systemd
    command: 'busctl',
    args: (service, account) => [
      ...['--user', 'call', BUS_NAME, OBJECT, INTERFACE, 'SearchItems', 'a{ss}', '2'],
      ...['service', service, 'account', account],
    ],
    read(output) {
      const match = /^aoao (\d+)(?: "[^"]*")* (\d+)/.exec(output);
      return match === null ? null : stateOf(match[1] !== '0', match[2] !== '0');
    },
  },
  {
    // GLib
    command: 'gdbus',
    args: (service, account) => [
      ...['call', '--session', '--dest', BUS_NAME, '--object-path', OBJECT],
      ...['--method', `${INTERFACE}.SearchItems`],
      `{'service': ${variantText(service)}, 'account': ${variantText(account)}}`,
    ],
    read(output) {
      const match = /^\(([^\]]*\]), ([^\]]*\])\)/.exec(output);
      const [, unlocked, locked] = match ?? [];
      if (unlocked === undefined || locked === undefined) return null;
      return stateOf(unlocked.includes('objectpath'), locked.includes('objectpath'));
    },
  },
];

function stateOf(unlocked: boolean, locked: boolean): ItemState {
  if (unlocked) return 'unlocked';
  return locked ? 'locked' : 'none';
}

/** A string in GVariant's text format. */
function variantText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * Looks for an entry in the Linux keyring over D-Bus. Needed because libsecret gives "nothing" alike for an entry that does not
 * exist and for one that stayed locked because the prompt was closed or could not be shown; and because keytar's
 * `findCredentials` crashes the process on a locked entry. `unknown` where neither tool is there or the bus does not answer.
 */
export const findKeyringItem: FindItem = async (service, account) => {
  for (const tool of TOOLS) {
    const output = await run(tool.command, tool.args(service, account));
    const state = output === null ? null : tool.read(output);
    if (state !== null) return state;
  }
  return 'unknown';
};

function run(command: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 5_000, maxBuffer: 64 * 1024, encoding: 'utf8' }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : null),
    );
  });
}
