import type { Chip, ChipChange, InstalledProfile } from '../../contract/chip.ts';
import { RESET_DIGITS } from '../../contract/chip.ts';
import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause } from '../base/clock.ts';
import type { DeviceSession } from './deviceSession.ts';

/** How long the modem may take to see the profile that was enabled, ms. */
const SEEN_LIMIT_MS = 30_000;
const SEEN_LOOK_MS = 1_500;

/** After these nobody knows whether the change was made, so the chip is asked. */
const UNCLEAR: ReadonlySet<FaultCode> = new Set([
  'chip.unconfirmed',
  'port.vanished',
  'port.failed',
  'modem.timeout',
  'modem.noAnswer',
  'modem.garbled',
  'euicc.unreadable',
]);

export interface ChipChanged {
  /** The chip as it was read back. */
  readonly chip: Chip;
  /** Of the profile that the modem uses now; null where it has none or does not tell. */
  readonly iccid: string | null;
}

/**
 * Changes one thing on the eUICC, makes the modem see it, and proves it by reading back: the profile's state, and for a profile that
 * was enabled the ICCID that the modem uses. A change whose answer was lost is not sent again; reading back says what became of it.
 * @param eid of the eUICC that is meant: a reset wants its last digits typed.
 * Faults: `chip.*`, `sim.notReady`, those of the room below.
 */
export async function changeOnChip(
  session: DeviceSession,
  change: ChipChange,
  eid: string,
): Promise<Result<ChipChanged>> {
  const { tools } = session;
  if (change.kind === 'reset' && !isConfirmed(change.typedDigits, eid))
    return fail(fault('chip.notConfirmed'));

  session.step(STEPS[change.kind]);
  const options = { signal: session.signal, memory: session.identified.memory };
  const sent = await tools.changeChip(session.dialogue, session.identified, change, options);
  if (!sent.ok && !UNCLEAR.has(sent.fault.code)) return sent;
  const lost = sent.ok ? null : sent.fault;

  const refreshed = await refresh(session, change, sent.ok ? sent.value : 'refreshSim', lost);
  if (!refreshed.ok) return refreshed;

  session.step('Reading back');
  const read = await tools.readChip(session.dialogue, session.identified, {
    signal: session.signal,
    memory: session.identified.memory,
  });
  if (!read.ok) return lost === null ? read : fail(unconfirmed(lost, read.fault));
  const holds = isSeen(change, read.value);
  if (holds === 'no') return fail(lost === null ? fault('chip.notProven') : notMade(lost));
  if (holds === 'cannotTell' && lost !== null) return fail(unconfirmed(lost, null));
  return seenByModem(session, change, read.value);
}

const STEPS: Readonly<Record<ChipChange['kind'], string>> = {
  enable: 'Enabling the profile',
  disable: 'Disabling the profile',
  delete: 'Deleting the profile',
  nickname: 'Naming the profile',
  defaultSmdp: 'Setting the SM-DP+ address',
  removeNotification: 'Removing the notification',
  reset: 'Resetting the eUICC',
};

/** Whether these are the last digits of this EID, or all of them. */
export function isConfirmed(typed: string, eid: string): boolean {
  const digits = typed.replace(/\s/g, '');
  return digits === eid || digits === eid.slice(-RESET_DIGITS);
}

/** Lets the modem see the card as it is now, over a restart where it needs one. */
async function refresh(
  session: DeviceSession,
  change: ChipChange,
  needed: 'nothing' | 'refreshSim',
  lost: Fault | null,
): Promise<Result<null>> {
  if (needed === 'nothing') return ok(null);
  session.step('Restarting the SIM');
  if (session.dialogue.closed) return session.comeBack();
  const refreshed = await session.tools.refreshSim(session.dialogue, session.identified, {
    signal: session.signal,
    // What the modem is to show once it sees the card as it is; not known where the change may not have been made.
    ...(lost === null ? { iccid: change.kind === 'enable' ? change.iccid : null } : {}),
  });
  if (refreshed.ok) {
    if (refreshed.value === 'ready') return session.identifyAgain();
    session.step('Waiting for the modem to restart');
    return session.comeBack();
  }
  // The card's own REFRESH may have made the modem restart.
  if (refreshed.fault.code === 'port.vanished' || session.dialogue.closed) {
    session.step('Waiting for the modem to restart');
    return session.comeBack();
  }
  return lost === null ? refreshed : fail(unconfirmed(lost, refreshed.fault));
}

/** Whether the chip, as read back, is as the change would have it. */
function isSeen(change: ChipChange, chip: Chip): 'yes' | 'no' | 'cannotTell' {
  const answer = (holds: boolean | null) => (holds === null ? 'cannotTell' : holds ? 'yes' : 'no');
  const profile = (holds: (found: InstalledProfile | undefined) => boolean) =>
    chip.profiles === null
      ? null
      : holds(chip.profiles.find(({ iccid }) => 'iccid' in change && iccid === change.iccid));
  switch (change.kind) {
    case 'enable':
      return answer(profile((found) => found?.state === 'enabled'));
    case 'disable':
      return answer(profile((found) => found?.state === 'disabled'));
    case 'delete':
      return answer(profile((found) => found === undefined));
    case 'nickname':
      return answer(profile((found) => (found?.nickname ?? '') === change.nickname));
    case 'defaultSmdp':
      return answer(
        chip.addresses === null
          ? null
          : (chip.addresses.defaultSmdp ?? '').toLowerCase() === change.address.toLowerCase(),
      );
    case 'removeNotification':
      return answer(
        chip.notifications === null
          ? null
          : !chip.notifications.some(({ sequenceNumber }) => sequenceNumber === change.sequenceNumber),
      );
    case 'reset':
      return answer(
        chip.profiles === null ? null : !chip.profiles.some((each) => each.profileClass === 'operational'),
      );
  }
}

/** The modem goes by the profile that is enabled now: asked for some time, since a SIM that restarts takes its time. */
async function seenByModem(
  session: DeviceSession,
  change: ChipChange,
  chip: Chip,
): Promise<Result<ChipChanged>> {
  const { tools, clock, signal } = session;
  const began = clock.monotonic();
  for (;;) {
    const asked = await tools.readIccid(session.dialogue, { signal });
    if (!asked.ok && (asked.fault.code === 'cancelled' || asked.fault.code.startsWith('port.'))) return asked;
    const iccid = asked.ok ? asked.value : null;
    if (change.kind !== 'enable' || iccid === change.iccid) return ok({ chip, iccid });
    if (clock.monotonic() - began > SEEN_LIMIT_MS) {
      // A modem that does not tell the ICCID cannot gainsay the eUICC.
      if (iccid === null) return ok({ chip, iccid });
      return fail(
        fault('chip.notProven', {
          message: 'The profile is enabled on the eUICC, but the modem still goes by another one.',
        }),
      );
    }
    session.step('Waiting for the modem to see the profile');
    await pause(clock, SEEN_LOOK_MS, signal);
    if (signal.aborted) return fail(fault('cancelled'));
  }
}

function unconfirmed(lost: Fault, later: Fault | null): Fault {
  if (later?.code === 'cancelled') return later;
  const details = [lost.details ?? lost.code, later?.details ?? later?.code].filter(Boolean).join('; ');
  return fault('chip.unconfirmed', { details });
}

/** The answer was lost, and reading back shows that nothing was changed. */
function notMade(lost: Fault): Fault {
  return fault('chip.refused', {
    message:
      'The eUICC did not make the change: its answer was lost, and reading back shows the state of before.',
    hint: 'Try again.',
    details: lost.details ?? lost.code,
  });
}
