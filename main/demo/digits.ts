import { fromHex } from './bytes.ts';

/**
 * The EID whose first 30 digits are given, with its two check digits (GSMA SGP.29 §4, ISO 7064 mod 97-10): 98
 * less the remainder of the number that ends in `00`.
 */
export function eidWithCheckDigits(first30: string): string {
  if (!/^89\d{28}$/.test(first30))
    throw new RangeError('an EID begins with 89 and has 30 digits before its check');
  const check = 98n - ((BigInt(first30) * 100n) % 97n);
  return first30 + check.toString().padStart(2, '0');
}

/**
 * The digits with the Luhn digit that makes them whole (ISO/IEC 7812-1 annex B), as an ICCID or an IMEI ends.
 */
export function withLuhnDigit(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + ((10 - (sum % 10)) % 10);
}

/** An EID as it stands on the card: plain BCD, digit by digit, not swapped (SGP.22 §4.3.1). */
export function eidBytes(eid: string): Uint8Array {
  if (!/^\d{32}$/.test(eid)) throw new RangeError('an EID has 32 digits');
  return fromHex(eid);
}

/**
 * An ICCID as it stands on the card: nibbles swapped, padded with F to ten bytes (ITU-T E.118, TS 102 221
 * §13.2).
 */
export function iccidBytes(iccid: string): Uint8Array {
  if (!/^\d{18,20}$/.test(iccid)) throw new RangeError('an ICCID has 18 to 20 digits');
  return swappedBcd(iccid, 10);
}

/** An IMSI as EF_IMSI holds it (3GPP TS 31.102 §4.2.2): length, then parity and digits, swapped. */
export function imsiBytes(imsi: string): Uint8Array {
  if (!/^\d{6,15}$/.test(imsi)) throw new RangeError('an IMSI has 6 to 15 digits');
  const digits = (imsi.length % 2 === 1 ? '9' : '1') + imsi;
  const packed = swappedBcd(digits, 8);
  return Uint8Array.from([Math.ceil(digits.length / 2), ...packed]);
}

function swappedBcd(digits: string, length: number): Uint8Array {
  const padded = digits.padEnd(length * 2, 'F');
  return fromHex(padded.replace(/(.)(.)/g, '$2$1'));
}
