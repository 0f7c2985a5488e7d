import { fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { type Clock, pause } from '../base/clock.ts';
import { RESTART_LIMIT_MS, RESTART_LOOK_MS } from './deviceSession.ts';
import type { FoundAtPort } from './findAtPort.ts';

/** What waiting for a modem needs of whoever holds it. */
export interface Restarting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Looks for the modem on the ports where it may be now. */
  find(): Promise<Result<FoundAtPort>>;
  /** An open dialogue takes the place of the one before. */
  opened(found: FoundAtPort): void;
  identifyAgain(): Promise<Result<null>>;
}

/**
 * Lets go of a modem that restarts, and opens and asks it anew once it is there again. Faults: `cancelled`; `port.vanished` where it
 * does not come back in time.
 */
export async function awaitRestart(dialogue: AtDialogue, restarting: Restarting): Promise<Result<null>> {
  const { clock, signal } = restarting;
  const began = clock.monotonic();
  await dialogue.close();
  while (clock.monotonic() - began <= RESTART_LIMIT_MS) {
    // A modem that is still shutting down may answer a last time.
    await pause(clock, RESTART_LOOK_MS, signal);
    if (signal.aborted) return fail(fault('cancelled'));
    const found = await restarting.find();
    if (!found.ok) continue;
    restarting.opened(found.value);
    const again = await restarting.identifyAgain();
    if (again.ok) return again;
    await found.value.dialogue.close();
  }
  return fail(fault('port.vanished'));
}
