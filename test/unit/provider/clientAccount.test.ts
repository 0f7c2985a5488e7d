import { describe, expect, it } from 'vitest';
import { AccountSchema, accountIdOf } from '../../../contract/providerTable.ts';
import { ACCOUNT } from './support.ts';

const KORE = {
  provider: 'kore',
  clientId: 'bench-client_1',
  endpoint: 'https://supersim.api.korewireless.com',
  tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
} as const;

describe('an account of any provider', () => {
  it.each([
    ['twilio', ACCOUNT],
    ['kore', KORE],
  ])('of %s is taken as it is', (_name, account) => {
    expect(AccountSchema.parse(account)).toEqual(account);
  });

  it.each<[string, unknown]>([
    ['of nobody', { ...KORE, provider: 'nobody' }],
    ["with another provider's fields", { ...ACCOUNT, provider: 'kore' }],
    ['without a client', { ...KORE, clientId: '' }],
    ['whose client has a blank', { ...KORE, clientId: 'a b' }],
    ['whose client has two lines', { ...KORE, clientId: 'a\nb' }],
    ['whose token would go over plain http', { ...KORE, tokenEndpoint: 'http://api.example/token' }],
    ['with a login in its token endpoint', { ...KORE, tokenEndpoint: 'https://u:p@api.example/token' }],
    ['with a query in its token endpoint', { ...KORE, tokenEndpoint: 'https://api.example/token?a=1' }],
  ])('%s is refused', (_what, account) => {
    expect(AccountSchema.safeParse(account).success).toBe(false);
  });

  it('keeps no secret that comes with it', () => {
    expect(AccountSchema.parse({ ...KORE, secret: 'x', clientSecret: 'x' })).toEqual(KORE);
  });

  it('has an id of its own kind', () => {
    expect(accountIdOf(ACCOUNT)).toBe(ACCOUNT.accountSid);
    expect(accountIdOf(KORE)).toBe('bench-client_1');
  });
});
