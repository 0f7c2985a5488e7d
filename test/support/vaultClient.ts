import { createKeychainVault } from '../../main/vault/keychainVault.ts';
import type { VaultKey } from '../../main/vault/vault.ts';

/** One thing to do with the vault, a line of JSON on stdin; its result comes as a line of JSON on stdout. */
export type VaultCommand =
  | {
      readonly do: 'set';
      readonly key: VaultKey;
      readonly secret: string;
      readonly place: 'keychain' | 'session';
    }
  | { readonly do: 'get' | 'place' | 'clear'; readonly key: VaultKey };

const vault = createKeychainVault({ timeoutMs: 20_000 });

async function perform(command: VaultCommand): Promise<unknown> {
  if (command.do === 'set') return vault.set(command.key, command.secret, command.place);
  return vault[command.do](command.key);
}

process.stdin.setEncoding('utf8');
let input = '';
for await (const chunk of process.stdin) input += String(chunk);
for (const line of input.split('\n').filter((text) => text !== ''))
  process.stdout.write(`${JSON.stringify(await perform(JSON.parse(line) as VaultCommand))}\n`);
