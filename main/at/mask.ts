/**
 * Takes secrets and identifiers out of what goes into the AT log, so that an exported log can be attached to a report:
 * PINs, passwords and matching IDs whole, identifiers (IMEI, IMSI, ICCID, EID, numbers of subscribers) but their last
 * four digits. What is masked keeps its length, since length is what a reader of the log looks at.
 */

interface SecretRow {
  readonly pattern: RegExp;
  /** What of it stays; `****` follows. */
  readonly keep: string;
}

/** Parts of commands, and of their echoes, that hold a secret. */
const SECRETS: readonly SecretRow[] = [
  // PIN, PUK and new PIN: `+CPIN=`, `^CPIN=`, `+CPIN2=` (TS 27.007 §8.3).
  { pattern: /([+^*]CPIN2?\s*=)[^;]+/gi, keep: '$1' },
  // The facility stays, and for +CLCK what is done with it (TS 27.007 §7.4, §7.5).
  { pattern: /(\+CPWD\s*=\s*[^,;]*,)[^;]+/gi, keep: '$1' },
  { pattern: /(\+CLCK\s*=\s*[^,;]*,[^,;]*,)[^;]+/gi, keep: '$1' },
  // Passwords of data connections.
  { pattern: /((?:\+CGAUTH|\^AUTHDATA|\$QCPDPP)\s*=\s*[^,;]*,[^,;]*,)[^;]+/gi, keep: '$1' },
  // The matching ID of an activation code, and all behind it (SGP.22 §4.1).
  { pattern: /(\b1\$[^$"\s]*\$)[^"\s]+/g, keep: '$1' },
];

/** VERIFY, CHANGE, DISABLE, ENABLE and UNBLOCK PIN (TS 102 221 §11.1.9-13): the data is the PIN. */
const PIN_APDU = /(?<![0-9A-F])([0-9A-F]{2}(?:20|24|26|28|2C)0[01][0-9A-F]{2}(?:08|10))((?:[0-9A-F]{2})+)/gi;

/** Identifiers inside an APDU: EID and ICCID as ES10 has them (SGP.22 §5.7). */
const EID_TAG = /(5A10)(\d{28})(?=\d{4})/gi;
const ICCID_TAG = /(5A0A)(\d{16})(?=[\dF]{4})/gi;

const CARRIES_APDU = /\+(?:CGLA|CSIM|CRSM)\b/i;
/** Commands whose whole answer is an identifier, and lines with a subscriber's number. */
const ANSWERS_IDENTIFIER = /^AT\+(?:C?GSN|CIMI|I?CCID|QCCID|CNUM)\b/i;
const CARRIES_NUMBER = /^(?:\+(?:CNUM|CLIP|CLCC|CCWA|CMT|CMGR|CMGL|CDS)\s*:|ATD)/i;

/** Runs of digits at least this long are masked. */
const RUN = { anywhere: 14, inApdu: 12, inNumber: 5 } as const;

/**
 * @param text a command, or a line that came.
 * @param command the command under way when the line came, if any: some answers carry nothing to be known by.
 */
export function maskAtText(text: string, command: string | null = null): string {
  let masked = text;
  for (const { pattern, keep } of SECRETS) masked = masked.replace(pattern, `${keep}****`);
  const apdu = CARRIES_APDU.test(text) || (command !== null && CARRIES_APDU.test(command));
  if (apdu) {
    masked = masked
      .replace(PIN_APDU, (_, header: string, pin: string) => header + '*'.repeat(pin.length))
      .replace(EID_TAG, (_, tag: string, digits: string) => tag + '*'.repeat(digits.length))
      .replace(ICCID_TAG, (_, tag: string, digits: string) => tag + '*'.repeat(digits.length));
  }
  const identifies = CARRIES_NUMBER.test(text) || (command !== null && ANSWERS_IDENTIFIER.test(command));
  return maskRuns(masked, identifies ? RUN.inNumber : apdu ? RUN.inApdu : RUN.anywhere);
}

function maskRuns(text: string, shortest: number): string {
  return text.replace(/\d+/g, (digits, at: number) => {
    // An application identifier (`A000000559…`) names a kind of application, not a device.
    const isAid = digits.startsWith('000000') && /a/i.test(text.charAt(at - 1));
    if (digits.length < shortest || isAid) return digits;
    return '*'.repeat(digits.length - 4) + digits.slice(-4);
  });
}
