import { fromLatin1, toHex } from '../bytes.ts';
import { type AnswerForm, FRAMINGS, type ModemQuirks } from './quirks.ts';

/** A line of an answer: plain text, or a value behind the command's name. */
export type AnswerLine = string | { readonly name: string; readonly value: string };

export type CommandResult =
  /** `after` runs once the answer is out: a reset, for instance. */
  | { readonly kind: 'ok'; readonly lines: readonly AnswerLine[]; readonly after?: () => void }
  | { readonly kind: 'error' }
  | { readonly kind: 'cme'; readonly code: number }
  /** Any other final result, such as `NO CARRIER`. */
  | { readonly kind: 'other'; readonly text: string };

export const OK: CommandResult = { kind: 'ok', lines: [] };
export const ERROR: CommandResult = { kind: 'error' };

export function ok(...lines: readonly AnswerLine[]): CommandResult {
  return { kind: 'ok', lines };
}

export function cme(code: number): CommandResult {
  return { kind: 'cme', code };
}

/** Errors of the mobile termination (3GPP TS 27.007 §9.2.1), those that this modem gives. */
export const CME = {
  phoneFailure: 0,
  notAllowed: 3,
  notSupported: 4,
  simNotInserted: 10,
  simPinRequired: 11,
  simPukRequired: 12,
  simFailure: 13,
  simBusy: 14,
  incorrectPassword: 16,
  memoryFull: 20,
  notFound: 22,
  incorrectParameters: 50,
  unknown: 100,
} as const;

/** Their words, as TS 27.007 writes them. */
const CME_TEXTS: Readonly<Record<number, string>> = {
  0: 'phone failure',
  3: 'operation not allowed',
  4: 'operation not supported',
  10: 'SIM not inserted',
  11: 'SIM PIN required',
  12: 'SIM PUK required',
  13: 'SIM failure',
  14: 'SIM busy',
  16: 'incorrect password',
  20: 'memory full',
  22: 'not found',
  50: 'Incorrect parameters',
  100: 'unknown',
};

export interface PortSettings {
  echo: boolean;
  /** `+CMEE`: 0 plain `ERROR`, 1 numbers, 2 words (TS 27.007 §9.1). */
  cmee: 0 | 1 | 2;
}

/** The final result as a line. */
export function finalLine(result: CommandResult, settings: PortSettings, quirks: ModemQuirks): string {
  switch (result.kind) {
    case 'ok':
      return 'OK';
    case 'error':
      return 'ERROR';
    case 'other':
      return result.text;
    case 'cme':
      return errorLine(result.code, settings, quirks);
  }
}

function errorLine(code: number, settings: PortSettings, quirks: ModemQuirks): string {
  const mode = { bare: 0, number: 1, text: 2, byCmee: settings.cmee }[quirks.errors];
  if (mode === 0) return 'ERROR';
  const words = quirks.errorTexts[code] ?? CME_TEXTS[code] ?? 'unknown';
  return `+CME ERROR: ${mode === 1 ? code : words}`;
}

/** A line as this modem writes it. */
export function lineText(line: AnswerLine, quirks: ModemQuirks): string {
  if (typeof line === 'string') return line;
  const form: AnswerForm = quirks.answerForms[line.name] ?? quirks.answerForms['*'] ?? 'standard';
  switch (form) {
    case 'standard':
      return `${line.name}: ${line.value}`;
    case 'noSpace':
      return `${line.name}:${line.value}`;
    case 'blankBeforeColon':
      return `${line.name} : ${line.value}`;
    case 'bare':
      return line.value;
  }
}

export function frame(text: string, quirks: ModemQuirks): Uint8Array {
  return fromLatin1(FRAMINGS[quirks.framing](text));
}

/** Bytes as this modem writes them in an answer: how many hex digits, then the hex. */
export function payload(bytes: Uint8Array, quirks: ModemQuirks): string {
  return `${bytes.length * 2},${hexText(bytes, quirks)}`;
}

export function hexText(bytes: Uint8Array, quirks: ModemQuirks): string {
  const hex = quirks.payload.letters === 'lower' ? toHex(bytes).toLowerCase() : toHex(bytes);
  return quirks.payload.quotes ? `"${hex}"` : hex;
}
