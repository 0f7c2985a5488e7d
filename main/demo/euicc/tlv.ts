import { concat, fromHex } from '../bytes.ts';

/**
 * BER-TLV as the virtual card writes and reads it (ITU-T X.690 §8.1, TS 101 220 §7.1). Written for the card
 * alone, apart from the bench's own reader, so that the one can prove the other.
 */
export interface Tlv {
  /** The tag's bytes in upper-case hex: `5A`, `BF3E`, `9F70`. */
  readonly tag: string;
  readonly value: Uint8Array;
}

/** Encodes one object; `content` is a value or the encoded objects inside it. */
export function tlv(tag: string, ...content: readonly Uint8Array[]): Uint8Array {
  const value = concat(...content);
  return concat(fromHex(tag), lengthBytes(value.length), value);
}

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  if (length < 0x10000) return Uint8Array.of(0x82, length >> 8, length & 0xff);
  if (length < 0x1000000) return Uint8Array.of(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff);
  throw new RangeError(`a card's answer is never this long: ${length}`);
}

/** The objects that stand one after another in `bytes`, or null where they do not fill it exactly. */
export function readTlvs(bytes: Uint8Array): Tlv[] | null {
  const found: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readTag(bytes, at);
    if (tag === null) return null;
    const length = readLength(bytes, at + tag.length);
    if (length === null) return null;
    const start = at + tag.length + length.size;
    const end = start + length.value;
    if (end > bytes.length) return null;
    found.push({ tag: tag.hex, value: bytes.slice(start, end) });
    at = end;
  }
  return found;
}

/**
 * Tags that stand one after another without lengths, as in a tag list (`5C`). Null where the last one is cut.
 */
export function readTagList(bytes: Uint8Array): string[] | null {
  const tags: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = readTag(bytes, at);
    if (tag === null) return null;
    tags.push(tag.hex);
    at += tag.length;
  }
  return tags;
}

function readTag(bytes: Uint8Array, at: number): { hex: string; length: number } | null {
  let length = 1;
  if (((bytes[at] ?? 0) & 0x1f) === 0x1f) {
    do {
      length += 1;
      if (length > 3) return null;
    } while (((bytes[at + length - 1] ?? 0) & 0x80) !== 0);
  }
  if (at + length > bytes.length) return null;
  const hex = Array.from(bytes.slice(at, at + length), (byte) => byte.toString(16).padStart(2, '0'));
  return { hex: hex.join('').toUpperCase(), length };
}

function readLength(bytes: Uint8Array, at: number): { value: number; size: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { value: first, size: 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 3 || at + count >= bytes.length) return null;
  let value = 0;
  for (let i = 1; i <= count; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, size: 1 + count };
}
