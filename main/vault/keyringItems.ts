import { execFile } from 'node:child_process';

/** What a Linux keyring says about an entry, without unlocking anything. */
export type ItemState = 'none' | 'unlocked' | 'locked' | 'unknown';

export type FindItem = (service: string, account: string) => Promise<ItemState>;

/** A program that can put the question on the session bus. */
export interface KeyringTool {
  readonly command: string;
  /** Null where it cannot express the question. */
  readonly args: (service: string, account: string) => string[] | null;
  /** Null where the output is not what it should be. */
  readonly read: (output: string) => ItemState | null;
}

const BUS_NAME = 'org.freedesktop.secrets';
const OBJECT = '/org/freedesktop/secrets';
const INTERFACE = 'org.freedesktop.Secret.Service';

/**
 * `SearchItems` of the Secret Service API answers two lists of object paths: unlocked items, locked items. Hardly a desktop
 * lacks all three programs; the first that answers is believed.
 */
export const KEYRING_TOOLS: readonly KeyringTool[] = [
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
  {
    // The reference implementation of D-Bus
    command: 'dbus-send',
    args(service, account) {
      const words = ['service', service, 'account', account];
      // It knows no way to write a comma inside a word.
      if (words.some((word) => word.includes(','))) return null;
      return [
        ...['--session', '--print-reply=literal', `--dest=${BUS_NAME}`, OBJECT, `${INTERFACE}.SearchItems`],
        `dict:string:string:${words.join(',')}`,
      ];
    },
    read(output) {
      const match = /^\s*array \[([^\]]*)\]\s*array \[([^\]]*)\]/.exec(output);
      const [, unlocked, locked] = match ?? [];
      if (unlocked === undefined || locked === undefined) return null;
      return stateOf(unlocked.includes('/'), locked.includes('/'));
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
  for (const tool of KEYRING_TOOLS) {
    const state = await askTool(tool, service, account);
    if (state !== null) return state;
  }
  return 'unknown';
};

/** One tool's answer; null where it is not installed or gets none. */
export function askTool(
  tool: KeyringTool,
  service: string,
  account: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ItemState | null> {
  const args = tool.args(service, account);
  if (args === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const limits = { timeout: 5_000, maxBuffer: 64 * 1024, encoding: 'utf8', env } as const;
    execFile(tool.command, args, limits, (error, stdout) =>
      resolve(error === null ? tool.read(stdout.trim()) : null),
    );
  });
}
