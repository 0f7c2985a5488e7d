import { describe, expect, it } from 'vitest';
import { EndpointSchema } from '../../../contract/accountFields.ts';
import {
  type Account,
  AccountSchema,
  accountDraft,
  accountIdOf,
  type Credential,
  credentialId,
  credentialOfAccount,
  fieldOf,
  fieldsOfProvider,
  PROVIDER_TABLE,
  PROVIDERS,
} from '../../../contract/providerTable.ts';

/** What a technician may type into each field. */
const TYPED: Readonly<Record<string, string>> = {
  accountSid: `AC${'1'.repeat(32)}`,
  keySid: `SK${'2'.repeat(32)}`,
  clientId: 'bench-client',
};

const rows = PROVIDERS.flatMap((provider) =>
  PROVIDER_TABLE[provider].credentials.map((credential) => [provider, credential.name, credential] as const),
);

const accountWith = (provider: Account['provider'], credential: Credential) =>
  AccountSchema.parse(accountDraft(provider, credential, TYPED));

describe('the table of providers', () => {
  it.each(rows)('%s, signing in with its %s, comes to an account that says so', (provider, _, credential) => {
    const account = accountWith(provider, credential);
    expect(account.provider).toBe(provider);
    expect(credentialOfAccount(account)).toBe(credential);
    expect(accountIdOf(account)).toBe(TYPED[PROVIDER_TABLE[provider].id]);
    for (const { name, fallback } of fieldsOfProvider(provider, credential)) {
      expect(fieldOf(account, name)).toBe(TYPED[name] ?? fallback);
    }
  });

  it.each(PROVIDERS)('has each field of %s once, each with an option of its own', (provider) => {
    const fields = fieldsOfProvider(provider);
    const account = accountWith(provider, PROVIDER_TABLE[provider].credentials[0]);
    const names = fields.map(({ name }) => name);
    expect([...names].sort()).toEqual(
      Object.keys(account)
        .filter((key) => key !== 'provider')
        .sort(),
    );
    expect(new Set(fields.map(({ flag }) => flag)).size).toBe(fields.length);
    expect(fields.every(({ flag }) => /^[a-z]+(-[a-z]+)*$/.test(flag))).toBe(true);
  });

  it('means the same by an option at every provider', () => {
    const all = PROVIDERS.flatMap((provider) => fieldsOfProvider(provider));
    for (const field of all) {
      expect(all.filter(({ flag }) => flag === field.flag).map(({ name }) => name)).toEqual(
        all.filter(({ name }) => name === field.name).map(({ name }) => name),
      );
    }
  });

  it('has defaults that are endpoints', () => {
    const fallbacks = PROVIDERS.flatMap((provider) =>
      fieldsOfProvider(provider).flatMap(({ fallback }) => fallback ?? []),
    );
    expect(fallbacks.length).toBeGreaterThanOrEqual(PROVIDERS.length);
    for (const fallback of fallbacks) expect(EndpointSchema.parse(fallback)).toBe(fallback);
  });

  it('names the credential where that has a name beside the account', () => {
    const [key, token] = PROVIDER_TABLE.twilio.credentials;
    expect(credentialId(accountWith('twilio', key))).toBe(TYPED.keySid);
    expect(token).toBeDefined();
    if (token !== undefined) expect(credentialId(accountWith('twilio', token))).toBeNull();
    expect(credentialId(accountWith('kore', PROVIDER_TABLE.kore.credentials[0]))).toBeNull();
  });
});
