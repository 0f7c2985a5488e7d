import type { SecretPlace } from '../../contract/account.ts';
import type { Account } from '../../contract/providerTable.ts';
import type { Result } from '../../contract/result.ts';

/** A proxy that asks for a login. What it asks for is part of its name: a login for the one is never given for the other. */
export interface ProxyKey {
  /** `proxy.example:3128`. */
  readonly proxy: string;
  /** The way of asking, in small letters: one given to a proxy that hides it (`digest`) is never sent to one that does not (`basic`). */
  readonly scheme: string;
  readonly realm: string;
}

/**
 * What the vault names an entry after: an account by provider, endpoint and the name to sign in with, or a proxy. Never the secret.
 */
export type VaultKey = Account | ProxyKey;

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
