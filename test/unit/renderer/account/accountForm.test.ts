import { describe, expect, it } from 'vitest';
import type { FieldValues } from '../../../../contract/providerTable.ts';
import {
  type AccountForm,
  checkAccount,
  checkForm,
  type FormTarget,
  fieldsOf,
  formOf,
  isChanged,
  secretStillFits,
  withProvider,
  wrongName,
} from '../../../../renderer/features/account/accountForm.ts';
import { ACCOUNT } from '../fixtures.ts';

const KORE = {
  provider: 'kore',
  clientId: 'bench-client',
  endpoint: 'https://supersim.api.korewireless.com',
  tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
} as const;

const withValues = (form: AccountForm, values: Partial<FieldValues>): AccountForm => ({
  ...form,
  values: { ...form.values, ...values },
});
const filled: AccountForm = {
  ...withValues(formOf(null), { accountSid: ACCOUNT.accountSid, keySid: ACCOUNT.keySid ?? '' }),
  secret: 'of the key',
};
const FIRST: FormTarget = { kind: 'inUse', stored: null, hasSecret: false };
const STORED: FormTarget = { kind: 'inUse', stored: ACCOUNT, hasSecret: true };
const ANOTHER: FormTarget = { kind: 'another', taken: ['Workshop'] };

describe('the form of an account', () => {
  it('begins empty with an API key at the usual endpoint', () => {
    expect(formOf(null)).toEqual({
      name: '',
      provider: 'twilio',
      credential: 'key',
      values: {
        accountSid: '',
        keySid: '',
        endpoint: 'https://supersim.twilio.com',
      },
      secret: '',
    });
  });

  it('shows what is stored, never a secret', () => {
    const form = formOf(ACCOUNT);
    expect(form).toMatchObject({ credential: 'key', secret: '', values: { accountSid: ACCOUNT.accountSid } });
    expect(formOf({ ...ACCOUNT, keySid: null }).credential).toBe('token');
  });

  it('knows whether anything was changed', () => {
    expect(isChanged(formOf(null), null)).toBe(false);
    expect(isChanged(filled, null)).toBe(true);
    expect(isChanged(formOf(ACCOUNT), ACCOUNT)).toBe(false);
    expect(isChanged(withValues(formOf(ACCOUNT), { endpoint: `${ACCOUNT.endpoint}/` }), ACCOUNT)).toBe(false);
    expect(isChanged({ ...formOf(ACCOUNT), secret: 'x' }, ACCOUNT)).toBe(true);
    expect(isChanged({ ...formOf(ACCOUNT), credential: 'token' }, ACCOUNT)).toBe(true);
  });
});

describe('the form of each provider', () => {
  it.each([
    ['Twilio with an API key', ACCOUNT, ['Account SID', 'API key SID', 'Endpoint']],
    ['Twilio with the auth token', { ...ACCOUNT, keySid: null }, ['Account SID', 'Endpoint']],
    ['KORE', KORE, ['Client ID', 'Endpoint', 'Token endpoint']],
  ] as const)('asks for what the account has: %s', (_, account, labels) => {
    expect(fieldsOf(formOf(account)).map(({ label }) => label)).toEqual(labels);
    expect(checkAccount(formOf(account))).toEqual({ ok: true, account });
  });

  it('begins again at the usual addresses of another provider, but for the name', () => {
    const form = withProvider({ ...filled, name: 'Field' }, 'kore');
    expect(form).toMatchObject({ name: 'Field', secret: '', credential: 'client' });
    expect(form.values).toEqual({ ...withValues(formOf(KORE), { clientId: '' }).values });
  });

  it('checks an account of KORE as its schema does', () => {
    expect(checkAccount(withValues(formOf(KORE), { clientId: ' bench-client ' }))).toEqual({
      ok: true,
      account: KORE,
    });
    expect(
      checkAccount(withValues(formOf(KORE), { clientId: 'two words', tokenEndpoint: 'http://api.example' })),
    ).toEqual({
      ok: false,
      errors: { clientId: expect.any(String), tokenEndpoint: expect.any(String) },
    });
  });
});

describe('what is sent to main', () => {
  it('is the account with its secret, under the name that it has', () => {
    expect(checkForm(filled, FIRST, 'keychain')).toEqual({
      ok: true,
      input: { ...ACCOUNT, name: null, secret: 'of the key', keepSecret: 'keychain' },
    });
  });

  it('is an account of KORE with what belongs to that alone', () => {
    const form = { ...formOf(KORE), name: 'Field', secret: 'of the client' };
    expect(checkForm(form, ANOTHER, 'keychain')).toEqual({
      ok: true,
      input: { ...KORE, name: 'Field', secret: 'of the client', keepSecret: 'keychain' },
    });
  });

  it('names another account', () => {
    expect(checkForm({ ...filled, name: ' Field ' }, ANOTHER, 'keychain')).toMatchObject({
      ok: true,
      input: { name: 'Field', accountSid: ACCOUNT.accountSid },
    });
  });

  it.each([
    ['none', ''],
    ['blanks alone', '  '],
    ['the name of one that there is', 'Workshop '],
    ['41 characters', 'x'.repeat(41)],
    ['two lines', 'a\nb'],
  ])('is nothing where another account is to be named with %s', (_, name) => {
    expect(checkForm({ ...filled, name }, ANOTHER, 'keychain')).toEqual({
      ok: false,
      errors: { name: expect.any(String) },
    });
  });

  it('wants a secret for another account, whatever is stored', () => {
    expect(checkForm({ ...formOf(ACCOUNT), name: 'Field' }, ANOTHER, 'keychain')).toEqual({
      ok: false,
      errors: { secret: expect.any(String) },
    });
  });

  it('names no key where the secret is the auth token', () => {
    const form = withValues({ ...filled, credential: 'token' }, { keySid: 'left over' });
    expect(checkForm(form, FIRST, 'session')).toMatchObject({
      ok: true,
      input: { keySid: null, keepSecret: 'session' },
    });
  });

  it('keeps the stored secret where nothing that it belongs to was changed', () => {
    expect(checkForm(formOf(ACCOUNT), STORED, 'keychain')).toMatchObject({
      ok: true,
      input: { secret: null },
    });
  });

  it.each([
    ['no secret anywhere', { ...filled, secret: '' }, 'secret'],
    ['a secret of two lines', { ...filled, secret: 'a\nb' }, 'secret'],
    ['an Account SID that is none', withValues(filled, { accountSid: 'AC12' }), 'accountSid'],
    [
      'a key SID in place of the account',
      withValues(filled, { accountSid: ACCOUNT.keySid ?? '' }),
      'accountSid',
    ],
    ['a key SID that is none', withValues(filled, { keySid: 'nothing' }), 'keySid'],
    ['http to another computer', withValues(filled, { endpoint: 'http://api.example.com' }), 'endpoint'],
    [
      'a password in the endpoint',
      withValues(filled, { endpoint: 'https://me:pw@api.example.com' }),
      'endpoint',
    ],
  ])('is nothing with %s', (_, form, field) => {
    expect(checkForm(form, FIRST, 'keychain')).toEqual({
      ok: false,
      errors: { [field]: expect.any(String) },
    });
  });

  it.each([
    ['key', { keySid: `SK${'0'.repeat(32)}` }],
    ['account', { accountSid: `AC${'0'.repeat(32)}` }],
    ['endpoint', { endpoint: 'http://127.0.0.1:9000' }],
  ])('wants the secret again for another %s', (_, values) => {
    const form = withValues(formOf(ACCOUNT), values);
    expect(secretStillFits(form, ACCOUNT)).toBe(false);
    expect(checkForm(form, STORED, 'keychain')).toEqual({
      ok: false,
      errors: { secret: expect.any(String) },
    });
  });

  it('wants the secret again for another token endpoint, which it would be sent to', () => {
    const form = withValues(formOf(KORE), { tokenEndpoint: 'https://elsewhere.example/token' });
    expect(secretStillFits(form, KORE)).toBe(false);
    expect(secretStillFits(formOf(KORE), KORE)).toBe(true);
  });
});

describe('the name of an account', () => {
  it.each([
    ['Field', null],
    ['  Field  ', null],
    ['x'.repeat(40), null],
    ['x'.repeat(41), 'A name of 1 to 40 characters.'],
    ['  ', 'A name of 1 to 40 characters.'],
    ['two\nlines', 'A name of 1 to 40 characters.'],
    ['Workshop', 'Another account has this name.'],
    [' Workshop ', 'Another account has this name.'],
  ])('“%s”', (text, wrong) => {
    expect(wrongName(text, ['Workshop'])).toBe(wrong);
  });
});
