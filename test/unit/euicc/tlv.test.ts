import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../../main/euicc/hex.ts';
import { findValue, isConstructed, readFirstTlv, readTlvs, writeTlv } from '../../../main/euicc/tlv.ts';
import { fc } from '../support/dice.ts';

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array();
const shown = (hex: string) => {
  const read = readTlvs(bytes(hex));
  return read.ok ? read.tlvs.map(({ tag, value }) => `${tag.toString(16)}:${toHex(value)}`) : read.problem;
};

describe('reading', () => {
  it.each<[string, string, string[] | string]>([
    ['nothing', '', []],
    ['one object', '5A 02 0102', ['5a:0102']],
    ['an empty value', 'BF3E 00', ['bf3e:']],
    ['two side by side', '80 01 FF 81 00', ['80:FF', '81:']],
    ['a tag of two bytes', '9F70 01 01', ['9f70:01']],
    ['a tag of three bytes', 'BF8101 01 00', ['bf8101:00']],
    ['a length of two bytes', `04 81 80 ${'00'.repeat(128)}`, [`4:${'00'.repeat(128)}`]],
    ['a length of three bytes', `04 82 0100 ${'AB'.repeat(256)}`, [`4:${'AB'.repeat(256)}`]],
    ['a length longer than it need be', '5A 81 01 07', ['5a:07']],
    ['a cut tag', 'BF', 'tag cut off'],
    ['a tag without end', '1F FF FF FF FF', 'tag too long'],
    ['no length', '5A', 'length cut off'],
    ['a cut length', '5A 82 01', 'length cut off'],
    ['an indefinite length', '5A 80 00 00', 'length too long'],
    ['a length of five bytes', '5A 85 00 00 00 00 01 FF', 'length too long'],
    ['a cut value', '5A 02 01', 'value cut off'],
    ['a length beyond all memory', '5A 84 FF FF FF FF 00', 'value cut off'],
    ['a good one and a cut one', '80 01 FF 5A 02 01', 'value cut off'],
  ])('%s', (_, hex, expected) => {
    expect(shown(hex)).toEqual(expected);
  });

  it('takes any bytes without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
        const read = readTlvs(any);
        if (!read.ok) return;
        const length = read.tlvs.reduce((sum, { value }) => sum + value.length, 0);
        expect(length).toBeLessThan(Math.max(1, any.length));
      }),
    );
  });
});

describe('reading the first', () => {
  it.each([
    ['alone', '5A0101', '5A0101'],
    ['with others behind it', '5A01015B0102', '5A0101'],
    ['with filling behind it', 'BF3C0000FF', 'BF3C00'],
    ['cut off', '5A0201', null],
    ['none', '', null],
  ])('%s', (_, hex, whole) => {
    const first = readFirstTlv(bytes(hex));
    expect(first === null ? null : toHex(first.whole)).toBe(whole);
  });
});

describe('writing', () => {
  it('is undone by reading, whatever the tag and the length', () => {
    const tag = fc.constantFrom(0x04, 0x5a, 0x9f70, 0xbf3e, 0xbf2d, 0xbf8101);
    const length = fc.oneof(fc.nat(300), fc.constantFrom(127, 128, 255, 256, 65_535, 65_536));
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, length), { maxLength: 4 }), (objects) => {
        const written = concatBytes(
          ...objects.map(([of, size]) => writeTlv(of, new Uint8Array(size).fill(0xa5))),
        );
        const read = readTlvs(written);
        expect(read.ok && read.tlvs.map((tlv) => [tlv.tag, tlv.value.length])).toEqual(objects);
      }),
    );
  });

  it('puts parts one after the other', () => {
    expect(toHex(writeTlv(0xbf3e, writeTlv(0x5c, bytes('5A'))))).toBe('BF3E035C015A');
    expect(toHex(writeTlv(0xa0, bytes('01'), bytes('02')))).toBe('A0020102');
  });
});

describe('finding', () => {
  it.each<[string, string, number[], string | null]>([
    ['a value two levels down', 'BF3E045A020102', [0xbf3e, 0x5a], '0102'],
    ['the first of several', 'E3035A0101E3035A0102', [0xe3, 0x5a], '01'],
    ['nothing under another tag', 'BF3E045A020102', [0xbf3e, 0x5b], null],
    ['nothing in malformed data', 'BF3E045A030102', [0xbf3e, 0x5a], null],
    ['all of it for no tag', '5A0101', [], '5A0101'],
  ])('%s', (_, hex, path, expected) => {
    const found = findValue(bytes(hex), path);
    expect(found === null ? null : toHex(found)).toBe(expected);
  });

  it.each([
    [0xbf3e, true],
    [0xe3, true],
    [0xa0, true],
    [0xbf8101, true],
    [0x5a, false],
    [0x80, false],
    [0x9f70, false],
  ])('tag %s is constructed: %s', (tag, expected) => {
    expect(isConstructed(tag)).toBe(expected);
  });
});
