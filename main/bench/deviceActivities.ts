import type { Chip, ChipChange } from '../../contract/chip.ts';
import type { ActivityKind } from '../../contract/device.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { changeOnChip, isConfirmed } from './changeOnChip.ts';
import { changeWords, profileName } from './chipWords.ts';
import type { ActivityDevice, DeviceDesk } from './deviceDesk.ts';
import { type DeviceSession, RESTART_LIMIT_MS } from './deviceSession.ts';
import { verificationFault, verificationWords } from './verificationWords.ts';

/** How long a profile may take to be registered, ms. */
export const VERIFY_LIMIT_MS = 180_000;

/** Reads the eUICC's state into the device. */
export function readChip(desk: DeviceDesk, id: string): Promise<Result<null>> {
  return desk.activity(id, 'readChip', null, async (session, device) => {
    session.step('Reading the eUICC');
    return readInto(session, device);
  });
}

/** Changes one thing on the eUICC, and proves it; both ends are in the device's history. */
export async function changeChip(desk: DeviceDesk, id: string, change: ChipChange): Promise<Result<null>> {
  const before = desk.device(id);
  const eid = before?.eid?.value;
  if (before === undefined) return fail(fault('port.notFound'));
  if (eid === undefined) return fail(before.fault ?? fault('euicc.none'));
  const refused = refusedAhead(change, before.chip, eid);
  if (refused !== null) return fail(refused);
  const what = changeWords(change, profileName(before.chip, change));
  const result = await desk.activity(id, 'changeChip', RESTART_LIMIT_MS, async (session, device) => {
    const changed = await changeOnChip(session, change, eid);
    if (!changed.ok) {
      // The window is to show what is there, not what was there before.
      if (!session.signal.aborted && !session.dialogue.closed) await readInto(session, device);
      return changed;
    }
    device.change({ chip: changed.value.chip, iccid: changed.value.iccid });
    return ok(null);
  });
  noteEnd(desk, id, 'changeChip', what, result);
  return result;
}

/** What the eUICC would refuse anyway, said before it is asked: nothing is sent. */
function refusedAhead(change: ChipChange, chip: Chip | null, eid: string): Fault | null {
  if (change.kind === 'reset')
    return isConfirmed(change.typedDigits, eid) ? null : fault('chip.notConfirmed');
  if (change.kind !== 'delete') return null;
  const profile = chip?.profiles?.find(({ iccid }) => iccid === change.iccid);
  return profile?.state === 'enabled'
    ? fault('chip.wrongState', {
        message: 'An enabled profile cannot be deleted.',
        hint: 'Disable it first, then delete it.',
      })
    : null;
}

async function readInto(session: DeviceSession, device: ActivityDevice): Promise<Result<null>> {
  const { dialogue, identified, signal } = session;
  const chip = await session.tools.readChip(dialogue, identified, { signal, memory: identified.memory });
  if (!chip.ok) return chip;
  device.change({ chip: chip.value });
  return ok(null);
}

/** A signed notification, as hex. */
export function retrieveNotification(
  desk: DeviceDesk,
  id: string,
  sequenceNumber: number,
): Promise<Result<{ hex: string }>> {
  return desk.activity(id, 'readNotification', null, async (session) => {
    session.step('Reading the notification');
    const { dialogue, identified, signal } = session;
    const hex = await session.tools.retrieveNotification(dialogue, identified, sequenceNumber, {
      signal,
      memory: identified.memory,
    });
    return hex.ok ? ok({ hex: hex.value }) : hex;
  });
}

/** Unlocks the SIM, then reads the device anew. PIN and PUK are sent once and kept nowhere. */
export async function unlockSim(
  desk: DeviceDesk,
  id: string,
  key: { readonly pin: string } | { readonly puk: string; readonly newPin: string },
): Promise<Result<null>> {
  const result = await desk.activity(id, 'unlockSim', null, async (session, device) => {
    session.step('Unlocking the SIM');
    const { dialogue, identified, signal } = session;
    const unlocked = await session.tools.unlockSim(dialogue, identified, key, { signal });
    const lock = unlocked.ok ? ok(null) : await session.tools.readSimLock(dialogue, identified, { signal });
    if (lock.ok) device.change({ simLock: lock.value });
    return unlocked;
  });
  noteEnd(
    desk,
    id,
    'unlockSim',
    'pin' in key ? 'SIM unlocked with its PIN' : 'SIM unblocked with its PUK',
    result,
  );
  if (result.ok) desk.read(id, true);
  return result;
}

/** Makes another slot the active one, then reads the device anew. */
export async function switchSlot(desk: DeviceDesk, id: string, slot: number): Promise<Result<null>> {
  const count = desk.device(id)?.slots?.count;
  if (count !== undefined && slot > count) {
    return fail(fault('usage.invalid', { message: `This modem has ${count} slots.` }));
  }
  const result = await desk.activity(id, 'switchSlot', RESTART_LIMIT_MS, async (session, device) => {
    session.step(`Switching to slot ${slot}`);
    const { dialogue, identified, signal } = session;
    const switched = await session.tools.switchSlot(dialogue, identified, slot, { signal });
    if (!switched.ok) return switched;
    // What is in the other slot is another card.
    device.change({ chip: null, iccid: null, simLock: null, eid: null });
    if (switched.value === 'ready') return session.identifyAgain();
    session.step('Waiting for the modem to restart');
    return session.comeBack();
  });
  noteEnd(desk, id, 'switchSlot', `Switched to slot ${slot}`, result);
  if (result.ok) desk.read(id, true);
  return result;
}

/** Waits until the profile is registered, and keeps what was found as the proof. A profile that is not registered is a fault. */
export async function verify(desk: DeviceDesk, id: string): Promise<Result<null>> {
  return desk.activity(id, 'verify', VERIFY_LIMIT_MS, async (session) => {
    const { dialogue, identified, signal } = session;
    const found = await session.tools.verify(dialogue, identified, {
      signal,
      limitMs: VERIFY_LIMIT_MS,
      onStep: session.step,
    });
    if (!found.ok) return found;
    const problem = verificationFault(found.value);
    desk.note(
      id,
      { kind: 'verify', done: problem === null, note: verificationWords(found.value) },
      found.value,
    );
    // What was found is shown as it is; nothing failed.
    return ok(null);
  });
}

function noteEnd(
  desk: DeviceDesk,
  id: string,
  kind: ActivityKind,
  what: string,
  result: Result<unknown>,
): void {
  if (!result.ok && NOT_WORTH_A_LINE.has(result.fault.code)) return;
  const note = result.ok ? `${what}.` : `${what}: ${result.fault.message}`;
  desk.note(id, { kind, done: result.ok, note: note.slice(0, 300) });
}

/** Nothing was begun. */
const NOT_WORTH_A_LINE: ReadonlySet<Fault['code']> = new Set([
  'device.busy',
  'port.notFound',
  'chip.notConfirmed',
]);
