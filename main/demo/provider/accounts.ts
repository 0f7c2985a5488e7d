import type { TokenOffice, TokenReading } from './tokens.ts';

/** Who may ask the provider. */
export interface ProviderAccount {
  /** `AC` and 32 hex digits. */
  readonly accountSid: string;
  authToken: string;
  readonly keys: ProviderKey[];
  /** OAuth 2 clients that act for this account. */
  readonly clients?: ProviderClient[];
}

export interface ProviderClient {
  readonly clientId: string;
  secret: string;
  /** Whether it may use this API; otherwise 403. */
  permitted: boolean;
}

export interface ProviderKey {
  /** `SK` and 32 hex digits. */
  readonly sid: string;
  secret: string;
  /** Whether it may use this API; otherwise 403. */
  permitted: boolean;
}

export type Authentication =
  | { readonly kind: 'known'; readonly accountSid: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'forbidden' }
  /** A token that was good, and one that never was: the gateway refuses them, not the API. */
  | { readonly kind: 'expiredToken' }
  | { readonly kind: 'unknownToken' };

/**
 * HTTP Basic (RFC 7617): an API key and its secret, or the account and its auth token. Or a Bearer (RFC 6750) that `tokens` knows.
 */
export function authenticate(
  accounts: readonly ProviderAccount[],
  authorization: string | undefined,
  tokens: Pick<TokenOffice, 'read'>,
): Authentication {
  const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer !== undefined) return authenticateToken(tokens.read(bearer));
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const user = pair.slice(0, colon);
  const secret = pair.slice(colon + 1);
  if (colon <= 0 || secret === '') return { kind: 'unknown' };
  for (const account of accounts) {
    if (user === account.accountSid && secret === account.authToken)
      return { kind: 'known', accountSid: account.accountSid };
    const key = account.keys.find((one) => one.sid === user && one.secret === secret);
    if (key === undefined) continue;
    return key.permitted ? { kind: 'known', accountSid: account.accountSid } : { kind: 'forbidden' };
  }
  return { kind: 'unknown' };
}

function authenticateToken(token: TokenReading): Authentication {
  switch (token.kind) {
    case 'known':
      return token.client.permitted ? { kind: 'known', accountSid: token.accountSid } : { kind: 'forbidden' };
    case 'expired':
      return { kind: 'expiredToken' };
    case 'unknown':
      return { kind: 'unknownToken' };
  }
}
