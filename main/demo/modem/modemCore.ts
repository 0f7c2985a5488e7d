import type { Clock } from '../../base/clock.ts';
import type { VirtualCard } from '../euicc/card.ts';
import { type AnswerLine, CME, type CommandResult, type PortSettings } from './answer.ts';
import type { Argument } from './commandLine.ts';
import type { Cost, ModemQuirks } from './quirks.ts';

export interface ModemIdentity {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  readonly imei: string;
}

export interface NetworkOffer {
  readonly operator: string;
  /** MCC and MNC. */
  readonly plmn: string;
  /** Access technology, TS 27.007 §7.3: 0 GSM, 2 UMTS, 7 LTE, 9 NB-IoT, 11 NR, 13 LTE and NR together. */
  readonly act: number;
  /** Signal, 0 to 31, TS 27.007 §8.5. */
  readonly rssi: number;
  /** From radio on to registered, ms. */
  readonly registersMs: number;
}

/** The radio and SIM side of a modem, shared by all its ports. */
export interface ModemCore {
  readonly clock: Clock;
  readonly quirks: ModemQuirks;
  readonly identity: ModemIdentity;
  readonly network: NetworkOffer;
  /** One per SIM slot; null where the slot is empty. */
  readonly slots: (VirtualCard | null)[];
  activeSlot: number;
  /** `+CFUN`: 0 off, 1 on, 4 radio off (TS 27.007 §8.2). */
  functionality: 0 | 1 | 4;
  /** Since when it looks for a network, `clock.monotonic`, perhaps yet to come; null while the radio is off. */
  searchingSince: number | null;
  /** SIM commands, and APDU commands, that will still be told that the SIM is busy. */
  busyLeft: number;
  channelBusyLeft: number;
  /** Until when the SIM is starting, `clock.monotonic`. */
  simReadyAt: number;
  /** Slot that the next restart of the modem takes up. */
  nextSlot: number;
  /** How `+COPS?` names the operator: 0 in words, 1 in few, 2 by number. */
  operatorFormat: 0 | 1 | 2;
  /** Whether the modem's own LPA holds the ISD-R now, and whether it will after the next reset. */
  lpa: { holds: boolean; willHold: boolean };
  /** Applications opened with `+CCHO`, by handle as given out. */
  readonly sessions: Map<string, { readonly channel: number; readonly aid: string }>;
  nextHandle: number;
  /** When a channel was used last, `clock.monotonic`. */
  channelUsedAt: number;
  /** `+CREG=n` and its like, by command. */
  readonly reporting: Map<string, number>;
  /** Power-cycles the cards: channels and sessions are gone, and the search for a network begins anew. */
  restartSim(): void;
  /** Begins to look for a network, or stops; whoever asked for reports is told. */
  search(on: boolean): void;
  /** To be called after whatever may change a registration. */
  watchRegistration(): void;
  /** Takes what the card wants the modem to do, after a `91xx`. */
  serveCard(card: VirtualCard): void;
  /** Restarts the whole modem. */
  reset(): void;
}

export interface CommandCall {
  readonly core: ModemCore;
  readonly settings: PortSettings;
  readonly args: readonly Argument[];
}

export type Handler = (call: CommandCall) => CommandResult;

/** One command: what it costs, and what each of its forms does. A form that is left out is refused. */
export interface CommandEntry {
  readonly cost: Cost;
  readonly execute?: Handler;
  readonly read?: Handler;
  readonly set?: Handler;
  readonly test?: Handler;
}

export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** The card that can be talked to, or the error that a SIM command is answered with in its place. */
export function simOrError(core: ModemCore, needsPin: boolean): VirtualCard | number {
  const card = core.slots[core.activeSlot] ?? null;
  if (card === null) return core.quirks.noSim;
  if (core.functionality === 0) return CME.simFailure;
  if (core.clock.monotonic() < core.simReadyAt) return CME.simBusy;
  if (core.busyLeft > 0) {
    core.busyLeft -= 1;
    return CME.simBusy;
  }
  const lock = simLock(card);
  if (needsPin && lock !== null) return lock === 'SIM PIN' ? CME.simPinRequired : CME.simPukRequired;
  return card;
}

/** What the SIM asks for before it works, or null. */
export function simLock(card: VirtualCard): 'SIM PIN' | 'SIM PUK' | null {
  const pin = card.subscription?.pin;
  if (!pin || pin.verified) return null;
  return pin.triesLeft === 0 ? 'SIM PUK' : 'SIM PIN';
}

/** A value behind the command's name. */
export function named(name: string, value: string | number): AnswerLine {
  return { name, value: String(value) };
}

/** The argument's text as a whole number, or null. */
export function numberIn(args: readonly Argument[], at: number): number | null {
  const text = args[at]?.text ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}
