import { describe, expect, it } from 'vitest';
import { groupsFromEnd, groupsOfFour, masked, shortSid, tail } from '../../../../renderer/format/digits.ts';
import { EIDS } from '../fixtures.ts';

describe('digits in groups of four', () => {
  it('reads an EID as on its label', () => {
    expect(groupsOfFour(EIDS.quectel)).toEqual([
      '8904',
      '4011',
      '1122',
      '3344',
      '1122',
      '3344',
      '1122',
      '3321',
    ]);
  });

  it('leaves what is over at the end, or at the beginning for an IMEI', () => {
    expect(groupsOfFour('867929068986654')).toEqual(['8679', '2906', '8986', '654']);
    expect(groupsFromEnd('867929068986654')).toEqual(['867', '9290', '6898', '6654']);
  });

  it('loses no digit either way', () => {
    for (const text of ['', '1', '1234', '12345', EIDS.simcom]) {
      expect(groupsOfFour(text).join('')).toBe(text);
      expect(groupsFromEnd(text).join('')).toBe(text);
    }
  });
});

describe('an identifier that is not to be read', () => {
  it('shows its last four digits and keeps its length', () => {
    expect(masked('867929068986654')).toBe('•••••••••••6654');
    expect(masked('123')).toBe('123');
  });

  it('is known by its end, or by both ends', () => {
    expect(tail(EIDS.quectel)).toBe('…1122 3321');
    expect(tail('12345678')).toBe('1234 5678');
    expect(shortSid('HP0f3c5a7d9b1e2468ace013579bdf91ab')).toBe('HP0f3c…91ab');
    expect(shortSid('HP0f3c')).toBe('HP0f3c');
  });
});
