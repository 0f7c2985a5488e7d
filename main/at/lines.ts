import type { AtFinal } from './dialogue.ts';

/** Texts that end an answer, beside `+CME ERROR` and `+CMS ERROR`. Huawei and others add their own errors to V.250's. */
const FINALS: Readonly<Record<string, AtFinal>> = {
  OK: { kind: 'ok' },
  ERROR: { kind: 'error' },
  ABORTED: { kind: 'other', text: 'ABORTED' },
  'COMMAND NOT SUPPORT': { kind: 'other', text: 'COMMAND NOT SUPPORT' },
  'TOO MANY PARAMETERS': { kind: 'other', text: 'TOO MANY PARAMETERS' },
};

/** Results of a call (V.250 §5.7.1). They end the answer to a dial command; else a call that ended sends them unasked. */
const CALL_RESULT = /^(NO CARRIER|BUSY|NO ANSWER|NO DIAL ?TONE|CONNECT( .+)?)$/;
const CALL_COMMAND = /^AT[DAO]/i;

/** Lines that modems send unasked and that have no prefix to be known by. */
const BARE_UNSOLICITED =
  /^(RING|RDY|APP RDY|READY FOR AT|PB DONE|SMS DONE|SMS READY|CALL READY|(NORMAL )?POWER(ED)? DOWN|(UNDER|OVER)-VOLTAGE .*)$/i;

/** Unsolicited lines that a second line follows, without a prefix (3GPP TS 27.005 §3.4.1). */
const TWO_LINES = new Set(['+CMT', '+CBM', '+CDS']);

/** A positioning receiver's sentence (IEC 61162-1), which some ports send without end. */
const NMEA = /^[$!](G[A-Z]|BD|QZ|P[A-Z]|AI)[A-Z0-9]{1,8},/;

/** A prefix as 3GPP and vendors write it; some put a blank before the colon, some leave the colon out. */
const PREFIX = /^([+^%$*#!&@][A-Z][A-Z0-9_]*)\s*(?::|$)/i;

/** How the answer ends, or null where the line is none of the final results. */
export function finalResult(line: string): AtFinal | null {
  const plain = FINALS[line.toUpperCase()];
  if (plain !== undefined) return plain;
  const error = /^\+(CME|CMS) ERROR\s*:?\s*(.*)$/i.exec(line);
  if (error === null) return null;
  const text = (error[2] ?? '').slice(0, 200);
  return {
    kind: error[1]?.toUpperCase() === 'CMS' ? 'cms' : 'cme',
    code: /^\d{1,5}$/.test(text) ? Number(text) : null,
    text,
  };
}

/** The result of a call, or null. Whether it ends the answer depends on the command: `endsWithCallResult`. */
export function callResult(line: string): AtFinal | null {
  return CALL_RESULT.test(line.toUpperCase()) ? { kind: 'other', text: line.toUpperCase() } : null;
}

export function endsWithCallResult(command: string): boolean {
  return CALL_COMMAND.test(command);
}

/** The line's prefix in upper case without the colon (`+CGLA`), or null. */
export function prefixOf(line: string): string | null {
  return PREFIX.exec(line)?.[1]?.toUpperCase() ?? null;
}

/**
 * The prefix that an answer to this command has by its own name (`AT+CGLA=…` → `+CGLA`), or null for V.250's basic
 * commands (`ATI`), whose lines may begin with anything.
 */
export function commandPrefix(command: string): string | null {
  return /^AT([+^%$*#!&@][A-Z][A-Z0-9_]*)/i.exec(command)?.[1]?.toUpperCase() ?? null;
}

/** Whether the line is known to come unasked, whatever the command. */
export function isBareUnsolicited(line: string): boolean {
  return BARE_UNSOLICITED.test(line) || isNmea(line);
}

/** Whether the line is a positioning receiver's sentence. */
export function isNmea(line: string): boolean {
  return NMEA.test(line);
}

export function announcesSecondLine(line: string): boolean {
  const prefix = prefixOf(line);
  return prefix !== null && TWO_LINES.has(prefix);
}
