import type { ProviderName } from '../../contract/account.ts';
import { createKoreProvider } from './kore.ts';
import type { AccountOf, ProviderClient, ProviderDeps, ProviderFactory } from './provider.ts';
import { createTwilioProvider } from './twilio.ts';

/**
 * Every provider the bench can order from. To add one: what an account of it is, a row of `AccountSchema` in
 * `contract/account.ts`; a file beside `twilio.ts`; the row here that the compiler then asks for. One that speaks the Super SIM API
 * only says how it authorises (`Authority`; `clientCredentials.ts` has OAuth 2); another API implements `ProviderClient` with the
 * shared pieces (http, retry, reply, errors, fields, paging).
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
