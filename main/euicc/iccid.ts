import { fromHex, toHex } from './hex.ts';

/** 18 to 20 digits: 89, country, issuer, number, and mostly a check digit (ITU-T E.118; 20 are seen on many cards). */
const ICCID = /^89\d{16,18}$/;

/** EF_ICCID or tag 5A (TS 102 221 §13.2): two digits a byte, swapped, padded with F. Null where it is none. */
export function iccidFromBytes(bytes: Uint8Array): string | null {
  return bytes.length === 10 ? iccidFromSwapped(toHex(bytes)) : null;
}

/** `98940462000012345678` → `89494026000021436587`. */
export function iccidFromSwapped(hex: string): string | null {
  return normaliseIccid(hex.replace(/(.)(.)/g, '$2$1'));
}

/** The other way: 18 to 20 digits as ES10 wants them (SGP.22 §5.7, `Iccid`). Null where the text is something else. */
export function iccidToBytes(iccid: string): Uint8Array | null {
  if (!/^\d{18,20}$/.test(iccid)) return null;
  return fromHex(iccid.padEnd(20, 'F').replace(/(.)(.)/g, '$2$1'));
}

/** An ICCID as text, without the padding that some modems leave on it; null where it is none. */
export function normaliseIccid(text: string): string | null {
  const digits = text.trim().replace(/F+$/i, '');
  return ICCID.test(digits) ? digits : null;
}

/** Whether the last digit is the check digit of the others (Luhn, ISO/IEC 7812-1). 20 digits often have none. */
export function iccidCheckDigitHolds(iccid: string): boolean {
  if (normaliseIccid(iccid) !== iccid) return false;
  let sum = 0;
  for (const [index, digit] of [...iccid].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
