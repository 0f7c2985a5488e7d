import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';
import type { AtFinal } from '../at/dialogue.ts';

/** What a modem means by refusing a command. */
export type Refusal =
  /** The command is not there, or not in this form. */
  | 'unsupported'
  | 'notFound'
  | 'noSim'
  | 'pin'
  | 'puk'
  /** The PIN or PUK that was sent is not the SIM's. */
  | 'wrongKey'
  /** Goes away by itself within seconds. */
  | 'busy'
  | 'simFailure'
  /** No more of something: memory, or logical channels. */
  | 'full'
  /** Refused for a reason that the code does not tell. */
  | 'unknown';

interface Row {
  readonly code: number;
  /** As it is written with `AT+CMEE=2`, in lower case. */
  readonly text: string;
  readonly means: Refusal;
}

/**
 * `+CME ERROR` codes and their texts (3GPP TS 27.007 §9.2), as far as they can answer the commands used here. 515 is
 * no 3GPP code but that of several makers.
 */
const CME: readonly Row[] = [
  { code: 0, text: 'phone failure', means: 'unknown' },
  { code: 3, text: 'operation not allowed', means: 'unknown' },
  { code: 4, text: 'operation not supported', means: 'unsupported' },
  { code: 10, text: 'sim not inserted', means: 'noSim' },
  { code: 11, text: 'sim pin required', means: 'pin' },
  { code: 12, text: 'sim puk required', means: 'puk' },
  { code: 13, text: 'sim failure', means: 'simFailure' },
  { code: 14, text: 'sim busy', means: 'busy' },
  { code: 15, text: 'sim wrong', means: 'simFailure' },
  { code: 16, text: 'incorrect password', means: 'wrongKey' },
  { code: 20, text: 'memory full', means: 'full' },
  { code: 21, text: 'invalid index', means: 'notFound' },
  { code: 22, text: 'not found', means: 'notFound' },
  { code: 50, text: 'incorrect parameters', means: 'unsupported' },
  { code: 51, text: 'command implemented but currently disabled', means: 'unsupported' },
  { code: 100, text: 'unknown', means: 'unknown' },
  { code: 515, text: 'please wait, init or command processing in progress', means: 'busy' },
];

/** Texts that makers write in place of the standard's. */
const OTHER_TEXTS: readonly { readonly pattern: RegExp; readonly means: Refusal }[] = [
  { pattern: /^parameters? error$|invalid parameter|not support/i, means: 'unsupported' },
  { pattern: /(sim|uim|usim).*(not inserted|absent|removed|not detected)|no sim/i, means: 'noSim' },
  { pattern: /incorrect (password|pin|code)|(pin|puk|password) (incorrect|wrong)/i, means: 'wrongKey' },
  { pattern: /puk/i, means: 'puk' },
  { pattern: /(sim|uim).* pin required/i, means: 'pin' },
  { pattern: /busy|not ready|wait/i, means: 'busy' },
  { pattern: /not found/i, means: 'notFound' },
  { pattern: /(sim|uim).*(fail|wrong|error)/i, means: 'simFailure' },
];

/** What the final result means; null for `OK`. */
export function refusalOf(final: AtFinal): Refusal | null {
  switch (final.kind) {
    case 'ok':
      return null;
    case 'error':
    case 'other':
      return 'unsupported';
    case 'cme': {
      const text = final.text.toLowerCase();
      const row = CME.find(({ code, text: known }) => code === final.code || known === text);
      return row?.means ?? OTHER_TEXTS.find(({ pattern }) => pattern.test(final.text))?.means ?? 'unknown';
    }
    case 'cms':
      return 'unknown';
  }
}

/** The final result as the modem wrote it, for details: `+CME ERROR: 10`. */
export function finalText(final: AtFinal): string {
  switch (final.kind) {
    case 'ok':
      return 'OK';
    case 'error':
      return 'ERROR';
    case 'cme':
    case 'cms':
      return `+${final.kind.toUpperCase()} ERROR: ${final.text}`;
    case 'other':
      return final.text;
  }
}

const FAULT_OF: Readonly<Record<Refusal, FaultCode>> = {
  unsupported: 'modem.refused',
  notFound: 'modem.refused',
  noSim: 'sim.missing',
  pin: 'sim.pin',
  puk: 'sim.puk',
  wrongKey: 'sim.pinWrong',
  busy: 'sim.busy',
  simFailure: 'sim.failure',
  full: 'modem.refused',
  unknown: 'modem.refused',
};

/**
 * The fault for a command that was refused.
 * @param name of the command, without its parameters: these may hold identifiers.
 * @param notFound what it means that something is not there: for a command that asks for the eUICC, that there is none.
 */
export function refusedFault(
  name: string,
  final: AtFinal,
  notFound: 'euicc.none' | 'modem.refused' = 'modem.refused',
): Fault {
  const refusal = refusalOf(final) ?? 'unknown';
  return fault(refusal === 'notFound' ? notFound : FAULT_OF[refusal], {
    details: `${name}: ${finalText(final)}`,
  });
}

/** The fault that a `+CPIN?` state stands for; null for those that need not keep the eUICC from answering. */
export function simStateFault(state: string | null): Fault | null {
  if (state === null) return null;
  // PIN2 and PUK2 guard other things.
  if (/^SIM PUK$/i.test(state)) return fault('sim.puk', { details: `+CPIN: ${state}` });
  if (/^SIM PIN$/i.test(state)) return fault('sim.pin', { details: `+CPIN: ${state}` });
  if (/NOT INSERTED|ABSENT|NO SIM|SIM REMOVED/i.test(state))
    return fault('sim.missing', { details: `+CPIN: ${state}` });
  return null;
}
