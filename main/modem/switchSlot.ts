import { fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import { awaitSim } from './awaitSim.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { familyOf } from './families/index.ts';
import type { SwitchSlot } from './modem.ts';
import { ask, LIMIT, talkOn } from './talk.ts';

/** Some modems restart a moment after their `OK`. */
const SETTLE_MS = 3_000;

/**
 * Makes another SIM slot the active one, and waits until the SIM in it answers. What is under way on the network ends.
 * Faults: `slot.unknown` where it is not known how this modem does it; `modem.refused`, `sim.notReady`; those of the dialogue.
 */
export const switchSlot: SwitchSlot = async (dialogue, { identity }, slot, options = {}) => {
  const { slots } = familyOf(identity);
  if (slots === undefined || !Number.isInteger(slot) || slot < 1 || slot > slots.labels.length) {
    return fail(fault('slot.unknown'));
  }
  const talk = talkOn(dialogue, options);
  const command = slots.set(slot);
  const answer = await ask(talk, command, { timeoutMs: LIMIT.sim });
  if (!answer.ok) return answer.fault.code === 'port.vanished' ? ok('restarting') : answer;
  if (refusalOf(answer.value.final) !== null) return fail(refusedFault(nameOf(command), answer.value.final));
  return awaitSim(talk, SETTLE_MS);
};

/** `AT+GTDUALSIM=1` → `+GTDUALSIM`. */
function nameOf(command: string): string {
  return command.replace(/^AT/i, '').replace(/=.*$/, '');
}
