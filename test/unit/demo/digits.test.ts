import { describe, expect, it } from 'vitest';
import { toHex } from '../../../main/demo/bytes.ts';
import {
  eidBytes,
  eidWithCheckDigits,
  iccidBytes,
  imsiBytes,
  withLuhnDigit,
} from '../../../main/demo/digits.ts';

describe('digits of the virtual hardware', () => {
  it.each([
    '89049032123451234512345678901235',
    '89001012012341234012345678901224',
    '89001567010203040506070809101152',
    '89044011112233441122334411223321',
    '89034011560010000000000000000121',
    '89882119900000000000000000000005',
  ])('gives the published EID %s its check digits', (eid) => {
    expect(eidWithCheckDigits(eid.slice(0, 30))).toBe(eid);
  });

  it('puts an EID on the card plainly, digit by digit', () => {
    expect(toHex(eidBytes('89044011112233441122334411223321'))).toBe('89044011112233441122334411223321');
  });

  it.each([
    ['89494026000021436587', '98940462000012345678'],
    ['89883070000051466066', '98880307000015640666'],
    // 19 digits leave the last half byte at F.
    ['8901260852291361234', '981062802592311632F4'],
  ])('puts the ICCID %s on the card with swapped nibbles', (iccid, onTheCard) => {
    expect(toHex(iccidBytes(iccid))).toBe(onTheCard);
  });

  it('puts an IMSI of 15 digits on the card with length and parity', () => {
    expect(toHex(imsiBytes('001010123456789'))).toBe('080910101032547698');
  });

  it.each([
    ['49015420323751', '490154203237518'],
    ['35209900176148', '352099001761481'],
    ['7992739871', '79927398713'],
  ])('completes %s to %s with its Luhn digit', (digits, whole) => {
    expect(withLuhnDigit(digits)).toBe(whole);
  });
});
