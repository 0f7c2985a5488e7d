import type { ModemIdentity, SimSlots } from '../../../contract/device.ts';

/**
 * What is known of the modems of one maker, beyond the standards. What a family leaves out is done in the generic way. One
 * file and one row in index.ts each.
 */
export interface Family {
  readonly name: string;
  /** Whether a modem is of this family, by what it says of itself. */
  matches(identity: ModemIdentity): boolean;
  readonly eid?: readonly EidCommand[];
  readonly slots?: SlotCommands;
  readonly pinTries?: PinTriesCommand;
  /** How the SIM is made to start anew, the gentlest way first; see {@link GENERIC_RESTARTS}. */
  readonly restarts?: readonly [SimRestart, ...SimRestart[]];
  /** What to do where this modem's own programs keep the eUICC to themselves. */
  readonly hintWhenRefused?: string;
}

/** A command of a maker's own for the EID, in one form or more. */
export interface EidCommand {
  /** Kept with what is known of a modem; stays the same for ever. */
  readonly name: string;
  readonly commands: readonly string[];
  /** Prefixes of the answer, where they are not the command's name. */
  readonly prefixes?: readonly string[];
  /** Whether the command gives other numbers too, so that only one whose check digits hold is an EID. */
  readonly answersOtherNumbers: boolean;
  /** Whether it is worth trying on modems of other families; they are sold under many names. */
  readonly elsewhere: 'beforeTheRest' | 'last' | 'never';
}

export interface SlotCommands {
  readonly read: string;
  /** The active slot, counted from 1; null where the lines do not tell. */
  parse(lines: readonly string[]): number | null;
  /** @param slot counted from 1. */
  set(slot: number): string;
  readonly labels: readonly string[];
}

/** How many wrong ones are left; null where that is not told. */
export interface PinTries {
  readonly pin: number | null;
  readonly puk: number | null;
}

export interface PinTriesCommand {
  readonly command: string;
  /** @param asksFor some modems tell of the one alone that is asked for. */
  parse(lines: readonly string[], asksFor: 'pin' | 'puk'): PinTries | null;
}

/** Commands that make the SIM start anew; `vanishes`: the modem starts anew with it, and its port may go and come back. */
export interface SimRestart {
  readonly commands: readonly string[];
  readonly vanishes: boolean;
}

/** 3GPP TS 27.007 §8.2: minimum functionality, which powers the SIM off, and full again. */
export const OFF_AND_ON: SimRestart = { commands: ['AT+CFUN=0', 'AT+CFUN=1'], vanishes: false };
/** Radio off and on: some modems start the SIM anew with it, too. */
export const RADIO_OFF_AND_ON: SimRestart = { commands: ['AT+CFUN=4', 'AT+CFUN=1'], vanishes: false };
/** Full functionality after a reset of the modem (§8.2, `<rst>`). */
export const RESET: SimRestart = { commands: ['AT+CFUN=1,1'], vanishes: true };

export const GENERIC_RESTARTS: readonly [SimRestart, ...SimRestart[]] = [OFF_AND_ON, RADIO_OFF_AND_ON, RESET];

export function resetBy(command: string): SimRestart {
  return { commands: [command], vanishes: true };
}

/** The maker's or the model's name has this in it. */
export function says(identity: ModemIdentity, maker: RegExp, model?: RegExp): boolean {
  return maker.test(identity.manufacturer ?? '') || (model?.test(identity.model ?? '') ?? false);
}

export function asSlots(active: number, labels: readonly string[]): SimSlots {
  return { active, count: Math.max(labels.length, active), labels: [...labels] };
}
