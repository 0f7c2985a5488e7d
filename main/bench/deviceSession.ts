import type { Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';
import type { Identified } from '../modem/modem.ts';
import type { ModemTools } from './modemTools.ts';

/** A device for the length of one activity, over a restart of its modem too. */
export interface DeviceSession {
  readonly tools: ModemTools;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The one that is open now; another one after `comeBack`. */
  readonly dialogue: AtDialogue;
  readonly identified: Identified;
  /**
   * Waits until the modem is there again after a restart, on whichever port, opens it and asks it anew how its SIM is.
   * Faults: `port.vanished` where it does not come back in time, those of `Identify`.
   */
  comeBack(): Promise<Result<null>>;
  /** Asks the modem anew how its SIM is, where it has not restarted. */
  identifyAgain(): Promise<Result<null>>;
  /** Says what is being done. */
  step(text: string): void;
}

/** How long a modem may be away while it restarts, ms: some need a minute. */
export const RESTART_LIMIT_MS = 120_000;
/** Between two looks for it, ms. */
export const RESTART_LOOK_MS = 1_000;
