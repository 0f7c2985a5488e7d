import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtFinal } from '../at/dialogue.ts';
import { onChannel } from '../euicc/apdu.ts';
import { type ApduChannel, ISD_R_AID } from '../euicc/apduChannel.ts';
import { exchangeApdu } from '../euicc/exchangeApdu.ts';
import { toHex } from '../euicc/hex.ts';
import { SW } from '../euicc/statusWord.ts';
import { csimClose } from './channelCsim.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { apduIn, withoutPrefix } from './fields.ts';
import { ask, LIMIT, type Talk } from './talk.ts';

export type Opened =
  | { readonly kind: 'open'; readonly channel: ApduChannel }
  /** The modem refused: the way may not be there, the application may not, or no channel may be free. */
  | { readonly kind: 'refused'; readonly final: AtFinal };

/** Status words of a card that got the command on another channel than meant: the basic one knows no ES10. */
const WRONG_CHANNEL: ReadonlySet<number> = new Set([
  SW.unknownClass,
  SW.unknownCommand,
  SW.channelsUnsupported,
]);

/**
 * Opens a logical channel to the ISD-R with `+CCHO` (3GPP TS 27.007 §8.46). The modem owns the channel: it selects the
 * application, and puts the channel into the class byte of what `+CGLA` sends.
 * Faults: those of the dialogue; `euicc.unreadable` where the answer names no channel.
 */
export async function openCgla(talk: Talk): Promise<Result<Opened>> {
  const answer = await ask(talk, `AT+CCHO="${ISD_R_AID}"`, { timeoutMs: LIMIT.sim, toTheEnd: true });
  if (!answer.ok) return answer;
  const { final, lines } = answer.value;
  if (refusalOf(final) !== null) return ok({ kind: 'refused', final });
  const handle = handleIn(lines);
  if (handle === null)
    return fail(fault('euicc.unreadable', { details: '+CCHO: the answer names no channel.' }));
  return ok({ kind: 'open', channel: channelOver(talk, handle) });
}

/**
 * The handle is the modem's own affair, a number with some and anything with others, and goes back as it came. Some
 * answer without the prefix; what follows a comma is the answer to the selection.
 */
function handleIn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const handle = /^(?:"[\w.-]{1,64}"|[\w.-]{1,64})(?=\s*(?:,|$))/.exec(withoutPrefix(line, '+CCHO'))?.[0];
    if (handle !== undefined) return handle;
  }
  return null;
}

function channelOver(talk: Talk, handle: string): ApduChannel {
  let closed = false;
  /** Set where the modem turned out to leave the class byte as it is. */
  let codedFor: number | null = null;

  async function raw(
    apdu: Uint8Array,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Result<Uint8Array>> {
    const hex = toHex((codedFor === null ? null : onChannel(apdu, codedFor)) ?? apdu);
    const answer = await ask({ ...talk, signal }, `AT+CGLA=${handle},${hex.length},"${hex}"`, { timeoutMs });
    if (!answer.ok) return answer;
    const { final, lines } = answer.value;
    if (refusalOf(final) !== null) return fail(refusedFault('+CGLA', final));
    const bytes = apduIn(lines, '+CGLA');
    return bytes === null
      ? fail(fault('euicc.unreadable', { details: '+CGLA: the answer is no APDU.' }))
      : ok(bytes);
  }

  return {
    async transmit(apdu, { signal = talk.signal, timeoutMs = LIMIT.sim } = {}) {
      const send = (command: Uint8Array) => raw(command, timeoutMs, signal);
      const answer = await exchangeApdu(apdu, send);
      const channel = channelNumber(handle);
      if (!answer.ok || codedFor !== null || channel === null || !WRONG_CHANNEL.has(answer.value.sw))
        return answer;
      codedFor = channel;
      const coded = await exchangeApdu(apdu, send);
      // No better so: it was no matter of the class byte.
      if (!coded.ok || WRONG_CHANNEL.has(coded.value.sw)) codedFor = null;
      return coded;
    },
    async close() {
      if (closed) return;
      closed = true;
      const answer = await talk.dialogue.send(`AT+CCHC=${handle}`, { timeoutMs: LIMIT.close });
      const channel = channelNumber(handle);
      // Some modems open channels and have no command to close them.
      if (answer.ok && refusalOf(answer.value.final) !== null && channel !== null)
        await csimClose(talk, channel);
    },
  };
}

/** The number of the channel, where the handle is one. */
function channelNumber(handle: string): number | null {
  const number = /^"?(\d{1,2})"?$/.exec(handle)?.[1];
  return number === undefined || Number(number) < 1 || Number(number) > 19 ? null : Number(number);
}
