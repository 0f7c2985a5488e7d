/**
 * The IMEI in an answer to `+CGSN`: 15 digits (3GPP TS 23.003 §6.2). Some modems give 14, without the check digit, or
 * 16, with the software version in its place. Null where there is none.
 */
export function imeiIn(text: string): string | null {
  const digits = /(?<!\d)\d{14,16}(?!\d)/.exec(text)?.[0];
  if (digits === undefined) return null;
  return digits.length === 15 ? digits : withCheckDigit(digits.slice(0, 14));
}

/** Luhn (TS 23.003 annex B). */
function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
