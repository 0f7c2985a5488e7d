import { fail, ok } from '../../contract/result.ts';
import { refusalOf } from './errors.ts';
import { asSlots } from './families/family.ts';
import { familyOf } from './families/index.ts';
import type { ReadSlots } from './modem.ts';
import { ask, isModemFault, LIMIT, talkOn } from './talk.ts';

/**
 * Reads which SIM slot is the active one, by the command of the modem's maker. Null where none is known, and where the modem
 * refuses or does not answer it: then it has one slot. Faults: `port.*`, `cancelled`.
 */
export const readSlots: ReadSlots = async (dialogue, { identity }, options = {}) => {
  const { slots } = familyOf(identity);
  if (slots === undefined) return ok(null);
  const talk = talkOn(dialogue, options);
  const answer = await ask(talk, slots.read, { timeoutMs: LIMIT.own });
  if (!answer.ok) return isModemFault(answer.fault.code) ? ok(null) : fail(answer.fault);
  if (refusalOf(answer.value.final) !== null) return ok(null);
  const active = slots.parse(answer.value.lines);
  return ok(active === null ? null : asSlots(active, slots.labels));
};
