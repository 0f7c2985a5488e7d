import { describe, expect, it } from 'vitest';
import { lpaOf, parseActivationCode, smdpHost } from '../../../main/orders/lpa.ts';

describe('the host of an SM-DP+ address', () => {
  it.each([
    ['smdp.example.com', 'smdp.example.com'],
    ['SM-DP-PLUS.EXAMPLE.COM', 'SM-DP-PLUS.EXAMPLE.COM'],
    ['https://smdp.example.com', 'smdp.example.com'],
    ['https://smdp.example.com/', 'smdp.example.com'],
    ['https://smdp.example.com/gsma/rsp2/es9plus?x=1#y', 'smdp.example.com'],
    ['https://smdp.example.com:443/', 'smdp.example.com'],
    ['https://smdp.example.com:8443/', 'smdp.example.com:8443'],
    ['  smdp.example.com.  ', 'smdp.example.com'],
    ['localhost', 'localhost'],
  ])('%j is %j', (address, host) => {
    expect(smdpHost(address)).toBe(host);
  });

  it.each([
    '',
    ' ',
    'https://',
    'a b.example',
    'smdp$.example',
    '-x.example',
    'a..b',
    `${'a.'.repeat(130)}example`,
  ])('%j has none', (address) => {
    expect(smdpHost(address)).toBeNull();
  });
});

describe('an activation code', () => {
  const plain = { smdpAddress: 'smdp.example.com', matchingId: 'AAAAA-BBBBB', smdpOid: null };
  it.each([
    ['1$smdp.example.com$AAAAA-BBBBB', { ...plain, confirmationCodeRequired: false }],
    ['LPA:1$smdp.example.com$AAAAA-BBBBB', { ...plain, confirmationCodeRequired: false }],
    ['lpa:1$smdp.example.com$AAAAA-BBBBB\r\n', { ...plain, confirmationCodeRequired: false }],
    ['LPA: 1$smdp.example.com$AAAAA-BBBBB', { ...plain, confirmationCodeRequired: false }],
    ['1$smdp.example.com$', { ...plain, matchingId: '', confirmationCodeRequired: false }],
    ['1$smdp.example.com$AAAAA-BBBBB$$1', { ...plain, confirmationCodeRequired: true }],
    ['1$smdp.example.com$AAAAA-BBBBB$', { ...plain, confirmationCodeRequired: false }],
    [
      '1$smdp.example.com$AAAAA-BBBBB$1.3.6.1.4.1.31746$1',
      { ...plain, smdpOid: '1.3.6.1.4.1.31746', confirmationCodeRequired: true },
    ],
    [
      '1$smdp.example.com$AAAAA-BBBBB$1.3.6.1.4.1.31746',
      { ...plain, smdpOid: '1.3.6.1.4.1.31746', confirmationCodeRequired: false },
    ],
  ])('%j is read', (text, code) => {
    expect(parseActivationCode(text)).toEqual(code);
  });

  it.each([
    '',
    'LPA:',
    '1',
    '1$smdp.example.com',
    '2$smdp.example.com$A',
    '1$$A',
    '1$https://smdp.example.com$A',
    '1$smdp.example.com$A B',
    '1$smdp.example.com$A$x',
    '1$smdp.example.com$A$$2',
    '1$smdp.example.com$A$$1$',
    `1$smdp.example.com$${'A'.repeat(255)}`,
    'https://example.com',
  ])('%j is none', (text) => {
    expect(parseActivationCode(text)).toBeNull();
  });
});

describe('what the QR holds', () => {
  const nothing = { activationCode: null, smdpAddress: null, matchingId: null };
  const code = '1$SM-DP-PLUS.EXAMPLE.COM$AAAAA-BBBBB';
  it.each([
    ['nothing before there is an address', { kind: 'eid', ...nothing }, null, false],
    ['the code behind LPA:', { kind: 'matchingId', ...nothing, activationCode: code }, `LPA:${code}`, false],
    [
      'LPA: once where the code has it',
      { kind: 'matchingId', ...nothing, activationCode: `lpa:${code}` },
      `LPA:${code}`,
      false,
    ],
    [
      'the wish for a confirmation code',
      { kind: 'matchingId', ...nothing, activationCode: `${code}$$1` },
      `LPA:${code}$$1`,
      true,
    ],
    [
      'a code in a format to come, as it is',
      { kind: 'matchingId', ...nothing, activationCode: '2$new$thing' },
      'LPA:2$new$thing',
      false,
    ],
    [
      'an empty matching ID for an order by EID',
      { kind: 'eid', ...nothing, smdpAddress: 'https://smdp.example.com/' },
      'LPA:1$smdp.example.com$',
      false,
    ],
    [
      "the provider's code also for an order by EID",
      { kind: 'eid', ...nothing, smdpAddress: 'smdp.example.com', activationCode: code },
      `LPA:${code}`,
      false,
    ],
    [
      'a matching ID without a code, put together',
      { kind: 'matchingId', ...nothing, smdpAddress: 'smdp.example.com', matchingId: 'AAAAA' },
      'LPA:1$smdp.example.com$AAAAA',
      false,
    ],
    [
      'nothing for a matching-ID order that has an address alone',
      { kind: 'matchingId', ...nothing, smdpAddress: 'smdp.example.com' },
      null,
      false,
    ],
    [
      'the address where the code is no code',
      { kind: 'eid', ...nothing, smdpAddress: 'smdp.example.com', activationCode: 'soon' },
      'LPA:1$smdp.example.com$',
      false,
    ],
    ['nothing for an address that is none', { kind: 'eid', ...nothing, smdpAddress: 'a b' }, null, false],
  ] as const)('is %s', (_name, source, lpa, confirmationCodeRequired) => {
    expect(lpaOf(source)).toEqual({ lpa, confirmationCodeRequired });
  });
});

describe('what no QR can hold', () => {
  const long = 'x'.repeat(1_001);
  it.each([
    { kind: 'matchingId', activationCode: null, smdpAddress: 'smdp.example', matchingId: long },
    { kind: 'eid', activationCode: `1$smdp.example$${long}`, smdpAddress: null, matchingId: null },
    { kind: 'eid', activationCode: `2$${long}`, smdpAddress: null, matchingId: null },
  ] as const)('makes none: %#', (source) => {
    expect(lpaOf(source).lpa).toBeNull();
  });
});
