import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { icns, ico } from '../../../tools/lib/iconFiles.mjs';
import { inRoot } from '../../../tools/lib/root.mjs';

const image = (size: number) => ({ size, png: Buffer.from(`png${size}`) });

describe('an ICO file', () => {
  it('has a directory that points at its images', () => {
    const file = ico([image(16), image(256)]);
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 2]);
    // 256 is written as 0.
    expect([file.readUInt8(6), file.readUInt8(22)]).toEqual([16, 0]);
    for (const [entry, text] of [[6, 'png16'] as const, [22, 'png256'] as const]) {
      const offset = file.readUInt32LE(entry + 12);
      expect(file.toString('latin1', offset, offset + file.readUInt32LE(entry + 8))).toBe(text);
    }
  });
});

describe('an ICNS file', () => {
  it('has each image under the types of its size, each with its length', () => {
    const file = icns([image(32), image(1024), image(48)]);
    expect(file.toString('latin1', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const parts: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      parts.push(
        `${file.toString('latin1', at, at + 4)} ${file.toString('latin1', at + 8, at + file.readUInt32BE(at + 4))}`,
      );
    }
    expect(parts).toEqual(['icp5 png32', 'ic11 png32', 'ic10 png1024']);
  });
});

it.each([16, 24, 32, 48, 64, 128, 256, 512, 1024])('the icon of %i pixels is that large', (size) => {
  const { width, height } = decode(readFileSync(inRoot('assets', 'icons', `${size}x${size}.png`)));
  expect([width, height]).toEqual([size, size]);
});
