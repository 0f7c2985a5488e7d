import type { AccountOf, ProviderName } from '../../contract/providerTable.ts';
import { createKoreProvider } from './kore.ts';
import type { ProviderClient, ProviderDeps, ProviderFactory } from './provider.ts';
import { createTwilioProvider } from './twilio.ts';

/**
 * Every provider the bench can order from; what their accounts are is in `contract/providerTable.ts`. One that speaks the Super SIM API only
 * says how it authorises (`Authority`; `clientCredentials.ts` has OAuth 2); another API implements `ProviderClient` with the shared
 * pieces (http, retry, reply, errors, fields, paging). The steps to another one: docs/ARCHITECTURE.md.
 */
const FACTORIES: { readonly [Name in ProviderName]: ProviderFactory<Name> } = {
  twilio: createTwilioProvider,
  kore: createKoreProvider,
};

/** The client of an account. */
export function createProvider<Name extends ProviderName>(
  account: AccountOf<Name> & { readonly provider: Name },
  deps: ProviderDeps,
): ProviderClient {
  return FACTORIES[account.provider](account, deps);
}
