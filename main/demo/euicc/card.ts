import type { CommandApdu } from './apdu.ts';

/** A card in a slot: commands in, responses out, and what a modem learns at power-on. */
export interface VirtualCard {
  /**
   * One command APDU in, one response APDU out, status word at its end. Never throws: what is malformed is
   * refused.
   */
  transmit(command: Uint8Array): Uint8Array;
  /** Power off and on: closes the logical channels, forgets a verified PIN, takes up the enabled profile. */
  reset(): void;
  /**
   * The subscription that is there for the network since the last reset; null on an eUICC with no enabled
   * profile.
   */
  readonly subscription: Subscription | null;
  /** Whether an ISD-R lives on it. */
  readonly isEuicc: boolean;
  /**
   * Numbers of the open logical channels besides the basic one, ascending. For tests: all are to be closed
   * again.
   */
  readonly openChannels: readonly number[];
}

/** What a network operator put on a card: a plain SIM has one, an eUICC one per profile. */
export interface Subscription {
  readonly iccid: string;
  readonly imsi: string;
  /** Its PIN, or null where none is asked for. Mutable: tries are counted in it, and it outlives a reset. */
  readonly pin: Pin | null;
  /** What networks make of it, where that is not for the modem's switch to say. */
  readonly registration?: 'home' | 'roaming' | 'denied';
}

/** PIN 1 and its PUK (TS 102 221 §9.5). */
export interface Pin {
  value: string;
  readonly puk: string;
  /** Starts at 3; at 0 only the PUK helps. */
  triesLeft: number;
  /** Starts at 10; at 0 the card is dead. */
  pukTriesLeft: number;
  /** Until the next reset. */
  verified: boolean;
}

export function pin(value: string, puk: string, left: { tries?: number; pukTries?: number } = {}): Pin {
  return { value, puk, triesLeft: left.tries ?? 3, pukTriesLeft: left.pukTries ?? 10, verified: false };
}

/** What an application or a file says to a command: data, and a status word. */
export interface Answer {
  readonly data: Uint8Array;
  readonly sw: number;
}

export function answer(sw: number, data: Uint8Array = new Uint8Array(0)): Answer {
  return { data, sw };
}

/** An application on the card, reached by SELECT with its identifier. */
export interface CardApplication {
  /** Its identifier in upper-case hex. */
  readonly aid: string;
  /** What SELECT answers: its file control information (TS 102 221 §11.1.1.3). */
  fci(): Uint8Array;
  /** Commands that the operating system of the card does not take itself. */
  transmit(command: CommandApdu): Answer;
  /** Forgets what is under way on a channel, after a new SELECT or a close. */
  forget(channel: number): void;
}

/** Ways in which real cards differ on the wire. */
export interface CardQuirks {
  /**
   * How data is handed out after a command that carried data: `61xx` to be fetched with GET RESPONSE,
   * `direct` with the status word, or `6Cxx` asking for the same command again with the right Le.
   */
  readonly handsOut: '61xx' | 'direct' | '6Cxx';
  /** Most bytes in one response, 1 to 256. Small ones make many rounds. */
  readonly block: number;
  /**
   * GET RESPONSE and READ BINARY with more than there is: refused with `6Cxx`, or served with what there is.
   */
  readonly strictLe: boolean;
  /** Whether SELECT of an application answers with its FCI, or with a bare `9000`. */
  readonly fci: boolean;
  /** Highest logical channel: 3 on most cards, up to 19 (TS 102 221 §8.7). */
  readonly lastChannel: number;
  /** Which one it gives first; after the last one it goes on with 1. */
  readonly firstChannel: number;
}

export const PLAIN_CARD: CardQuirks = {
  handsOut: '61xx',
  block: 256,
  strictLe: true,
  fci: true,
  lastChannel: 3,
  firstChannel: 1,
};
