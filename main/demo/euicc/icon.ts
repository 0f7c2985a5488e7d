import { crc32, deflateSync } from 'node:zlib';
import { concat, fromHex } from '../bytes.ts';
import { utf8 } from './tlv.ts';

/** A pixel as an index into the palette. */
type Painter = (x: number, y: number) => number;

/** Side of an icon, pixels: SGP.22 §2.4.4.2 wants 64 by 64. */
const SIDE = 64;

/**
 * A profile's icon: a small PNG of two colours (ISO/IEC 15948), a ring on a plain ground. Far below the 1,024 bytes
 * that SGP.22 §5.5.1 allows.
 * @param ground Six hex digits, as in HTML.
 */
export function ringIcon(ground: string, ring: string): { readonly type: 'png'; readonly bytes: Uint8Array } {
  return { type: 'png', bytes: png([ground, ring], inRing) };
}

const inRing: Painter = (x, y) => {
  const distance = Math.hypot(x - (SIDE - 1) / 2, y - (SIDE - 1) / 2);
  return distance > 14 && distance < 23 ? 1 : 0;
};

function png(palette: readonly string[], paint: Painter): Uint8Array {
  // One bit a pixel, palette, no interlacing; each row has its filter type, none, in front.
  const header = fromHex(`${hex32(SIDE)}${hex32(SIDE)}0103000000`);
  const rows = Array.from({ length: SIDE }, (_, y) => concat(Uint8Array.of(0), row(y, paint)));
  return concat(
    fromHex('89504E470D0A1A0A'),
    chunk('IHDR', header),
    chunk('PLTE', fromHex(palette.join(''))),
    chunk('IDAT', new Uint8Array(deflateSync(concat(...rows), { level: 9 }))),
    chunk('IEND', new Uint8Array(0)),
  );
}

function row(y: number, paint: Painter): Uint8Array {
  const bytes = new Uint8Array(SIDE / 8);
  for (let x = 0; x < SIDE; x += 1) bytes[x >> 3] = (bytes[x >> 3] ?? 0) | (paint(x, y) << (7 - (x & 7)));
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat(utf8(type), data);
  return concat(fromHex(hex32(data.length)), body, fromHex(hex32(crc32(body))));
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
