import { describe, expect, it } from 'vitest';
import { AccountNameSchema, SecretSchema } from '../../../contract/account.ts';
import { EndpointSchema } from '../../../contract/accountFields.ts';
import { AccountSchema } from '../../../contract/providerTable.ts';

describe('EndpointSchema', () => {
  it.each([
    ['https://supersim.twilio.com', 'https://supersim.twilio.com'],
    ['https://supersim.twilio.com/', 'https://supersim.twilio.com'],
    ['https://proxy.example.com:8443/twilio//', 'https://proxy.example.com:8443/twilio'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/x', 'http://localhost:4010/x'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('takes %s', (text, endpoint) => expect(EndpointSchema.parse(text)).toBe(endpoint));

  it.each([
    'http://supersim.twilio.com',
    'http://127.0.0.1.evil.example',
    'http://localhost@evil.example',
    'http://localhost.evil.example',
    'https://user:word@example.com',
    'https://example.com/?token=1',
    'https://example.com/#x',
    'ftp://example.com',
    'supersim.twilio.com',
    '',
  ])('refuses %s', (text) => expect(EndpointSchema.safeParse(text).success).toBe(false));
});

describe('AccountSchema', () => {
  const good = {
    provider: 'twilio',
    accountSid: `AC${'0'.repeat(32)}`,
    keySid: `SK${'a'.repeat(32)}`,
    endpoint: 'https://supersim.twilio.com',
  };
  it('takes an API key, and no key', () => {
    expect(AccountSchema.safeParse(good).success).toBe(true);
    expect(AccountSchema.safeParse({ ...good, keySid: null }).success).toBe(true);
  });
  it.each([
    [{ provider: 'other' }],
    [{ accountSid: `AC${'0'.repeat(31)}` }],
    [{ accountSid: `SK${'0'.repeat(32)}` }],
    [{ keySid: `AC${'a'.repeat(32)}` }],
    [{ keySid: '' }],
  ])('refuses %j', (change) => expect(AccountSchema.safeParse({ ...good, ...change }).success).toBe(false));
  it('has no place for a secret', () => {
    expect(AccountSchema.parse({ ...good, secret: 'hush' })).not.toHaveProperty('secret');
  });
});

describe('AccountNameSchema', () => {
  it.each(['Field', 'Ünïcödé 測試 🛰', ' trimmed '])('takes %j', (text) =>
    expect(AccountNameSchema.parse(text)).toBe(text.trim()),
  );
  // U+009B begins a command of a terminal, as escape and bracket do.
  it.each(['', '  ', 'two\nlines', '\u001b[31mred', '\u009b31mred', 'x'.repeat(41)])('refuses %j', (text) =>
    expect(AccountNameSchema.safeParse(text).success).toBe(false),
  );
});

describe('SecretSchema', () => {
  it.each(['a', 'x'.repeat(500), 'with blank', 'ümläut'])('takes %j', (text) =>
    expect(SecretSchema.safeParse(text).success).toBe(true),
  );
  it.each(['', 'x'.repeat(501), 'two\nlines', 'nul\u0000'])('refuses %j', (text) =>
    expect(SecretSchema.safeParse(text).success).toBe(false),
  );
});
