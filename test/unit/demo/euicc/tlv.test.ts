import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../main/demo/bytes.ts';
import { readTagList, readTlvs, tlv } from '../../../../main/demo/euicc/tlv.ts';

describe("the card's TLV encoder", () => {
  it.each([
    [0, '5A00'],
    [1, '5A01'],
    [0x7f, '5A7F'],
    [0x80, '5A8180'],
    [0xff, '5A81FF'],
    [0x100, '5A820100'],
    [0xffff, '5A82FFFF'],
    [0x10000, '5A83010000'],
  ])('writes a length of %i as X.690 §8.1.3 says', (length, head) => {
    expect(toHex(tlv('5A', new Uint8Array(length))).slice(0, head.length)).toBe(head);
  });

  it('puts objects into one another', () => {
    const eid = fromHex('89044011112233441122334411223321');
    expect(toHex(tlv('BF3E', tlv('5A', eid)))).toBe('BF3E125A1089044011112233441122334411223321');
  });
});

describe("the card's TLV reader", () => {
  it('reads objects that stand side by side', () => {
    expect(readTlvs(fromHex('5C015A9F700101'))).toEqual([
      { tag: '5C', value: fromHex('5A') },
      { tag: '9F70', value: fromHex('01') },
    ]);
  });

  it('reads nothing as no objects', () => {
    expect(readTlvs(new Uint8Array(0))).toEqual([]);
  });

  it.each([
    ['a value that is cut', 'BF3E035C01'],
    ['a length that is cut', '5A8201'],
    ['no length', '5A'],
    ['a tag that is cut', 'BF'],
    ['a tag that never ends', 'BF81818101'],
    ['the indefinite form', '30800000'],
  ])('finds nothing in %s', (_what, hex) => {
    expect(readTlvs(fromHex(hex))).toBeNull();
  });

  it('reads a tag list', () => {
    expect(readTagList(fromHex('5A9F7092BF76'))).toEqual(['5A', '9F70', '92', 'BF76']);
    expect(readTagList(fromHex('5A9F'))).toBeNull();
  });
});
