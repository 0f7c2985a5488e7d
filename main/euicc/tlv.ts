import { concatBytes } from './hex.ts';

/** One data object of BER-TLV (ISO/IEC 8825-1, ETSI TS 101 220 §7.1). */
export interface Tlv {
  /** The tag's bytes as one number: `0x5A`, `0xBF3E`. */
  readonly tag: number;
  readonly value: Uint8Array;
  /** All of it: tag, length and value. */
  readonly whole: Uint8Array;
}

export type TlvReading =
  | { readonly ok: true; readonly tlvs: readonly Tlv[] }
  | { readonly ok: false; readonly problem: TlvProblem };

export type TlvProblem =
  | 'tag cut off'
  | 'tag too long'
  | 'length cut off'
  | 'length too long'
  | 'value cut off';

/** Three bytes are the longest tags of the specifications used here; four fit a number safely. */
const MAX_TAG_BYTES = 4;
const MAX_LENGTH_BYTES = 4;
const MORE_TAG = 0x1f;
const CONTINUES = 0x80;
const CONSTRUCTED = 0x20;

/**
 * Reads data objects side by side until the bytes end. Takes any bytes: what is cut off or malformed is a problem, never
 * an exception. The indefinite length (`80`) is not allowed on cards. Values are views into `bytes`, not copies.
 */
export function readTlvs(bytes: Uint8Array): TlvReading {
  const tlvs: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tlv = readTlvAt(bytes, at);
    if (typeof tlv === 'string') return { ok: false, problem: tlv };
    tlvs.push(tlv);
    at += tlv.whole.length;
  }
  return { ok: true, tlvs };
}

/** The first data object, whatever follows it: some cards fill an answer up. Null where there is none or it is malformed. */
export function readFirstTlv(bytes: Uint8Array): Tlv | null {
  const tlv = readTlvAt(bytes, 0);
  return typeof tlv === 'string' ? null : tlv;
}

function readTlvAt(bytes: Uint8Array, at: number): Tlv | TlvProblem {
  const tag = readTag(bytes, at);
  if (typeof tag === 'string') return tag;
  const length = readLength(bytes, tag.next);
  if (typeof length === 'string') return length;
  const end = length.next + length.value;
  if (end > bytes.length) return 'value cut off';
  return { tag: tag.value, value: bytes.subarray(length.next, end), whole: bytes.subarray(at, end) };
}

interface Field {
  readonly value: number;
  readonly next: number;
}

function readTag(bytes: Uint8Array, from: number): Field | TlvProblem {
  let value = bytes[from];
  if (value === undefined) return 'tag cut off';
  if ((value & MORE_TAG) !== MORE_TAG) return { value, next: from + 1 };
  for (let at = from + 1; at < from + MAX_TAG_BYTES; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return 'tag cut off';
    value = value * 256 + byte;
    if ((byte & CONTINUES) === 0) return { value, next: at + 1 };
  }
  return 'tag too long';
}

function readLength(bytes: Uint8Array, from: number): Field | TlvProblem {
  const first = bytes[from];
  if (first === undefined) return 'length cut off';
  if (first < CONTINUES) return { value: first, next: from + 1 };
  const count = first - CONTINUES;
  if (count === 0 || count > MAX_LENGTH_BYTES) return 'length too long';
  let value = 0;
  for (let at = from + 1; at <= from + count; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return 'length cut off';
    value = value * 256 + byte;
  }
  return { value, next: from + 1 + count };
}

/**
 * The value under a path of tags (`[0xBF3E, 0x5A]`), the first of each tag; null where there is none or where a part on
 * the way is malformed.
 */
export function findValue(bytes: Uint8Array, path: readonly number[]): Uint8Array | null {
  let value: Uint8Array | null = bytes;
  for (const tag of path) {
    const read: TlvReading = readTlvs(value);
    value = read.ok ? (read.tlvs.find((each) => each.tag === tag)?.value ?? null) : null;
    if (value === null) return null;
  }
  return value;
}

/** Whether the value of this tag is data objects again. */
export function isConstructed(tag: number): boolean {
  let first = tag;
  while (first > 0xff) first = Math.floor(first / 256);
  return (first & CONSTRUCTED) !== 0;
}

/**
 * Writes one data object, its value being the parts one after the other; the length in as few bytes as it needs (DER).
 * @param tag as `Tlv.tag`; the caller's own constant, so it is not checked.
 */
export function writeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = concatBytes(...parts);
  return concatBytes(bigEndian(tag), lengthBytes(value.length), value);
}

function lengthBytes(length: number): Uint8Array {
  if (length < CONTINUES) return Uint8Array.of(length);
  const bytes = bigEndian(length);
  return concatBytes(Uint8Array.of(CONTINUES + bytes.length), bytes);
}

function bigEndian(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}
