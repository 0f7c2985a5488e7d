import { concat, fromHex, toHex } from '../bytes.ts';
import { classForChannel } from '../euicc/apdu.ts';
import type { VirtualCard } from '../euicc/card.ts';
import { ISD_R } from '../euicc/isdR.ts';

/** A card's whole answer: data, and the last status word. */
export interface Exchange {
  readonly data: Uint8Array;
  readonly sw: number;
}

/** The normal end of a command: `9000`, or `91xx` where the card wants something besides (TS 102 221 §10.2.1). */
export function isDone({ sw }: Exchange): boolean {
  return sw === 0x9000 || sw >> 8 === 0x91;
}

/** More rounds than any answer needs; a card that asks for more is left. */
const MOST_ROUNDS = 300;

/**
 * Sends a command and, where the modem does so itself, follows `61xx` with GET RESPONSE and `6Cxx` with the
 * same command and the right Le (TS 102 221 §7.3.1.1). Otherwise gives the first response as it is.
 */
export function exchange(card: VirtualCard, command: Uint8Array, follows: boolean): Exchange {
  let sent = command;
  let answer = split(card.transmit(sent));
  let data = answer.data;
  for (let round = 0; follows && round < MOST_ROUNDS; round += 1) {
    const sw1 = answer.sw >> 8;
    const sw2 = answer.sw & 0xff;
    if (sw1 === 0x61) sent = Uint8Array.of(getResponseClass(command), 0xc0, 0, 0, sw2);
    else if (sw1 === 0x6c) sent = withLe(sent, sw2);
    else break;
    answer = split(card.transmit(sent));
    data = concat(data, answer.data);
  }
  return { data, sw: answer.sw };
}

/** GET RESPONSE goes out in the interindustry class of the same channel. */
function getResponseClass(command: Uint8Array): number {
  return (command[0] ?? 0) & 0x7f;
}

function withLe(command: Uint8Array, le: number): Uint8Array {
  const lc = command.length > 5 ? (command[4] ?? 0) : 0;
  const end = lc === 0 ? 4 : 5 + lc;
  return Uint8Array.from([...command.slice(0, end), le]);
}

function split(response: Uint8Array): Exchange {
  const at = response.length - 2;
  return { data: response.slice(0, at), sw: ((response[at] ?? 0) << 8) | (response[at + 1] ?? 0) };
}

/**
 * Opens a logical channel and selects an application on it; null, with the channel closed again, where that
 * fails.
 */
export function openChannel(card: VirtualCard, aid: string): number | 'noChannel' | 'noApplication' {
  const opened = exchange(card, fromHex('0070000001'), true);
  const channel = opened.data[0];
  if (!isDone(opened) || channel === undefined) return 'noChannel';
  const length = (aid.length / 2).toString(16).padStart(2, '0');
  const select = fromHex(`00A40400${length}${aid}`);
  select[0] = classForChannel(0x00, channel);
  if (isDone(exchange(card, select, true))) return channel;
  closeChannel(card, channel);
  return 'noApplication';
}

export function closeChannel(card: VirtualCard, channel: number): void {
  exchange(card, Uint8Array.of(0x00, 0x70, 0x80, channel, 0x00), false);
}

/** The EID as the modem's own firmware gets it; null where there is no eUICC or it refuses. */
export function readEid(card: VirtualCard): string | null {
  const channel = openChannel(card, ISD_R);
  if (typeof channel !== 'number') return null;
  const command = fromHex('80E2910006BF3E035C015A');
  command[0] = classForChannel(0x80, channel);
  const answer = exchange(card, command, true);
  closeChannel(card, channel);
  return isDone(answer) ? (/^BF3E125A10(\d{32})$/.exec(toHex(answer.data))?.[1] ?? null) : null;
}
