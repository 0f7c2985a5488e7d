import type { Account, SecretPlace } from '../../contract/account.ts';
import type { Result } from '../../contract/result.ts';

/** An account as the vault names its entry: provider, endpoint and the name to sign in with, never the secret. */
export type VaultKey = Account;

/**
 * Secrets, in the operating system's keychain (service `eSIM Bench`) or, where the technician chose so, in memory until
 * the process ends. Never in a file. Faults: `keychain.unavailable`, `keychain.locked`, `secret.missing`.
 */
export interface Vault {
  set(key: VaultKey, secret: string, place: 'keychain' | 'session'): Promise<Result<null>>;
  /** The secret itself; for the one request that needs it. */
  get(key: VaultKey): Promise<Result<string>>;
  /** Where the secret is; asks the keychain, so it can fail. */
  place(key: VaultKey): Promise<Result<SecretPlace>>;
  /** Removes the secret from everywhere; fine when there is none. */
  clear(key: VaultKey): Promise<Result<null>>;
}
