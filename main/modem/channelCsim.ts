import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtFinal } from '../at/dialogue.ts';
import { closeChannel, MAX_CHANNEL, OPEN_CHANNEL, onChannel, selectByAid } from '../euicc/apdu.ts';
import { type ApduChannel, ISD_R_AID } from '../euicc/apduChannel.ts';
import { exchangeApdu, withLe } from '../euicc/exchangeApdu.ts';
import { fromHex, toHex } from '../euicc/hex.ts';
import { isDone, SW, swWords } from '../euicc/statusWord.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { apduIn } from './fields.ts';
import { ask, LIMIT, type Talk } from './talk.ts';

export type CsimOpened =
  | { readonly kind: 'open'; readonly channel: ApduChannel }
  /** The modem has no `+CSIM`, or does not let it through. */
  | { readonly kind: 'refused'; readonly final: AtFinal }
  /** The card has no channel free. */
  | { readonly kind: 'noChannel'; readonly sw: number }
  /** The card has no such application. */
  | { readonly kind: 'notFound'; readonly sw: number };

const ISD_R = fromHex(ISD_R_AID) ?? new Uint8Array();

interface Sending {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly toTheEnd?: boolean;
}

/** One APDU through `+CSIM` (3GPP TS 27.007 §8.17). Gives the final result where the modem refused. */
async function csim(talk: Talk, apdu: Uint8Array, sending: Sending): Promise<Result<Uint8Array | AtFinal>> {
  const hex = toHex(apdu);
  const answer = await ask({ ...talk, signal: sending.signal }, `AT+CSIM=${hex.length},"${hex}"`, {
    timeoutMs: sending.timeoutMs,
    toTheEnd: sending.toTheEnd ?? false,
  });
  if (!answer.ok) return answer;
  if (refusalOf(answer.value.final) !== null) return ok(answer.value.final);
  const bytes = apduIn(answer.value.lines, '+CSIM');
  return bytes === null
    ? fail(fault('euicc.unreadable', { details: '+CSIM: the answer is no APDU.' }))
    : ok(bytes);
}

/** The same where a refusal is a fault. */
async function csimBytes(talk: Talk, apdu: Uint8Array, sending: Sending): Promise<Result<Uint8Array>> {
  const answer = await csim(talk, apdu, sending);
  if (!answer.ok) return answer;
  return answer.value instanceof Uint8Array ? ok(answer.value) : fail(refusedFault('+CSIM', answer.value));
}

/**
 * Opens a logical channel by the card's own means (TS 102 221 §11.1.17) and selects the ISD-R on it.
 * Faults: those of the dialogue; `euicc.refused` where the card refuses the selection otherwise than by `6A82`.
 */
export async function openCsim(talk: Talk): Promise<Result<CsimOpened>> {
  // Not broken off while the card may be opening a channel: the number must be known to close it.
  const sending: Sending = { timeoutMs: LIMIT.sim, signal: talk.signal, toTheEnd: true };
  const first = await csim(talk, OPEN_CHANNEL, sending);
  if (!first.ok) return first;
  const answer = first.value;
  if (!(answer instanceof Uint8Array)) return ok({ kind: 'refused', final: answer });
  const opening = await exchangeApdu(OPEN_CHANNEL, (apdu) =>
    apdu === OPEN_CHANNEL ? Promise.resolve(ok(answer)) : csimBytes(talk, apdu, sending),
  );
  if (!opening.ok) return opening;
  const number = opening.value.data[0];
  if (!isDone(opening.value.sw)) return ok({ kind: 'noChannel', sw: opening.value.sw });
  if (number === undefined || number < 1 || number > MAX_CHANNEL) {
    return fail(fault('euicc.unreadable', { details: 'MANAGE CHANNEL: the answer names no channel.' }));
  }

  const channel = channelOver(talk, number);
  const selected = await select(talk, number);
  if (!selected.ok) {
    await channel.close();
    return selected;
  }
  const sw = selected.value;
  // More data (61xx) is the description of the application, which nobody needs.
  if (isDone(sw) || sw >> 8 === 0x61 || sw >> 8 === 0x62) return ok({ kind: 'open', channel });
  await channel.close();
  if (sw === SW.notFound || sw === SW.refusedSelection) return ok({ kind: 'notFound', sw });
  return fail(fault('euicc.refused', { details: `SELECT ISD-R: ${swWords(sw)}` }));
}

/**
 * Selects, without fetching the description that the card has ready: it would cost a command. A card that hands nothing out
 * before it is asked for the right length (`6Cxx`) has not selected yet, and is asked so, once. Gives the status word.
 */
async function select(talk: Talk, number: number): Promise<Result<number>> {
  const apdu = onChannel(selectByAid(ISD_R), number) ?? selectByAid(ISD_R);
  const sending: Sending = { timeoutMs: LIMIT.sim, signal: talk.signal };
  let answer = await csimBytes(talk, apdu, sending);
  const wanted = answer.ok ? wantedLe(answer.value) : null;
  if (wanted !== null) answer = await csimBytes(talk, withLe(apdu, wanted), sending);
  if (!answer.ok) return answer;
  if (answer.value.length < 2)
    return fail(fault('euicc.unreadable', { details: 'SELECT ISD-R: no status word.' }));
  return ok(statusWordOf(answer.value));
}

/** The length that a card asks for by `6Cxx` (TS 102 221 §7.3.1.1.4); null where it does not. */
function wantedLe(answer: Uint8Array): number | null {
  const sw = statusWordOf(answer);
  return answer.length >= 2 && sw >> 8 === 0x6c ? sw & 0xff : null;
}

function statusWordOf(answer: Uint8Array): number {
  return (answer.at(-2) ?? 0) * 256 + (answer.at(-1) ?? 0);
}

function channelOver(talk: Talk, number: number): ApduChannel {
  let closed = false;
  return {
    transmit(apdu, { signal = talk.signal, timeoutMs = LIMIT.sim } = {}) {
      return exchangeApdu(apdu, (command) =>
        csimBytes(talk, onChannel(command, number) ?? command, { timeoutMs, signal }),
      );
    },
    async close() {
      if (closed) return;
      closed = true;
      await csimClose(talk, number);
    },
  };
}

/**
 * Closes a channel by the card's own means, never broken off. `refused`: by the modem, which lets no `+CSIM` through, or
 * did not answer.
 */
export async function csimClose(talk: Talk, channel: number): Promise<'closed' | 'notClosed' | 'refused'> {
  const answer = await csim(talk, closeChannel(channel), { timeoutMs: LIMIT.close, signal: undefined });
  if (!answer.ok || !(answer.value instanceof Uint8Array)) return 'refused';
  return isDone(statusWordOf(answer.value)) ? 'closed' : 'notClosed';
}
