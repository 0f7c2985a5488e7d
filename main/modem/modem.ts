import type { EidReading, ModemIdentity } from '../../contract/device.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
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

/** The signatures of this room's two use cases; see identify.ts and readEid.ts. */
export type Identify = (dialogue: AtDialogue, options?: ModemOptions) => Promise<Result<Identified>>;
export type ReadEid = (
  dialogue: AtDialogue,
  identified: Identified,
  options?: ModemOptions,
) => Promise<Result<{ readonly eid: EidReading; readonly memory: ModemMemory }>>;
