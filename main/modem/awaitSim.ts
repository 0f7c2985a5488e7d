import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause } from '../base/clock.ts';
import { refusalOf } from './errors.ts';
import { firstText } from './fields.ts';
import type { AfterRestart } from './modem.ts';
import { isModemFault, LIMIT, type Talk } from './talk.ts';

/** How long a SIM may take to come back, ms; facts say 10 to 30 s for a command of the SIM. */
export const SIM_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
/** An eUICC without an enabled profile is a missing or failing SIM to some modems: believed once it stays so, ms. */
const BELIEVED_AFTER_MS = 10_000;

/**
 * Waits until `+CPIN?` has an answer that will stay: ready, locked, or an eUICC without a profile. A modem that restarts
 * under it takes its port with it.
 * @param settleMs before the first look: a modem may answer for the old SIM for a moment yet, or be about to restart.
 * Faults: `sim.notReady` after a minute; `port.failed`, `cancelled`.
 */
export async function awaitSim(talk: Talk, settleMs = 0): Promise<Result<AfterRestart>> {
  const { dialogue, clock, signal } = talk;
  const began = clock.monotonic();
  if (settleMs > 0) await pause(clock, settleMs, signal);
  let missingSince: number | null = null;
  let last: Fault | null = null;
  while (clock.monotonic() - began < SIM_LIMIT_MS) {
    if (signal?.aborted) return fail(fault('cancelled'));
    if (dialogue.closed) return ok('restarting');
    const answer = await dialogue.send('AT+CPIN?', {
      timeoutMs: LIMIT.sim,
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) {
      if (answer.fault.code === 'port.vanished') return ok('restarting');
      if (!isModemFault(answer.fault.code)) return answer;
      last = answer.fault;
    } else {
      const { final, lines } = answer.value;
      const refusal = refusalOf(final);
      const state = firstText(lines, '+CPIN') ?? '';
      if (refusal === null && !/NOT READY|BUSY|NOT INSERTED|ABSENT|REMOVED/i.test(state)) return ok('ready');
      if (refusal === 'pin' || refusal === 'puk') return ok('ready');
      const now = clock.monotonic();
      if (refusal === 'busy' || /NOT READY|BUSY/i.test(state)) missingSince = null;
      else missingSince ??= now;
      if (missingSince !== null && now - missingSince >= BELIEVED_AFTER_MS) return ok('ready');
    }
    await pause(clock, LOOK_EVERY_MS, signal);
  }
  return fail(fault('sim.notReady', last?.details === undefined ? {} : { details: last.details }));
}
