import type { ProviderAccount, ProviderClient } from './accounts.ts';
import type { ProviderResponse } from './http.ts';

/** Where a token is had, below the origin: as the official document of the token endpoint has it. */
export const TOKEN_PATH = '/api-services/v1/auth/token';

export type TokenReading =
  | { readonly kind: 'known'; readonly accountSid: string; readonly client: ProviderClient }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Gives tokens to the clients of the accounts, and knows them again until they have expired. */
export interface TokenOffice {
  /** The answer to a token request: form `grant_type`, `client_id`, `client_secret`. */
  answer(contentType: string, form: URLSearchParams): ProviderResponse;
  read(token: string): TokenReading;
  /** Every token there is has expired from now on. */
  expireAll(): void;
}

export interface TokenOfficeOptions {
  readonly accounts: readonly ProviderAccount[];
  /** How long a token is good, ms. */
  readonly lifeMs: number;
  /** ms since 1970, the provider's clock. */
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
}

export function createTokenOffice({ accounts, lifeMs, now, random }: TokenOfficeOptions): TokenOffice {
  const given = new Map<string, { readonly clientId: string; readonly secret: string; until: number }>();

  function clientOf(clientId: string | null, secret: string | null) {
    for (const account of accounts) {
      const client = account.clients?.find((one) => one.clientId === clientId && one.secret === secret);
      if (client !== undefined) return { account, client };
    }
    return null;
  }

  return {
    answer(contentType, form) {
      if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType))
        return plain(400, { code: 400, message: 'The request must be a form' });
      if (form.get('grant_type') !== 'client_credentials')
        return plain(400, { code: 400, message: 'grant_type must be client_credentials' });
      const clientId = form.get('client_id');
      const secret = form.get('client_secret');
      const found = clientOf(clientId, secret);
      if (found === null || clientId === null || secret === null)
        return plain(401, {
          error: 'invalid_client',
          error_description: 'Invalid client or Invalid client credentials',
        });
      const token = `eyJhbGciOiJSUzI1NiIs.${Buffer.from(random(24)).toString('base64url')}`;
      given.set(token, { clientId, secret, until: now() + lifeMs });
      return plain(200, {
        access_token: token,
        expires_in: Math.floor(lifeMs / 1_000),
        token_type: 'Bearer',
        scope: 'email',
      });
    },
    read(token) {
      const known = given.get(token);
      if (known === undefined) return { kind: 'unknown' };
      // A client whose secret is another one now keeps no token of the old one.
      const found = clientOf(known.clientId, known.secret);
      if (found === null) return { kind: 'unknown' };
      return now() < known.until
        ? { kind: 'known', accountSid: found.account.accountSid, client: found.client }
        : { kind: 'expired' };
    },
    expireAll() {
      for (const token of given.values()) token.until = Math.min(token.until, now());
    },
  };
}

/** What the gateway says in front of the API, in a shape of its own. */
export const GATEWAY_REFUSALS = {
  expired: () => plain(403, { message: 'The incoming token has expired', error: 'Forbidden' }),
  unknown: () => plain(401, { message: 'Unauthorized', error: 'invalid_token' }),
} as const;

function plain(status: number, body: unknown): ProviderResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
