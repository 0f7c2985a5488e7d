import {
  accountIdOf,
  type FieldName,
  fieldOf,
  fieldsOfProvider,
  PROVIDER_TABLE,
} from '../../contract/providerTable.ts';
import type { VaultKey } from './vault.ts';

/** Under which a technician finds the entries in the system's keychain, and can take them away. */
export const SERVICE = 'eSIM Bench';

/**
 * The account's name in the keychain: `twilio|https://supersim.twilio.com|AC…|SK…`, the last part empty for an auth token;
 * `kore|https://supersim.api.korewireless.com|client id|https://…/token`. A proxy's: `proxy|proxy.example:3128|basic|realm`.
 */
export function entryName(key: VaultKey): string {
  if ('proxy' in key) return ['proxy', key.proxy, key.scheme, key.realm].join('|');
  // A secret never goes to another place for tokens than the one it was given for.
  const named = new Set<FieldName>(['endpoint', PROVIDER_TABLE[key.provider].id]);
  const own = fieldsOfProvider(key.provider).flatMap(({ name }) =>
    named.has(name) ? [] : [fieldOf(key, name) ?? ''],
  );
  return [key.provider, key.endpoint, accountIdOf(key), ...own].join('|');
}
