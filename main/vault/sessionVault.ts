import { fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import type { Vault } from './vault.ts';
import { entryName } from './vaultEntry.ts';

/** A vault in memory alone, for the demo bench: it never touches the system's keychain, whichever place is asked for. */
export function createSessionVault(): Vault {
  const secrets = new Map<string, string>();
  return {
    async set(key, secret) {
      secrets.set(entryName(key), secret);
      return ok(null);
    },
    async get(key) {
      const secret = secrets.get(entryName(key));
      return secret === undefined ? fail(fault('secret.missing')) : ok(secret);
    },
    async place(key) {
      return ok(secrets.has(entryName(key)) ? 'session' : 'none');
    },
    async clear(key) {
      secrets.delete(entryName(key));
      return ok(null);
    },
  };
}
