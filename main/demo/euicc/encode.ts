import { fromHex } from '../bytes.ts';
import { tlv } from './tlv.ts';

/** Values of ASN.1 types in DER (ITU-T X.690), as many as SGP.22 and certificates need. */

/** INTEGER: two's complement in as few bytes as it takes (§8.3); never negative here. */
export function integerBytes(value: number): Uint8Array {
  const hex = value.toString(16);
  const bytes = fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
  return ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : Uint8Array.of(0, ...bytes);
}

/** The number that an INTEGER's bytes hold; null where there are none, it is negative, or longer than six bytes. */
export function integerIn(bytes: Uint8Array): number | null {
  if (bytes.length === 0 || bytes.length > 6 || ((bytes[0] ?? 0) & 0x80) !== 0) return null;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A BIT STRING's value: how many bits of the last byte are unused, then the bits, the first one highest (§8.6). */
export function bitString(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  });
  return Uint8Array.of(bytes.length * 8 - bits.length, ...bytes);
}

/** One whose bits have names: DER leaves out zeros at its end (§11.2.2). */
export function namedBits(bits: readonly boolean[]): Uint8Array {
  return bitString(bits.slice(0, bits.lastIndexOf(true) + 1));
}

/** Whether each of the first `count` bits of a BIT STRING is set; null where it is none. */
export function bitsIn(value: Uint8Array, count: number): boolean[] | null {
  const [unused, ...bytes] = value;
  if (unused === undefined || unused > 7 || (bytes.length === 0 && unused > 0)) return null;
  const length = bytes.length * 8 - unused;
  return Array.from({ length: count }, (_, at) => {
    return at < length && ((bytes[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
  });
}

/** A response of one field: `BF31 03 80 01 00`. */
export function resultCode(tag: string, code: number): Uint8Array {
  return tlv(tag, tlv('80', Uint8Array.of(code)));
}
