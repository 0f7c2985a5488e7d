/** Who may ask the provider. */
export interface ProviderAccount {
  /** `AC` and 32 hex digits. */
  readonly accountSid: string;
  authToken: string;
  readonly keys: ProviderKey[];
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
  | { readonly kind: 'forbidden' };

/** HTTP Basic (RFC 7617): an API key and its secret, or the account and its auth token. */
export function authenticate(
  accounts: readonly ProviderAccount[],
  authorization: string | undefined,
): Authentication {
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
