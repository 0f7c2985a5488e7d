import { toHex } from '../hex.ts';
import { readTlvs, type Tlv } from '../tlv.ts';

/** The data objects inside a value by tag, the first of each; null where the value is malformed. */
export function objectsIn(value: Uint8Array): ReadonlyMap<number, Tlv> | null {
  const read = readTlvs(value);
  if (!read.ok) return null;
  const objects = new Map<number, Tlv>();
  for (const tlv of read.tlvs) if (!objects.has(tlv.tag)) objects.set(tlv.tag, tlv);
  return objects;
}

/** Numbers this long are exact in JavaScript. */
const MAX_INTEGER_BYTES = 6;

/** An INTEGER that is never below zero, or a number as cards write it; null where it is empty or too long. */
export function integerIn(value: Uint8Array | undefined): number | null {
  if (value === undefined || value.length === 0) return null;
  const first = value.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? value.subarray(-1) : value.subarray(first);
  return digits.length > MAX_INTEGER_BYTES ? null : digits.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The bytes of an INTEGER that is not below zero (ITU-T X.690 §8.3): as few as it takes, the first bit being its sign. */
export function integerBytes(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  if (((bytes[0] ?? 0x80) & 0x80) !== 0) bytes.unshift(0);
  return Uint8Array.from(bytes);
}

/** Places of the bits that are set in a BIT STRING, from 0 (ITU-T X.690 §8.6): a count of unused bits comes first. */
export function bitsIn(value: Uint8Array | undefined): number[] {
  if (value === undefined || value.length < 2) return [];
  const unused = Math.min(value[0] ?? 0, 7);
  const places: number[] = [];
  for (let place = 0; place < (value.length - 1) * 8 - unused; place += 1) {
    const byte = value[1 + Math.floor(place / 8)] ?? 0;
    if ((byte & (0x80 >> (place % 8))) !== 0) places.push(place);
  }
  return places;
}

/** UTF-8 text without control characters and blanks around it; null where nothing is left. */
export function textIn(value: Uint8Array | undefined, maxLength: number): string | null {
  if (value === undefined) return null;
  const text = new TextDecoder().decode(value.subarray(0, maxLength * 4)).replace(/\p{Cc}/gu, '');
  // By characters, so that none is cut in two.
  const short = [...text.trim()].slice(0, maxLength).join('');
  return short === '' ? null : short;
}

/** Three numbers, one a byte (SGP.22 `VersionType`): `2.2.2`. */
export function versionIn(value: Uint8Array | undefined): string | null {
  return value?.length === 3 ? [...value].join('.') : null;
}

/**
 * An ICCID as a profile has it (SGP.22 `Iccid`): digits swapped, filled up with F. Any digits will do: profiles for
 * tests have numbers of their own. Null where it is none.
 */
export function iccidIn(value: Uint8Array | undefined): string | null {
  if (value === undefined || value.length === 0 || value.length > 10) return null;
  const digits = toHex(value)
    .replace(/(.)(.)/g, '$2$1')
    .replace(/F+$/, '');
  return /^\d{10,20}$/.test(digits) ? digits : null;
}
