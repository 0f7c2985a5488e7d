import type { Result } from '../../../contract/result.ts';
import type { AtDialogue } from '../../../main/at/dialogue.ts';
import { type AtLogLine, openAtDialogue } from '../../../main/at/openDialogue.ts';
import type { Identified, ModemMemory } from '../../../main/modem/modem.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { answer, type Reply, type ScriptedLinkOptions, scriptedLink } from '../support/scriptedLink.ts';

export const EID = '89049032123451234512345678901235';
export const OTHER_EID = '89001012012341234012345678901224';
export const IMEI = '867698040000001';
export const GET_EID = '80E2910006BF3E035C015A';
export const EID_ANSWER = `BF3E125A10${EID}9000`;
export const CCHO = 'AT+CCHO="A0000005591010FFFFFFFF8900000100"';
export const OPEN = 'AT+CSIM=10,"0070000001"';
export const SELECT = 'AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"';

export const cgla = (handle: string, hex: string) => `AT+CGLA=${handle},${hex.length},"${hex}"`;
export const csim = (hex: string) => `AT+CSIM=${hex.length},"${hex}"`;
/** An answer to `+CGLA` or `+CSIM` as the standard has it. */
export const apdu = (name: string, hex: string) => answer(`${name}: ${hex.length},"${hex}"`, 'OK');

/** A modem that does all by the book, with GET RESPONSE left to us. */
export const GOOD: Readonly<Record<string, Reply>> = {
  ATE0: answer('OK'),
  AT: answer('OK'),
  'AT+CMEE=1': answer('OK'),
  'AT+CGMI': answer('Quectel', 'OK'),
  'AT+CGMM': answer('EM05-G', 'OK'),
  'AT+CGMR': answer('EM05GFAR07A07M1G', 'OK'),
  'AT+CGSN': answer(IMEI, 'OK'),
  'AT+CPIN?': answer('+CPIN: READY', 'OK'),
  [CCHO]: answer('+CCHO: 1', 'OK'),
  [cgla('1', GET_EID)]: apdu('+CGLA', '6115'),
  [cgla('1', '00C0000015')]: apdu('+CGLA', EID_ANSWER),
  'AT+CCHC=1': answer('OK'),
};

/** No `+CCHO`; `+CSIM` by the book. */
export const BY_CSIM: Readonly<Record<string, Reply>> = {
  [CCHO]: answer('+CME ERROR: 4'),
  [OPEN]: apdu('+CSIM', '019000'),
  [SELECT]: apdu('+CSIM', '6121'),
  [csim(`81${GET_EID.slice(2)}`)]: apdu('+CSIM', '6115'),
  [csim('01C0000015')]: apdu('+CSIM', EID_ANSWER),
  [csim('0070800100')]: apdu('+CSIM', '9000'),
};

export const IDENTITY = {
  manufacturer: 'Quectel',
  model: 'EM05-G',
  revision: 'EM05GFAR07A07M1G',
  imei: IMEI,
};
export const NO_MEMORY: ModemMemory = { identity: IDENTITY, eidVia: null, vendor: null };
export const IDENTIFIED: Identified = { identity: IDENTITY, simState: 'READY', memory: NO_MEMORY };

export interface Bench {
  readonly clock: FakeClock;
  readonly dialogue: AtDialogue;
  readonly sent: string[];
  readonly log: AtLogLine[];
  readonly vanish: () => void;
  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T>;
}

/**
 * A modem behind a dialogue. What the script does not have is answered with ERROR.
 * @param before a command that another program sent, and whose answer it did not wait for.
 */
export function bench(
  script: ScriptedLinkOptions['script'],
  options: Partial<ScriptedLinkOptions> = {},
  before: string | null = null,
): Bench {
  const clock = createFakeClock();
  const modem = scriptedLink({ clock, script, ...options });
  if (before !== null) void modem.link.write(Buffer.from(`${before}\r`));
  const log: AtLogLine[] = [];
  const dialogue = openAtDialogue(modem.link, { clock, log: (line) => log.push(line) });
  return {
    clock,
    dialogue,
    sent: modem.sent,
    log,
    vanish: () => modem.vanish(),
    async run(work) {
      const outcome: { value?: Awaited<typeof work>; done: boolean } = { done: false };
      const settled = work.then((value) => {
        outcome.done = true;
        return value;
      });
      for (let turn = 0; turn < 1_000 && !outcome.done; turn += 1) await clock.advance(clock.nextIn ?? 0);
      if (!outcome.done) throw new Error(`never settled; sent ${modem.sent.join(' ')}`);
      return settled;
    },
  };
}

export const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.fault.code);
