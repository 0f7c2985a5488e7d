import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { iccidFromSwapped, normaliseIccid } from '../euicc/iccid.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { fieldsOf, withoutPrefix } from './fields.ts';
import type { ModemOptions } from './modem.ts';
import { ask, LIMIT, talkOn } from './talk.ts';

interface Way {
  readonly command: string;
  readonly iccid: (line: string) => string | null;
}

const PREFIXES = ['+CCID', '+ICCID', '+QCCID'];

/** Vendors' commands first: they are quick. The last reads EF_ICCID (TS 102 221 §13.2, TS 27.007 §8.18). */
const WAYS: readonly Way[] = [
  { command: 'AT+CCID', iccid: iccidInText },
  { command: 'AT+ICCID', iccid: iccidInText },
  { command: 'AT+QCCID', iccid: iccidInText },
  { command: 'AT+CRSM=176,12258,0,0,10', iccid: iccidInFile },
];

/**
 * Reads the ICCID of the active profile, or of a plain SIM.
 * Faults: `sim.*`; `modem.refused` where the modem does not tell, as with an eUICC that has no profile; those of the
 * dialogue.
 */
export async function readIccid(
  dialogue: AtDialogue,
  options: Pick<ModemOptions, 'signal' | 'clock'> = {},
): Promise<Result<string>> {
  const talk = talkOn(dialogue, options);
  let reason: Fault = fault('modem.refused', { message: 'The modem does not tell an ICCID.' });
  for (const { command, iccid } of WAYS) {
    const answer = await ask(talk, command, { timeoutMs: LIMIT.sim, prefixes: PREFIXES });
    if (!answer.ok) return answer;
    const { final, lines } = answer.value;
    if (refusalOf(final) === null) {
      for (const line of lines) {
        const found = iccid(line);
        if (found !== null) return ok(found);
      }
    } else {
      const refused = refusedFault(command, final);
      if (refused.code.startsWith('sim.')) reason = refused;
    }
  }
  return fail(reason);
}

/** `+CCID: 8949…`, `"8949…F"`, `8949…`; as digits or, with some modems, as the card has it. */
function iccidInText(line: string): string | null {
  const [text] = line.match(/(?<![0-9A-F])\d{17,20}F*(?![0-9A-F])/i) ?? [];
  if (text === undefined) return null;
  return normaliseIccid(text) ?? (text.length === 20 ? iccidFromSwapped(text) : null);
}

/** `+CRSM: 144,0,"98…"`; other status words have no data that counts. */
function iccidInFile(line: string): string | null {
  const [sw1, , hex = ''] = fieldsOf(withoutPrefix(line, '+CRSM'));
  return sw1 === '144' && /^[0-9A-F]{20}$/i.test(hex) ? iccidFromSwapped(hex) : null;
}
