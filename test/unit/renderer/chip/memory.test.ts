import { describe, expect, it } from 'vitest';
import { bytesWord, memoryMarks, memoryScale } from '../../../../renderer/features/chip/memory.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('an amount of memory', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [12_034, '11.8 KiB'],
    [437_248, '427 KiB'],
    [1023 * KIB, '1023 KiB'],
    [MIB, '1 MiB'],
    [1.25 * MIB, '1.25 MiB'],
    [2_621_440, '2.5 MiB'],
  ])('of %d bytes is "%s"', (bytes, word) => {
    expect(bytesWord(bytes)).toBe(word);
  });
});

describe('the scale that free memory is drawn on', () => {
  it.each([
    ['1 MiB for every usual chip, so that two can be compared', 1, MIB],
    ['1 MiB also where exactly that is free', MIB, MIB],
    ['twice that for one byte more', MIB + 1, 2 * MIB],
    ['doubled until all of it fits', 5 * MIB, 8 * MIB],
  ])('is %s', (_, free, scale) => {
    expect(memoryScale(free)).toBe(scale);
  });

  it('has a mark at each quarter and both ends', () => {
    expect(memoryMarks(MIB).map((mark) => mark.label)).toEqual([
      '0',
      '256 KiB',
      '512 KiB',
      '768 KiB',
      '1 MiB',
    ]);
  });
});
