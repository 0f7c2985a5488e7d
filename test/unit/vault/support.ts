import type { AccountOf } from '../../../contract/providerTable.ts';
import type { Keytar } from '../../../main/vault/keychain.ts';
import type { FindItem } from '../../../main/vault/keyringItems.ts';

export const KEY: AccountOf<'twilio'> = {
  provider: 'twilio',
  endpoint: 'https://supersim.twilio.com',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
};
export const SECRET = 's3cret-of-the-technician';

export interface FakeKeyring {
  readonly keytar: Keytar;
  readonly findItem: FindItem;
  readonly entries: Map<string, string>;
  /** How a Linux keyring is: locked items give "nothing", as libsecret does when its prompt is closed. */
  locked: boolean;
  /** What a person does at the prompt that reading a locked item brings up. */
  atPrompt: 'close' | 'unlock';
  prompts: number;
}

/** A keyring that behaves like libsecret over gnome-keyring (seen with the real one in `integration/vault-keyring.test.ts`). */
export function fakeKeyring(): FakeKeyring {
  const entries = new Map<string, string>();
  const name = (service: string, account: string) => `${service}/${account}`;
  const keyring: FakeKeyring = {
    entries,
    locked: false,
    atPrompt: 'close',
    prompts: 0,
    findItem: async (service, account) => {
      if (!entries.has(name(service, account))) return 'none';
      return keyring.locked ? 'locked' : 'unlocked';
    },
    keytar: {
      async getPassword(service, account) {
        const secret = entries.get(name(service, account)) ?? null;
        if (keyring.locked && secret !== null) {
          keyring.prompts += 1;
          if (keyring.atPrompt === 'unlock') keyring.locked = false;
        }
        return keyring.locked ? null : secret;
      },
      async setPassword(service, account, password) {
        if (keyring.locked) throw new Error('Cannot create an item in a locked collection');
        entries.set(name(service, account), password);
      },
      async deletePassword(service, account) {
        return keyring.locked ? false : entries.delete(name(service, account));
      },
    },
  };
  return keyring;
}
