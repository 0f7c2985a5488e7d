import { describe, expect, it } from 'vitest';
import { ChipChangeSchema, NicknameSchema, SmdpAddressSchema } from '../../../contract/chip.ts';

describe('a nickname', () => {
  it.each([
    ['', true],
    ['Van', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['é'.repeat(32), true],
    ['é'.repeat(33), false],
    ['€'.repeat(21), true],
    ['€'.repeat(22), false],
    ['😀'.repeat(16), true],
    ['😀'.repeat(17), false],
  ])('%j is one: %s', (text, isOne) => {
    expect(NicknameSchema.safeParse(text).success).toBe(isOne);
    expect(new TextEncoder().encode(text).length <= 64).toBe(isOne);
  });
});

describe('an SM-DP+ address', () => {
  it.each(['', 'smdp.example.com', 'SMDP.example.com:8443', 'localhost', 'a-b.c', ' smdp.example.com '])(
    'takes %j',
    (text) => {
      expect(SmdpAddressSchema.safeParse(text).success).toBe(true);
    },
  );

  it.each([
    'https://smdp.example.com',
    'smdp_example',
    'a..b',
    '-a.b',
    'a.b/c',
    'a b',
    'smdp.example.com:',
    '$',
  ])('refuses %j', (text) => {
    expect(SmdpAddressSchema.safeParse(text).success).toBe(false);
  });
});

it.each(['', '1234567', '8988307000005110001x', '123456789012345678901'])('%j is no ICCID', (iccid) => {
  expect(ChipChangeSchema.safeParse({ kind: 'enable', iccid }).success).toBe(false);
});
