import type { Device, DevicePhase } from '../../contract/device.ts';
import { type FaultCode, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';
import type { Identified, ModemMemory } from '../modem/modem.ts';
import { type Entry, keyOf } from './deviceEntry.ts';
import type { DeviceHistory } from './deviceHistory.ts';
import type { ModemTools } from './modemTools.ts';

/** Where what was learnt of a modem is kept between runs. */
export interface ModemMemoryStore {
  get(hardware: string): ModemMemory | undefined;
  put(hardware: string, memory: ModemMemory): void;
}

/** What a reading needs of the desk. */
export interface Reading {
  readonly tools: ModemTools;
  readonly clock: Clock;
  readonly memory: ModemMemoryStore;
  readonly history: DeviceHistory;
  phase(entry: Entry, phase: DevicePhase): void;
  change(entry: Entry, change: Partial<Device>): void;
  /** The modem has said who it is. */
  identified(entry: Entry, imei: string | null): void;
}

const ANOTHER_SLOT_MAY_HELP: ReadonlySet<FaultCode> = new Set([
  'sim.missing',
  'sim.failure',
  'euicc.none',
  'euicc.refused',
]);

/** `+CPIN?` states in which the SIM wants a PIN or PUK (3GPP TS 27.007 §8.3); `PIN2` guards other things. */
const LOCKED = /^SIM (PIN|PUK)$/;

/**
 * Reads a device over its open port: who it is, how its SIM is, the EID; then what is not needed to order: ICCID and slots.
 * Faults: those of `Identify` and `ReadEid`.
 */
export async function readDevice(reading: Reading, entry: Entry, signal: AbortSignal): Promise<Result<null>> {
  const { tools, clock, memory: store } = reading;
  const { dialogue } = entry;
  if (dialogue === null) return fail(fault('port.vanished'));
  const started = clock.monotonic();

  if (entry.identified === null || entry.stale) {
    reading.phase(entry, 'identifying');
    const memory = entry.hardware === null ? undefined : store.get(entry.hardware);
    const identified = await tools.identify(dialogue, { signal, ...(memory && { memory }) });
    if (!identified.ok) return identified;
    entry.identified = identified.value;
    entry.stale = false;
    const { identity, simState } = identified.value;
    reading.change(entry, { modem: identity, simState });
    reading.identified(entry, identity.imei);
    const locked = await readLock(reading, entry, dialogue, identified.value, signal);
    if (!locked.ok) return locked;
  }

  reading.phase(entry, 'readingEid');
  const read = await tools.readEid(dialogue, entry.identified, { signal, memory: entry.identified.memory });
  if (!read.ok) {
    // The SIM may have been changed or unlocked by the next time: ask the modem again.
    entry.stale = true;
    remember(reading, entry);
    // What is wanted may be in another slot.
    if (ANOTHER_SLOT_MAY_HELP.has(read.fault.code))
      await readSlots(reading, entry, dialogue, entry.identified, signal);
    return read;
  }
  const { eid, memory } = read.value;
  entry.identified = { ...entry.identified, memory };
  if (entry.hardware !== null) store.put(entry.hardware, memory);
  reading.change(entry, { eid: { ...eid, elapsedMs: Math.round(clock.monotonic() - started) } });
  remember(reading, entry);
  reading.phase(entry, 'ready');

  const iccid = await tools.readIccid(dialogue, { signal });
  reading.change(entry, { iccid: iccid.ok ? iccid.value : null });
  await readSlots(reading, entry, dialogue, entry.identified, signal);
  return ok(null);
}

async function readSlots(
  reading: Reading,
  entry: Entry,
  dialogue: AtDialogue,
  identified: Identified,
  signal: AbortSignal,
): Promise<void> {
  const slots = await reading.tools.readSlots(dialogue, identified, { signal });
  reading.change(entry, { slots: slots.ok ? slots.value : null });
}

/** Where the SIM asks for its PIN or PUK, what is known of that. */
async function readLock(
  reading: Reading,
  entry: Entry,
  dialogue: AtDialogue,
  identified: Identified,
  signal: AbortSignal,
): Promise<Result<null>> {
  const isLocked = LOCKED.test(identified.simState ?? '');
  const lock = isLocked ? await reading.tools.readSimLock(dialogue, identified, { signal }) : ok(null);
  if (!lock.ok && (lock.fault.code === 'cancelled' || lock.fault.code.startsWith('port.'))) return lock;
  reading.change(entry, { simLock: lock.ok ? lock.value : null });
  return ok(null);
}

/** What was done to this device before. */
function remember(reading: Reading, entry: Entry): void {
  const { history, verification } = reading.history.of(keyOf(entry.device));
  reading.change(entry, { history, verification });
}
