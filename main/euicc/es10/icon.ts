import type { InstalledProfile } from '../../../contract/chip.ts';

/** How pictures begin: JPEG (ITU-T T.81 §B.1: SOI and the next marker), PNG (ISO/IEC 15948 §5.2). */
const SIGNATURES = [
  { type: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/** SGP.22 allows 1,024 bytes; some profiles have more. As base64 it stays within 8,192 characters. */
const MAX_BYTES = 6_144;

/**
 * The icon of a profile (SGP.22 §5.7.15, tag 94). What it is, its first bytes tell: the type that the profile names
 * (tag 93) is wrong on some. Null where it is no picture, or too large.
 */
export function iconIn(bytes: Uint8Array | undefined): InstalledProfile['icon'] {
  if (bytes === undefined || bytes.length > MAX_BYTES) return null;
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, place) => bytes[place] === byte));
  return found === undefined ? null : { type: found.type, base64: Buffer.from(bytes).toString('base64') };
}
