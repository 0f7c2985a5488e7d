import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { Keychain, type KeychainOptions } from './keychain.ts';
import type { Vault } from './vault.ts';
import { entryName } from './vaultEntry.ts';

/**
 * The vault of the real bench: the system's keychain through keytar, and beside it what the technician wants kept for this
 * session alone. A session secret goes before the keychain's.
 */
export function createKeychainVault(options: KeychainOptions = {}): Vault {
  const keychain = new Keychain(options);
  const session = new Map<string, string>();

  async function find(
    name: string,
  ): Promise<Result<{ secret: string; place: 'keychain' | 'session' } | null>> {
    const kept = session.get(name);
    if (kept !== undefined) return ok({ secret: kept, place: 'session' });
    const read = await keychain.read(name);
    if (!read.ok) return read;
    return ok(read.value === null ? null : { secret: read.value, place: 'keychain' });
  }

  return {
    async set(key, secret, place) {
      const name = entryName(key);
      if (place === 'session') {
        session.set(name, secret);
        // "Forgotten at exit" would not be true of an older secret in the keychain, which would come back at the next start.
        // It is not waited for: a keychain that is missing, locked or hangs is why a session is chosen.
        void keychain.remove(name, false);
        return ok(null);
      }
      const written = await keychain.write(name, secret);
      if (written.ok) session.delete(name);
      return written;
    },
    async get(key) {
      const found = await find(entryName(key));
      if (!found.ok) return found;
      return found.value === null ? fail(fault('secret.missing')) : ok(found.value.secret);
    },
    async place(key) {
      const found = await find(entryName(key));
      if (!found.ok) return found;
      return ok(found.value?.place ?? 'none');
    },
    async clear(key) {
      const name = entryName(key);
      const hadSession = session.delete(name);
      const removed = await keychain.remove(name, true);
      // The session was chosen because there is no keychain; there is nothing to clear in it then.
      if (!removed.ok && removed.fault.code === 'keychain.unavailable' && hadSession) return ok(null);
      if (removed.ok || removed.fault.code !== 'keychain.locked') return removed;
      // The fault's own next step is for putting a secret in.
      return fail({
        ...removed.fault,
        hint: 'The secret is still in it. Unlock the keychain, then try again.',
      });
    },
  };
}
