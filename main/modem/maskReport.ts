import { eidCheckDigitsHold } from '../../contract/order.ts';

/**
 * Takes identifiers out of a modem's answers for a report, so that it can still be replayed: beginnings stay (who issued it,
 * which type), the rest becomes zeros, and length, padding and the validity of an EID stay as they are. Masking what is
 * masked changes nothing.
 */
export function maskReportLine(line: string, command: string): string {
  // Handles of channels are no identifiers, and must be given back as they came.
  if (/^AT\+CCH[OC]\b/i.test(command)) return line;
  if (/^AT\+(?:CGLA|CSIM)\b/i.test(command)) {
    const [hex] = /[0-9A-F]{4,}(?="?\s*$)/i.exec(line) ?? [];
    // Half a byte is none: this is something else.
    if (hex === undefined || hex.length % 2 !== 0) return maskText(line);
    const at = line.lastIndexOf(hex);
    return maskText(line.slice(0, at)) + maskApdu(hex) + line.slice(at + hex.length);
  }
  const isRegistration = /^AT\+(?:CREG|CGREG|CEREG|C5GREG)\b/i.test(command);
  // Where the modem is.
  const masked = maskText(
    isRegistration ? line.replace(/"([0-9A-F]+)"/gi, (_, code: string) => `"${zeros(code, 0)}"`) : line,
  );
  if (!/^AT\+C?GSN\b/i.test(command)) return masked;
  // A serial number that is no IMEI.
  return masked.replace(/[0-9A-Z]*\d[0-9A-Z]*/gi, (serial) =>
    serial.length >= 8 && !/^\d{14,}$/.test(serial) ? zeros(serial, KEEP.serial) : serial,
  );
}

/** Identifiers in a text of any kind. */
function maskText(text: string): string {
  return text
    .replace(/(?<![0-9A-F])98[0-9A-F]{18}(?![0-9A-F])/gi, (swapped) => zeros(swapped, KEEP.swappedIccid))
    .replace(/\d{14,}/g, maskNumber);
}

/** First digits that tell of many, not of one: issuer of an EID (SGP.29), of an ICCID (E.118), type of a device (IMEI). */
const KEEP = { eid: 8, iccid: 6, swappedIccid: 4, imei: 8, serial: 4 } as const;
const EID_LENGTH = 32;
const ICCID_LENGTHS = [18, 19, 20];

/** An IMEI as it is kept in a report. */
export function maskImei(imei: string): string {
  return zeros(imei, KEEP.imei);
}

/** All but the first characters become zeros; padding by F stays. */
function zeros(text: string, keep: number): string {
  return text.slice(0, keep) + text.slice(keep).replace(/[0-9A-EG-Z]/gi, '0');
}

function maskNumber(digits: string): string {
  if (digits.length === EID_LENGTH) return maskEid(digits);
  const beside = digits.length - EID_LENGTH;
  if (ICCID_LENGTHS.includes(beside)) {
    // An ICCID and an EID that run into each other.
    const last = digits.slice(beside);
    if (eidCheckDigitsHold(last)) return zeros(digits.slice(0, beside), KEEP.iccid) + maskEid(last);
    const first = digits.slice(0, EID_LENGTH);
    return maskEid(first) + zeros(digits.slice(EID_LENGTH), KEEP.iccid);
  }
  return zeros(digits, ICCID_LENGTHS.includes(digits.length) ? KEEP.iccid : KEEP.imei);
}

/** With check digits that hold if they did before (SGP.29: the number modulo 97 is 1). */
function maskEid(eid: string): string {
  const body = zeros(eid.slice(0, EID_LENGTH - 2), KEEP.eid);
  let remainder = 0;
  for (const digit of `${body}00`) remainder = (remainder * 10 + Number(digit)) % 97;
  const good = (98 - remainder).toString().padStart(2, '0');
  if (eidCheckDigitsHold(eid)) return body + good;
  return body + (good === '00' ? '01' : '00');
}

/** EID and ICCID as ES10 has them (SGP.22 §5.7), whole or cut off by the end of an answer. */
const TAGGED = /(5A10\d{1,32}|5A0A[0-9F]{1,20})/i;
/** Digits without a tag: what is left of one that was cut off. */
const LEFT_OVER = /\d{12,}/g;

function maskApdu(hex: string): string {
  // The last two bytes are the status word.
  const [data, sw] = [hex.slice(0, -4), hex.slice(-4)];
  const pieces = data.split(TAGGED).map((piece, index) => {
    if (index % 2 === 1) {
      const [tag, value] = [piece.slice(0, 4), piece.slice(4)];
      if (value.length === EID_LENGTH) return tag + maskEid(value);
      return tag + zeros(value, /^5A10/i.test(tag) ? KEEP.eid : KEEP.swappedIccid);
    }
    return piece.replace(LEFT_OVER, (digits: string, at: number) =>
      digits.startsWith('000000') && /a/i.test(piece.charAt(at - 1)) ? digits : zeros(digits, 0),
    );
  });
  return pieces.join('') + sw;
}
