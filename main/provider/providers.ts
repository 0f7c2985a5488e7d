import type { Account, ProviderName } from '../../contract/account.ts';
import type { Provider, ProviderDeps, ProviderFactory } from './provider.ts';
import { createTwilioProvider } from './twilio.ts';

/**
 * Every provider the bench can order from. To add one: its name and endpoint in `contract/account.ts`, a file beside
 * `twilio.ts`, a row here. One that speaks the Super SIM API only says how it authorises; another API implements `Provider` with
 * the shared pieces (http, retry, reply, errors, profile, paging).
 */
const FACTORIES: Readonly<Record<ProviderName, ProviderFactory>> = {
  twilio: createTwilioProvider,
};

/** The provider of an account. */
export function createProvider(account: Account, deps: ProviderDeps): Provider {
  return FACTORIES[account.provider](account, deps);
}
