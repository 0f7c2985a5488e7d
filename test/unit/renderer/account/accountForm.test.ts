import { describe, expect, it } from 'vitest';
import {
  checkForm,
  formOf,
  isChanged,
  secretStillFits,
} from '../../../../renderer/features/account/accountForm.ts';
import { ACCOUNT } from '../fixtures.ts';

const filled = {
  ...formOf(null),
  accountSid: ACCOUNT.accountSid,
  keySid: ACCOUNT.keySid ?? '',
  secret: 'of the key',
};

describe('the form of an account', () => {
  it('begins empty with an API key at the usual endpoint', () => {
    expect(formOf(null)).toEqual({
      provider: 'twilio',
      accountSid: '',
      credential: 'key',
      keySid: '',
      secret: '',
      endpoint: 'https://supersim.twilio.com',
    });
  });

  it('shows what is stored, never a secret', () => {
    expect(formOf(ACCOUNT)).toMatchObject({ accountSid: ACCOUNT.accountSid, credential: 'key', secret: '' });
    expect(formOf({ ...ACCOUNT, keySid: null }).credential).toBe('token');
  });

  it('knows whether anything was changed', () => {
    expect(isChanged(formOf(null), null)).toBe(false);
    expect(isChanged(filled, null)).toBe(true);
    expect(isChanged(formOf(ACCOUNT), ACCOUNT)).toBe(false);
    expect(isChanged({ ...formOf(ACCOUNT), endpoint: `${ACCOUNT.endpoint}/` }, ACCOUNT)).toBe(false);
    expect(isChanged({ ...formOf(ACCOUNT), secret: 'x' }, ACCOUNT)).toBe(true);
    expect(isChanged({ ...formOf(ACCOUNT), credential: 'token' }, ACCOUNT)).toBe(true);
  });
});

describe('what is sent to main', () => {
  it('is the account with its secret', () => {
    expect(checkForm(filled, null, false, 'keychain')).toEqual({
      ok: true,
      input: { ...ACCOUNT, secret: 'of the key', keepSecret: 'keychain' },
    });
  });

  it('names no key where the secret is the auth token', () => {
    const result = checkForm({ ...filled, credential: 'token', keySid: 'left over' }, null, false, 'session');
    expect(result).toMatchObject({ ok: true, input: { keySid: null, keepSecret: 'session' } });
  });

  it('keeps the stored secret where nothing that it belongs to was changed', () => {
    expect(checkForm(formOf(ACCOUNT), ACCOUNT, true, 'keychain')).toMatchObject({
      ok: true,
      input: { secret: null },
    });
  });

  it.each([
    ['no secret anywhere', { ...filled, secret: '' }, 'secret'],
    ['a secret of two lines', { ...filled, secret: 'a\nb' }, 'secret'],
    ['an Account SID that is none', { ...filled, accountSid: 'AC12' }, 'accountSid'],
    ['a key SID in place of the account', { ...filled, accountSid: ACCOUNT.keySid ?? '' }, 'accountSid'],
    ['a key SID that is none', { ...filled, keySid: 'nothing' }, 'keySid'],
    ['http to another computer', { ...filled, endpoint: 'http://api.example.com' }, 'endpoint'],
    ['a password in the endpoint', { ...filled, endpoint: 'https://me:pw@api.example.com' }, 'endpoint'],
  ])('is nothing with %s', (_, form, field) => {
    const result = checkForm(form, null, false, 'keychain');
    expect(result).toMatchObject({ ok: false, errors: { [field]: expect.any(String) } });
    if (!result.ok) expect(Object.keys(result.errors)).toEqual([field]);
  });

  it('wants the secret again for another key, account or endpoint', () => {
    for (const part of [
      { keySid: `SK${'0'.repeat(32)}` },
      { accountSid: `AC${'0'.repeat(32)}` },
      { endpoint: 'http://127.0.0.1:9000' },
    ]) {
      const form = { ...formOf(ACCOUNT), ...part };
      expect(secretStillFits(form, ACCOUNT)).toBe(false);
      expect(checkForm(form, ACCOUNT, true, 'keychain')).toMatchObject({
        ok: false,
        errors: { secret: expect.any(String) },
      });
    }
  });
});
