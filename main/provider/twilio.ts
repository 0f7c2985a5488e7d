import type { ProviderFactory } from './provider.ts';
import { createSuperSimProvider } from './superSim.ts';

/**
 * Twilio: HTTP Basic (RFC 7617) with the API key's SID and secret or, where the account has no key, with the Account SID and
 * its auth token.
 */
export const createTwilioProvider: ProviderFactory = (account, deps) =>
  createSuperSimProvider(
    account,
    async () => {
      const secret = await deps.secret();
      if (!secret.ok) return secret;
      const user = account.keySid ?? account.accountSid;
      const basic = Buffer.from(`${user}:${secret.value}`, 'utf8').toString('base64');
      return {
        ok: true,
        value: { headers: { Authorization: `Basic ${basic}` }, secrets: [secret.value, basic] },
      };
    },
    deps,
  );
