import type { SimLock } from '../../contract/device.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { refusalOf } from './errors.ts';
import type { PinTries } from './families/family.ts';
import { familyOf } from './families/index.ts';
import { known } from './families/numbers.ts';
import { fieldsOf, withoutPrefix } from './fields.ts';
import type { Identified, ReadSimLock } from './modem.ts';
import { askSimState } from './simState.ts';
import { ask, isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';

const NOT_TOLD: PinTries = { pin: null, puk: null };

/** Reads whether the SIM asks for its PIN or PUK, and how many tries are left. Faults: `port.*`, `cancelled`. */
export const readSimLock: ReadSimLock = async (dialogue, identified, options = {}) => {
  return simLockOf(talkOn(dialogue, options), identified);
};

export async function simLockOf(talk: Talk, { identity }: Identified): Promise<Result<SimLock | null>> {
  const sim = await askSimState(talk);
  if (!sim.ok) return sim;
  const asksFor = asked(sim.value.state);
  if (asksFor === null) return ok(null);
  const tries = await triesLeft(talk, familyOf(identity).pinTries ?? null, asksFor);
  if (!tries.ok) return tries;
  return ok({ asksFor, pinTries: tries.value.pin, pukTries: tries.value.puk });
}

/** PIN2 and PUK2 guard other things. */
function asked(state: string | null): SimLock['asksFor'] | null {
  if (state === 'SIM PIN') return 'pin';
  return state === 'SIM PUK' ? 'puk' : null;
}

type OwnCommand = NonNullable<ReturnType<typeof familyOf>['pinTries']>;

/** By the maker's own command, else by `+CPINR` (TS 27.007 §8.65), whose wildcard some modems do not know. */
async function triesLeft(
  talk: Talk,
  own: OwnCommand | null,
  asksFor: SimLock['asksFor'],
): Promise<Result<PinTries>> {
  if (own !== null) {
    const lines = await linesOf(talk, own.command);
    if (!lines.ok) return lines;
    const tries = lines.value === null ? null : own.parse(lines.value, asksFor);
    if (tries !== null) return ok(tries);
  }
  const all = await linesOf(talk, 'AT+CPINR');
  if (!all.ok) return all;
  const tries = inCpinr(all.value ?? []);
  if (tries.pin !== null || tries.puk !== null) return ok(tries);
  const lines: string[] = [];
  for (const key of ['SIM PIN', 'SIM PUK']) {
    const one = await linesOf(talk, `AT+CPINR="${key}"`);
    if (!one.ok) return one;
    lines.push(...(one.value ?? []));
  }
  return ok(inCpinr(lines));
}

async function linesOf(talk: Talk, command: string): Promise<Result<readonly string[] | null>> {
  const answer = await ask(talk, command, { timeoutMs: LIMIT.own });
  if (!answer.ok) return isModemFault(answer.fault.code) ? ok(null) : fail(answer.fault);
  return ok(refusalOf(answer.value.final) === null ? answer.value.lines : null);
}

/** `+CPINR: "SIM PIN",3,3`, a line each; the last number, where it is, is what there was at first. */
export function inCpinr(lines: readonly string[]): PinTries {
  let { pin, puk } = NOT_TOLD;
  for (const line of lines) {
    const [key, left] = fieldsOf(withoutPrefix(line, '+CPINR'));
    const tries = /^\d{1,3}$/.test(left ?? '') ? known(Number(left)) : null;
    if (key?.toUpperCase() === 'SIM PIN') pin ??= tries;
    if (key?.toUpperCase() === 'SIM PUK') puk ??= tries;
  }
  return { pin, puk };
}
