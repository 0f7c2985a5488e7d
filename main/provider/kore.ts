import { z } from 'zod';
import { ok } from '../../contract/result.ts';
import { safeParse } from '../../contract/safeParse.ts';
import type { Authority, BadReply } from './authority.ts';
import { CLIENT_HINT, createTokenSource } from './clientCredentials.ts';
import type { ProviderFactory } from './provider.ts';
import { createSuperSimProvider } from './superSim.ts';

/**
 * KORE, which took the Super SIM business over from Twilio: the same API behind OAuth 2 client credentials. Statuses may be null
 * there, which every reading of this room allows.
 */
export const createKoreProvider: ProviderFactory<'kore'> = (account, deps) => {
  const { clientId, tokenEndpoint } = account;
  const tokens = createTokenSource({ clientId, tokenEndpoint, deps });
  const bearer: Authority = {
    async credentials(signal) {
      const token = await tokens.get(signal);
      if (!token.ok) return token;
      return ok({ headers: { Authorization: `Bearer ${token.value}` }, secrets: [token.value] });
    },
    renewal: {
      isDue: hasExpired,
      hint: CLIENT_HINT,
      discard: ({ secrets }) => {
        for (const token of secrets) tokens.discard(token);
      },
    },
  };
  return createSuperSimProvider(account.endpoint, bearer, deps);
};

/** What KORE's gateway says of an expired token, with 403. The API behind it has errors of another shape, with a code. */
const GatewayShape = z.object({
  message: z.string(),
  error: z.string(),
  code: z.undefined().optional(),
  status: z.undefined().optional(),
});

const ABOUT_TOKEN = /token|expir|jwt|authori[sz]/i;

/**
 * Whether a reply says that the token has expired: 401, or 403 in the gateway's shape. Credentials are checked before anything is
 * done, so the request was not processed. A filtering proxy may answer 403 too, also to what was processed: what makes things is
 * only sent again where the words, too, are about the token.
 */
export function hasExpired({ answer }: BadReply, method: 'GET' | 'POST'): boolean {
  if (answer.status === 401) return true;
  if (answer.status !== 403 || answer.body.kind !== 'json') return false;
  const said = safeParse(GatewayShape, answer.body.value);
  if (!said.success) return false;
  return method === 'GET' || ABOUT_TOKEN.test(`${said.data.message} ${said.data.error}`);
}
