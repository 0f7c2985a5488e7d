import type { VaultKey } from './vault.ts';

/** Under which a technician finds the entries in the system's keychain, and can take them away. */
export const SERVICE = 'eSIM Bench';

/** The account's name in the keychain: `twilio|https://supersim.twilio.com|AC…|SK…`; the last part is empty for an auth token. */
export function entryName(key: VaultKey): string {
  return [key.provider, key.endpoint, key.accountSid, key.keySid ?? ''].join('|');
}
