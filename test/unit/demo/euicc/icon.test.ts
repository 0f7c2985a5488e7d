import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ringIcon } from '../../../../main/demo/euicc/icon.ts';

describe('an icon', () => {
  const { type, bytes } = ringIcon('0B6E4F', 'FFFFFF');
  const png = Buffer.from(bytes);

  it('is a PNG that fits into a profile', () => {
    expect(type).toBe('png');
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    expect(png.length).toBeLessThanOrEqual(1024);
  });

  it('has whole chunks with right checksums, and pixels of two colours', () => {
    const chunks: Record<string, Buffer> = {};
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
      chunks[body.toString('latin1', 0, 4)] = body.subarray(4);
      at += 12 + length;
    }
    // The checksum of an empty IEND is the same in every PNG.
    expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
    expect(Object.keys(chunks)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    expect(chunks.IHDR?.toString('hex')).toBe('00000040000000400103000000');
    expect(chunks.PLTE?.toString('hex')).toBe('0b6e4fffffff');
    const pixels = inflateSync(chunks.IDAT ?? Buffer.alloc(0));
    expect(pixels).toHaveLength(64 * 9);
    expect(new Set(pixels.subarray(32 * 9 + 1, 33 * 9)).size).toBeGreaterThan(2);
  });
});
