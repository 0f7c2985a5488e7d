import type { Chip, ChipChange } from '../../contract/chip.ts';
import type { EidReading, ModemIdentity, SimLock, SimSlots } from '../../contract/device.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
import type { Verification } from '../../contract/verification.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';

/**
 * What was learnt of a modem by trying, kept for the device, so that the next time costs fewer commands.
 * Plain JSON: the bench stores it.
 */
export interface ModemMemory {
  readonly identity: ModemIdentity;
  /** The way that gave the EID last; tried first next time. */
  readonly eidVia: EidReading['via'] | null;
  /** Which vendor file's command answered, where `eidVia` is `vendor`. */
  readonly vendor: string | null;
}

export interface Identified {
  readonly identity: ModemIdentity;
  /** `READY`, `SIM PIN`, `EMPTY_EUICC` … as `+CPIN?` answers; null where it does not. */
  readonly simState: string | null;
  /** What keeps the SIM from being used, as far as `+CPIN?` tells: missing, locked, busy, failing. */
  readonly simFault?: Fault | null;
  readonly memory: ModemMemory;
}

export interface ModemOptions {
  readonly signal?: AbortSignal;
  /** What is known of this modem from before. */
  readonly memory?: ModemMemory;
  /** The system's own where left out. */
  readonly clock?: Clock;
}

/** The signatures of this room's use cases, each in the file of its name. */
export type Identify = (dialogue: AtDialogue, options?: ModemOptions) => Promise<Result<Identified>>;
export type ReadEid = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions,
) => Promise<Result<{ readonly eid: EidReading; readonly memory: ModemMemory }>>;

/** ES10 over whatever way gave the EID: info, addresses, profiles, notifications. */
export type ReadChip = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions,
) => Promise<Result<Chip>>;

/** What has to happen after a change so that the modem sees the card as it is now. */
export type AfterChange = 'nothing' | 'refreshSim';

/** Sends one change to the eUICC, once. `chip.unconfirmed` where no answer says whether it was made. */
export type ChangeChip = (
  dialogue: AtDialogue,
  identified: Identified,
  change: Exclude<ChipChange, { kind: 'reset' }> | { readonly kind: 'reset' },
  options?: ModemOptions,
) => Promise<Result<AfterChange>>;

/** A signed notification as the eUICC gives it (ES10b.RetrieveNotificationsList), upper-case hex. */
export type RetrieveNotification = (
  dialogue: AtDialogue,
  identified: Identified,
  sequenceNumber: number,
  options?: ModemOptions,
) => Promise<Result<string>>;

/** `restarting`: the modem restarts, and its port goes and comes back. `ready`: it answers on this dialogue, and so does the SIM. */
export type AfterRestart = 'ready' | 'restarting';

/** Makes the modem start the SIM anew, in the way that this modem needs. */
export type RefreshSim = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions & {
    /**
     * The ICCID that the modem must show then, null for none: where it comes to show it by itself, nothing is switched off. Left
     * out, the SIM is started anew without looking.
     */
    readonly iccid?: string | null;
  },
) => Promise<Result<AfterRestart>>;

/** Null where the modem has one slot or does not tell. */
export type ReadSlots = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions,
) => Promise<Result<SimSlots | null>>;
/** @param slot counts from 1. */
export type SwitchSlot = (
  dialogue: AtDialogue,
  identified: Identified,
  slot: number,
  options?: ModemOptions,
) => Promise<Result<AfterRestart>>;

/** Null where the SIM asks for nothing. */
export type ReadSimLock = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions,
) => Promise<Result<SimLock | null>>;
/** Sends PIN, or PUK and new PIN, once. Faults: `sim.pinWrong`, `sim.pukWrong`, `sim.puk` where it is blocked now. */
export type UnlockSim = (
  dialogue: AtDialogue,
  identified: Identified,
  key: { readonly pin: string } | { readonly puk: string; readonly newPin: string },
  options?: ModemOptions,
) => Promise<Result<null>>;

/** Waits until registered, or until `limitMs`; an outcome other than `registered` is a value, too. */
export type Verify = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions & {
    /** Default 180,000 ms. */
    readonly limitMs?: number;
    /** Each new state of things, a few words: `searching on LTE`. */
    readonly onStep?: (step: string) => void;
  },
) => Promise<Result<Verification>>;
