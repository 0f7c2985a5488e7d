import { toHex } from './hex.ts';

/** Bytes of an EID on the card (GSMA SGP.22 §4.3.1 `Octet16`): 32 digits, two a byte, in reading order. */
export const EID_BYTES = 16;

/** The digits of an EID as the card has it, or null where it is not 16 bytes of decimal digits. */
export function eidFromBytes(bytes: Uint8Array): string | null {
  const digits = toHex(bytes);
  return bytes.length === EID_BYTES && /^\d+$/.test(digits) ? digits : null;
}
