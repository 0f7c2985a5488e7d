import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause } from '../base/clock.ts';
import { awaitSim } from './awaitSim.ts';
import { finalText, refusalOf } from './errors.ts';
import { GENERIC_RESTARTS, type SimRestart } from './families/family.ts';
import { familyOf } from './families/index.ts';
import type { AfterRestart, RefreshSim } from './modem.ts';
import { readIccid } from './readIccid.ts';
import { isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';

/** How long the card's own REFRESH is given to reach the modem, ms (ETSI TS 102 223 §6.4.7). */
const REFRESH_MS = 6_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Makes the modem start the SIM anew after a profile was enabled or disabled. Where the ICCID that it must show is known, it
 * is given some seconds first to follow the card's REFRESH by itself; and a way that did not bring it is followed by the next,
 * the last of which restarts the modem.
 * Faults: `modem.refused` where no way is taken, `sim.notReady`; those of the dialogue.
 */
export const refreshSim: RefreshSim = async (dialogue, { identity }, options = {}) => {
  const talk = talkOn(dialogue, options);
  const { iccid } = options;
  if (iccid !== undefined && (await showsWithin(talk, iccid, REFRESH_MS))) return awaitSim(talk);
  if (talk.signal?.aborted) return fail(fault('cancelled'));
  if (dialogue.closed) return ok('restarting');

  const refusals: string[] = [];
  let came: Result<AfterRestart> | null = null;
  for (const restart of familyOf(identity).restarts ?? GENERIC_RESTARTS) {
    // A restart of the modem is the last resort: not where the SIM has come back and nothing says that it is the wrong one.
    if (came !== null && iccid === undefined) break;
    const done = await start(talk, restart);
    if (!done.ok) return done;
    if (done.value.kind === 'refused') {
      refusals.push(done.value.details);
      continue;
    }
    if (done.value.kind === 'restarting') return ok('restarting');
    came = await awaitSim(talk);
    if (!came.ok && came.fault.code !== 'sim.notReady') return came;
    if (came.ok && (came.value === 'restarting' || iccid === undefined)) return came;
    if (iccid !== undefined && (await showsWithin(talk, iccid, REFRESH_MS))) return came;
    if (talk.signal?.aborted) return fail(fault('cancelled'));
  }
  return came ?? fail(fault('modem.refused', { details: refusals.join('; ') }));
};

type Started =
  | { readonly kind: 'done' }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'refused'; readonly details: string };

/** What was switched off is switched on again, whatever happens in between. */
async function start(talk: Talk, { commands, vanishes }: SimRestart): Promise<Result<Started>> {
  for (const [index, command] of commands.entries()) {
    if (index === 0 && talk.signal?.aborted) return fail(fault('cancelled'));
    const answer = await talk.dialogue.send(command, { timeoutMs: LIMIT.sim });
    if (!answer.ok) {
      if (answer.fault.code === 'port.vanished') return ok({ kind: 'restarting' });
      if (!isModemFault(answer.fault.code)) return answer;
      // It may have been done all the same.
      continue;
    }
    if (refusalOf(answer.value.final) !== null && index === 0) {
      return ok({ kind: 'refused', details: `${command.slice(2)}: ${finalText(answer.value.final)}` });
    }
  }
  return ok({ kind: vanishes ? 'restarting' : 'done' });
}

/** Whether the modem shows this ICCID, or none where it is null, within the time. */
async function showsWithin(talk: Talk, iccid: string | null, limitMs: number): Promise<boolean> {
  const { dialogue, clock, signal } = talk;
  const began = clock.monotonic();
  for (;;) {
    if (signal?.aborted || dialogue.closed) return false;
    const shown = await readIccid(dialogue, { clock, ...(signal === undefined ? {} : { signal }) });
    if (
      shown.ok
        ? iccid !== null && sameIccid(shown.value, iccid)
        : iccid === null && tellsNone(shown.fault.code)
    )
      return true;
    if (clock.monotonic() - began >= limitMs) return false;
    await pause(clock, LOOK_EVERY_MS, signal);
  }
}

/** Some modems leave the check digit out, or the padding in. */
function sameIccid(one: string, other: string): boolean {
  return (
    one === other ||
    (Math.min(one.length, other.length) >= 18 && (one.startsWith(other) || other.startsWith(one)))
  );
}

/** The modem answers, and has no ICCID to tell. */
function tellsNone(code: string): boolean {
  return code === 'modem.refused' || code === 'sim.missing' || code === 'sim.failure';
}
