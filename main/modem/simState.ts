import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { type Refusal, refusalOf, refusedFault, simStateFault } from './errors.ts';
import { firstText, withoutPrefix } from './fields.ts';
import { ask, isModemFault, LIMIT, type Talk } from './talk.ts';

/** How often a bare `ERROR` to `+CPIN?` is asked about again. */
const BARE_REPEATS = 3;
const TELLS_OF_SIM: ReadonlySet<Refusal> = new Set(['noSim', 'pin', 'puk', 'busy', 'simFailure']);

export interface SimState {
  /** As `+CPIN?` answers, in upper case; null where it does not. */
  readonly state: string | null;
  /** What keeps the SIM from being used. */
  readonly fault: Fault | null;
}

/**
 * Asks how the SIM is (`+CPIN?`, 3GPP TS 27.007 §8.3), again and again for some seconds while it is busy. That the modem does
 * not answer is no fault here. Faults: `port.*`, `cancelled`.
 */
export async function askSimState(talk: Talk): Promise<Result<SimState>> {
  let bare = 0;
  const answer = await ask(talk, 'AT+CPIN?', {
    timeoutMs: LIMIT.sim,
    isBusy({ final, lines }) {
      // A SIM that is starting up, on a modem that gives no reasons.
      if (final.kind === 'error') bare += 1;
      return (
        (final.kind === 'error' && bare <= BARE_REPEATS) ||
        lines.some((line) => /NOT READY|BUSY/i.test(withoutPrefix(line, '+CPIN')))
      );
    },
  });
  if (!answer.ok)
    return isModemFault(answer.fault.code) ? ok({ state: null, fault: null }) : fail(answer.fault);
  const { final } = answer.value;
  const refusal = refusalOf(final);
  if (refusal === null) {
    const state = firstText(answer.value.lines, '+CPIN')?.toUpperCase() ?? null;
    return ok({ state, fault: simStateFault(state) });
  }
  if (final.kind === 'error')
    return ok({ state: null, fault: fault('sim.failure', { details: '+CPIN: ERROR' }) });
  const state = refusal === 'pin' ? 'SIM PIN' : refusal === 'puk' ? 'SIM PUK' : null;
  return ok({ state, fault: TELLS_OF_SIM.has(refusal) ? refusedFault('+CPIN', final) : null });
}
