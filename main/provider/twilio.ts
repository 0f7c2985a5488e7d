import type { Authority } from './authority.ts';
import type { ProviderFactory } from './provider.ts';
import { createSuperSimProvider } from './superSim.ts';

/**
 * Twilio: HTTP Basic (RFC 7617) with the API key's SID and secret or, where the account has no key, with the Account SID and
 * its auth token.
 */
export const createTwilioProvider: ProviderFactory<'twilio'> = (account, deps) => {
  const basic: Authority = {
    async credentials() {
      const secret = await deps.secret();
      if (!secret.ok) return secret;
      const user = account.keySid ?? account.accountSid;
      const encoded = Buffer.from(`${user}:${secret.value}`, 'utf8').toString('base64');
      return {
        ok: true,
        value: { headers: { Authorization: `Basic ${encoded}` }, secrets: [secret.value, encoded] },
      };
    },
  };
  return createSuperSimProvider(account.endpoint, basic, deps);
};
