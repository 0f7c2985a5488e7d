import { describe, expect, it } from 'vitest';
import { CallbackUrlSchema, eidCheckDigitsHold, eidFault, normaliseEid } from '../../../contract/order.ts';

const VALID = [
  '89049032123451234512345678901235',
  '89001012012341234012345678901224',
  '89001567010203040506070809101152',
  '89044011112233441122334411223321',
  '89034011560010000000000000000121',
  '89882119900000000000000000000005',
];
const INVALID = [
  '89049032123451234512345678901234',
  '89049032003451234567890123456789',
  '89049032005008882600033489aaaaaa',
];

describe('eidCheckDigitsHold', () => {
  it.each(VALID)('holds for the published %s', (eid) => expect(eidCheckDigitsHold(eid)).toBe(true));
  it.each([...INVALID, '', '89', '19049032123451234512345678901235', `${VALID[0]} `])(
    'does not for %s',
    (eid) => expect(eidCheckDigitsHold(eid)).toBe(false),
  );

  it('notices every single wrong digit', () => {
    const eid = VALID[0] ?? '';
    for (let at = 2; at < 32; at++) {
      for (let digit = 0; digit < 10; digit++) {
        const other = eid.slice(0, at) + digit + eid.slice(at + 1);
        expect(eidCheckDigitsHold(other)).toBe(other === eid);
      }
    }
  });

  it('notices two neighbours that changed places', () => {
    const eid = VALID[0] ?? '';
    for (let at = 2; at < 31; at++) {
      const swapped = eid.slice(0, at) + eid[at + 1] + eid[at] + eid.slice(at + 2);
      expect(eidCheckDigitsHold(swapped)).toBe(swapped === eid);
    }
  });
});

describe('normaliseEid', () => {
  it.each([
    ['8904 4011 1122 3344 1122 3344 1122 3321', VALID[3]],
    ['8904-4011-1122-3344-1122-3344-1122-3321', VALID[3]],
    ['EID: 89044011112233441122334411223321\r\n', VALID[3]],
    ['eid89044011112233441122334411223321', VALID[3]],
    ['8904401111223344112233441122332', null],
    ['890440111122334411223344112233211', null],
    ['89049032005008882600033489aaaaaa', null],
    ['', null],
  ])('%j', (text, eid) => expect(normaliseEid(text)).toBe(eid));
});

describe('eidFault', () => {
  it.each([
    ['8904', /4 digits instead of 32/],
    ['89049032005008882600033489aaaaaa', /not digits/],
    ['19049032123451234512345678901235', /does not start with 89/],
    ['89049032123451234512345678901234', /check digits/],
  ])('says what is wrong with %s', (text, words) => expect(eidFault(text).message).toMatch(words));
});

describe('CallbackUrlSchema', () => {
  it.each(['https://example.com/esim', 'http://callback.example.com', 'https://example.com:8443/a?b=c'])(
    'takes %s',
    (url) => expect(CallbackUrlSchema.safeParse(url).success).toBe(true),
  );
  it.each(['ftp://example.com', 'javascript:alert(1)', 'example.com', 'https://user:word@example.com/', ''])(
    'refuses %s',
    (url) => expect(CallbackUrlSchema.safeParse(url).success).toBe(false),
  );
});
