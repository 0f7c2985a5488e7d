import type { SimLock } from '../../contract/device.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause } from '../base/clock.ts';
import { finalText, refusalOf, refusedFault } from './errors.ts';
import type { Identified, UnlockSim } from './modem.ts';
import { simLockOf } from './readSimLock.ts';
import { isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';

/** A key that was accepted may still show as asked for: the SIM reads its files first, ms. */
const SETTLE_MS = 10_000;
const LOOK_EVERY_MS = 500;

/**
 * Sends PIN, or PUK and new PIN (`+CPIN=`, 3GPP TS 27.007 §8.3), once: nothing is repeated after a time-out or where the SIM is
 * busy, since each wrong one counts. It is sent only while the SIM asks for it, and never written to a log.
 * Faults: `sim.pinWrong`, `sim.pukWrong`, `sim.puk` where the SIM is blocked now; `sim.*` and `modem.*` as the modem answers; those
 * of the dialogue.
 */
export const unlockSim: UnlockSim = async (dialogue, identified, key, options = {}) => {
  if (!isWellFormed(key)) return fail(fault('internal', { details: 'A PIN has 4 to 8 digits, a PUK 8.' }));
  const talk = talkOn(dialogue, options);
  const before = await simLockOf(talk, identified);
  if (!before.ok) return before;
  if (before.value === null) return ok(null);
  const kind = 'pin' in key ? 'pin' : 'puk';
  if (before.value.asksFor !== kind) {
    return fail(fault(before.value.asksFor === 'puk' ? 'sim.puk' : 'sim.pin'));
  }
  if (talk.signal?.aborted) return fail(fault('cancelled'));

  const command = 'pin' in key ? `AT+CPIN="${key.pin}"` : `AT+CPIN="${key.puk}","${key.newPin}"`;
  // Not broken off: whether it was wrong must be known.
  const answer = await dialogue.send(command, { timeoutMs: LIMIT.sim, logAs: 'AT+CPIN=****' });
  if (!answer.ok) return answer;
  const refusal = refusalOf(answer.value.final);
  if (refusal === null) return settled(talk, identified, kind);
  const details = `+CPIN: ${finalText(answer.value.final)}`;
  // A bare ERROR gives no reason; the tries that are left may.
  const isWrong =
    refusal === 'wrongKey' || (refusal === 'unsupported' && answer.value.final.kind === 'error');
  if (!isWrong && refusal !== 'puk') return fail(refusedFault('+CPIN', answer.value.final));
  const after = await simLockOf(talk, identified);
  if (!after.ok) return after;
  return wrong(kind, before.value, after.value, details, refusal === 'unsupported');
};

type Key = Parameters<UnlockSim>[2];

function isWellFormed(key: Key): boolean {
  const isPin = (text: string) => /^\d{4,8}$/.test(text);
  return 'pin' in key ? isPin(key.pin) : /^\d{8}$/.test(key.puk) && isPin(key.newPin);
}

function wrong(
  kind: 'pin' | 'puk',
  before: SimLock,
  after: SimLock | null,
  details: string,
  withoutReason: boolean,
): Result<null> {
  if (after === null) return ok(null);
  if (kind === 'pin' && after.asksFor === 'puk') return fail(fault('sim.puk', { details }));
  const [had, has] = kind === 'pin' ? [before.pinTries, after.pinTries] : [before.pukTries, after.pukTries];
  const left = has === null ? '' : `; ${has} left`;
  // It was refused without being counted: the command, not the key.
  if (withoutReason && had !== null && had === has)
    return fail(fault('modem.refused', { details: `${details}${left}` }));
  return fail(wrongFault(kind, `${details}${left}`));
}

function wrongFault(kind: 'pin' | 'puk', details: string): Fault {
  return fault(kind === 'pin' ? 'sim.pinWrong' : 'sim.pukWrong', { details });
}

/** `OK` means accepted; the state follows. */
async function settled(talk: Talk, identified: Identified, kind: 'pin' | 'puk'): Promise<Result<null>> {
  const began = talk.clock.monotonic();
  while (talk.clock.monotonic() - began < SETTLE_MS) {
    const lock = await simLockOf(talk, identified);
    if (!lock.ok) return isModemFault(lock.fault.code) ? ok(null) : lock;
    if (lock.value === null) return ok(null);
    if (kind === 'pin' && lock.value.asksFor === 'puk') return fail(fault('sim.puk'));
    await pause(talk.clock, LOOK_EVERY_MS, talk.signal);
    if (talk.signal?.aborted) return fail(fault('cancelled'));
  }
  return fail(wrongFault(kind, 'The SIM asks for it still.'));
}
