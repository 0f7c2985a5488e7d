import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { getResponse } from './apdu.ts';
import type { ApduResponse } from './apduChannel.ts';
import { concatBytes } from './hex.ts';
import { isWarning } from './statusWord.ts';

/** Sends one APDU and gives what came back as it is: data and status word in one. */
export type RawTransmit = (apdu: Uint8Array) => Promise<Result<Uint8Array>>;

/** Far more than ES10 answers need: 256 rounds of 256 bytes. */
const MAX_ROUNDS = 256;
const MAX_DATA = 65_536;

/**
 * Sends a command and follows what the card says of its length until the answer is whole (ISO/IEC 7816-4 §5.3.4,
 * TS 102 221 §7.3.1.1): `61xx` and `9Fxx` by GET RESPONSE, data that came before it kept; `6Cxx` by the same command
 * with that Le; a warning (`62xx`, `63xx`) without data, to a command that had some, by GET RESPONSE once, since the
 * answer may wait behind it. Modems that do so themselves give the whole answer at once, and nothing is left to follow.
 * Faults: those of `raw`; `euicc.unreadable` where the answer has no status word or does not end.
 */
export async function exchangeApdu(apdu: Uint8Array, raw: RawTransmit): Promise<Result<ApduResponse>> {
  let command = apdu;
  let data: Uint8Array = new Uint8Array();
  let corrected = false;
  /** The warning behind which data is being looked for. */
  let warning: number | null = null;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const answer = await raw(command);
    if (!answer.ok) return answer;
    const bytes = answer.value;
    if (bytes.length < 2)
      return fail(fault('euicc.unreadable', { details: 'An answer without a status word.' }));
    const sw1 = bytes[bytes.length - 2] ?? 0;
    const sw2 = bytes[bytes.length - 1] ?? 0;
    const sw = sw1 * 256 + sw2;
    // What comes with 6Cxx is no answer: it comes again.
    if (sw1 !== 0x6c) data = concatBytes(data, bytes.subarray(0, -2));
    if (data.length > MAX_DATA) break;
    if (sw1 === 0x61 || sw1 === 0x9f) {
      command = getResponse(sw2 === 0 ? 256 : sw2);
      corrected = false;
    } else if (sw1 === 0x6c && !corrected) {
      command = withLe(command, sw2);
      // A card that asks for another length twice would do so for ever.
      corrected = true;
    } else if (warning === null && data.length === 0 && isWarning(sw) && hasData(apdu)) {
      warning = sw;
      command = getResponse(256);
      corrected = false;
    } else {
      return ok({ data, sw: warning !== null && data.length === 0 ? warning : sw });
    }
  }
  return fail(fault('euicc.unreadable', { details: 'The answer does not end.' }));
}

/** Whether the command brings data, so that it may be of the kind that is answered with some (case 4). */
function hasData(apdu: Uint8Array): boolean {
  return apdu.length > 5;
}

/** The same command with another Le (ISO/IEC 7816-4 §5.1: header; header, Lc, data; each with Le or without). */
export function withLe(apdu: Uint8Array, le: number): Uint8Array {
  const lc = apdu.length > 5 ? (apdu[4] ?? 0) : 0;
  const withoutLe = apdu.subarray(0, lc === 0 ? 4 : 5 + lc);
  return concatBytes(withoutLe, Uint8Array.of(le));
}
