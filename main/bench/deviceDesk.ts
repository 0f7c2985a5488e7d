import type { ActivityKind, Device, DeviceEvent, DevicePhase } from '../../contract/device.ts';
import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import { DEFAULT_BAUD_RATE } from '../../contract/port.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Verification } from '../../contract/verification.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { type Clock, pause } from '../base/clock.ts';
import type { Identified, ModemMemory } from '../modem/modem.ts';
import type { Serial } from '../serial/serial.ts';
import { UsbHardware } from '../serial/usbHardware.ts';
import type { DeviceHistory } from './deviceHistory.ts';
import { type DeviceSession, RESTART_LIMIT_MS, RESTART_LOOK_MS } from './deviceSession.ts';
import { candidateOf, type FoundAtPort, findAtPort } from './findAtPort.ts';
import type { ModemTools } from './modemTools.ts';

/** Where what was learnt of a modem is kept between runs. */
export interface ModemMemoryStore {
  get(hardware: string): ModemMemory | undefined;
  put(hardware: string, memory: ModemMemory): void;
}

export interface DeviceDeskOptions {
  readonly serial: Serial;
  readonly modemTools: ModemTools;
  readonly memory: ModemMemoryStore;
  readonly history: DeviceHistory;
  readonly clock: Clock;
  /** Called with all devices after each change. */
  readonly publish: (devices: Device[]) => void;
  /** Whether an order names this EID: such a device stays in sight when it is unplugged. */
  readonly isOrderedFor: (eid: string) => boolean;
  /** Asks for the list of ports once more, to be told with {@link DeviceDesk.portsListed}. */
  readonly lookAgain: () => void;
}

/** When the ports are looked at again after a device has gone: by then the system has noticed, too. */
const LOOK_AGAIN_MS = 1_200;

/**
 * Faults that go away by themselves soon after a device was plugged in: another program (ModemManager) lets go of the port, the
 * system sets its permissions, the modem finishes to boot. Tried again by the bench, so that nobody has to.
 */
const RETRIES: Partial<Record<FaultCode, { readonly everyMs: number; readonly times: number }>> = {
  'port.busy': { everyMs: 3_000, times: 10 },
  'port.forbidden': { everyMs: 1_000, times: 3 },
  'modem.noAnswer': { everyMs: 5_000, times: 3 },
  'sim.busy': { everyMs: 3_000, times: 3 },
  // A port added by its path need not be in the system's list, so it is looked for.
  'port.vanished': { everyMs: 2_000, times: 30 },
  'port.notFound': { everyMs: 2_000, times: 30 },
};

/** What an activity sees of its device and may change. */
export interface ActivityDevice {
  device(): Device;
  change(change: Partial<Pick<Device, 'chip' | 'iccid' | 'slots' | 'simLock'>>): void;
}

interface Work {
  abort(): void;
  /** Resolves once the work is over and has let go of its ports. */
  readonly done: Promise<void>;
}

interface Entry {
  /** USB identity of the hardware; null for a port added by hand. */
  readonly hardware: string | null;
  /** Ports to try, in the system's order. */
  paths: string[];
  baudRate: number;
  device: Device;
  identified: Identified | null;
  /** The modem is to be asked anew before the next reading. */
  stale: boolean;
  dialogue: AtDialogue | null;
  /** What is under way; null when nothing is. */
  work: Work | null;
  /** An activity may make the modem restart, and then waits for its port: that it goes is no loss. */
  restarting: boolean;
  retriesLeft: Map<FaultCode, number>;
  stopRetry: () => void;
}

/**
 * The devices at the bench: made from ports that come and go, each read as soon as it is there. A device keeps its id
 * over unplugging, another port and another USB socket, as long as its IMEI (or USB serial number) is the same.
 */
export class DeviceDesk {
  readonly #options: DeviceDeskOptions;
  #entries: Entry[] = [];
  #nextId = 1;
  readonly #hardware = new UsbHardware();
  /** Ports as they were listed last, by path; also those that are gone. */
  readonly #listed = new Map<string, Port>();
  #stopped = false;
  /** Ports that are being let go of: opening one of them again before it is closed would find it busy. */
  readonly #endings = new Set<Promise<void>>();
  /** Hardware that went away by itself and left the list. */
  readonly #lostHardware = new Set<string>();
  readonly #stopLooks = new Set<() => void>();

  constructor(options: DeviceDeskOptions) {
    this.#options = options;
  }

  /** The ports of a device that are there now, as they were listed. */
  portsOf(id: string): Port[] {
    return (this.#entry(id)?.paths ?? []).flatMap((path) => this.#listed.get(path) ?? []);
  }

  device(id: string): Device | undefined {
    return this.#entry(id)?.device;
  }

  /**
   * Ports that have appeared. Those that share a USB identity are one device.
   * @param present all ports that are there now.
   */
  portsArrived(ports: readonly Port[], present: readonly Port[] = ports): void {
    for (const port of ports) this.#listed.set(port.path, port);
    for (const port of ports) {
      const byHand = this.#entries.find((e) => e.hardware === null && e.paths.includes(port.path));
      if (byHand !== undefined) {
        if (byHand.device.phase === 'gone' || byHand.device.phase === 'failed') this.#attach(byHand);
        continue;
      }
      const hardware = this.#hardware.nameOf(port, present);
      if (hardware === null) continue;
      this.#lostHardware.delete(hardware);
      const known = this.#entries.find((e) => e.hardware === hardware);
      if (known === undefined) {
        this.#attach(this.#add({ hardware, path: port.path, baudRate: DEFAULT_BAUD_RATE, port }));
      } else {
        if (!known.paths.includes(port.path)) known.paths.push(port.path);
        if (known.dialogue === null && known.work === null && !known.restarting) this.#attach(known);
      }
    }
  }

  /**
   * All ports that are there now. A device that was pulled and plugged in again between two listings has neither gone nor
   * arrived for the list, though its port was closed under us: it is attached again.
   */
  portsListed(ports: readonly Port[]): void {
    for (const port of ports) {
      const hardware = this.#hardware.nameOf(port, ports);
      if (hardware === null) continue;
      const known = this.#entries.find((e) => e.hardware === hardware);
      if (known === undefined ? this.#lostHardware.has(hardware) : known.device.phase === 'gone')
        this.portsArrived([port], ports);
    }
  }

  portsRemoved(paths: readonly string[]): void {
    for (const entry of [...this.#entries]) {
      const used = entry.dialogue?.path ?? entry.device.port.path;
      const lostIts = paths.includes(used);
      if (entry.hardware !== null) entry.paths = entry.paths.filter((path) => !paths.includes(path));
      if (entry.restarting) continue;
      if (lostIts || entry.paths.length === 0) this.#gone(entry);
    }
  }

  /** A port given by its path, listed or not. Gives the device's id at once; its state follows. */
  addPort(path: string, baudRate: number): Result<{ deviceId: string }> {
    const existing = this.#entries.find((e) => e.device.port.path === path && e.device.phase !== 'gone');
    if (existing !== undefined) {
      if (existing.dialogue === null || existing.hardware === null) {
        existing.baudRate = baudRate;
        this.#change(existing, { port: { path, baudRate } });
        this.#attach(existing);
      }
      return ok({ deviceId: existing.device.id });
    }
    const entry = this.#add({ hardware: null, path, baudRate, port: null });
    this.#attach(entry);
    return ok({ deviceId: entry.device.id });
  }

  remove(id: string): Result<null> {
    const entry = this.#entry(id);
    if (entry !== undefined) this.#drop(entry);
    this.#publish();
    return ok(null);
  }

  /**
   * Reads the device again: the EID alone where the dialogue is open and the modem known, else all of it.
   * @param anew the SIM may be another one, or in another state: the modem is asked about it, too.
   */
  read(id: string, anew = false): Result<null> {
    const entry = this.#entry(id);
    if (entry === undefined) return fail(fault('port.notFound'));
    if (entry.work === null) {
      entry.retriesLeft.clear();
      if (anew) entry.stale = true;
      if (entry.dialogue !== null && !entry.dialogue.closed)
        this.#work(entry, (signal) => this.#readAll(entry, signal));
      else this.#attach(entry);
    }
    return ok(null);
  }

  /** Stops what is under way on the device. */
  cancel(id: string): Result<null> {
    const entry = this.#entry(id);
    entry?.stopRetry();
    entry?.work?.abort();
    return ok(null);
  }

  /**
   * Does something on a device that answers, one thing at a time, over a restart of its modem too. It is shown while it lasts, and
   * its fault after it. Faults: `device.busy`, `port.notFound`, and those of `run`.
   * @param limitMs how long it may take, where that is long enough to be shown.
   */
  activity<T>(
    id: string,
    kind: ActivityKind,
    limitMs: number | null,
    run: (session: DeviceSession, entry: ActivityDevice) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const entry = this.#entry(id);
    if (entry === undefined) return Promise.resolve(fail(fault('port.notFound')));
    if (entry.work !== null) return Promise.resolve(fail(fault('device.busy')));
    const { dialogue, identified } = entry;
    if (dialogue === null || dialogue.closed || identified === null) {
      return Promise.resolve(fail(entry.device.fault ?? fault('modem.noAnswer')));
    }
    const { clock } = this.#options;
    entry.stopRetry();
    const since = clock.now();
    const until = limitMs === null ? null : since + limitMs;
    const step = (text: string) => {
      if (entry.work === work) this.#change(entry, { activity: { kind, step: text, since, until } });
    };
    const control = new AbortController();
    const session = this.#session(entry, control.signal, step);
    const view: ActivityDevice = {
      device: () => entry.device,
      change: (change) => this.#change(entry, change),
    };
    const finish = async (): Promise<Result<T>> => {
      const result = await run(session, view).catch((error: unknown) =>
        fail(fault('internal', { details: String(error) })),
      );
      entry.restarting = false;
      if (entry.work !== work) return result;
      entry.work = null;
      this.#change(entry, { activity: null, activityFault: result.ok ? null : result.fault });
      if (entry.dialogue === null || entry.dialogue.closed) this.#gone(entry);
      return result;
    };
    const result = Promise.resolve().then(finish);
    const work: Work = { abort: () => control.abort(), done: result.then(() => undefined) };
    entry.work = work;
    entry.restarting = MAY_RESTART.has(kind);
    this.#change(entry, { activity: { kind, step: '', since, until }, activityFault: null });
    return result;
  }

  /** Writes a line into the device's history; that it cannot be written is shown, and ends nothing. */
  note(id: string, event: Omit<DeviceEvent, 'at'>, verification?: Verification): void {
    const entry = this.#entry(id);
    if (entry === undefined) return;
    const line: DeviceEvent = { at: this.#options.clock.now(), ...event };
    const written = this.#options.history.add(keyOf(entry.device), line, verification);
    this.#change(entry, {
      history: [line, ...entry.device.history].slice(0, 50),
      ...(verification === undefined ? {} : { verification }),
      ...(written.ok ? {} : { activityFault: written.fault }),
    });
  }

  /** Ends everything and closes every port. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#stopLooks) stop();
    for (const entry of [...this.#entries]) this.#drop(entry);
    await Promise.all(this.#endings);
  }

  #entry(id: string): Entry | undefined {
    return this.#entries.find((e) => e.device.id === id);
  }

  #add(of: { hardware: string | null; path: string; baudRate: number; port: Port | null }): Entry {
    const entry: Entry = {
      hardware: of.hardware,
      paths: [of.path],
      baudRate: of.baudRate,
      device: {
        id: `device-${this.#nextId++}`,
        phase: 'opening',
        since: this.#options.clock.now(),
        port: { path: of.path, baudRate: of.baudRate },
        usb: {
          manufacturer: of.port?.manufacturer ?? null,
          product: of.port?.product ?? null,
          vendorId: of.port?.vendorId ?? null,
          productId: of.port?.productId ?? null,
          serialNumber: of.port?.serialNumber ?? null,
        },
        modem: null,
        simState: null,
        iccid: null,
        eid: null,
        fault: null,
        simLock: null,
        slots: null,
        chip: null,
        activity: null,
        activityFault: null,
        verification: null,
        history: [],
        addedByHand: of.hardware === null,
      },
      identified: null,
      stale: false,
      dialogue: null,
      work: null,
      restarting: false,
      retriesLeft: new Map(),
      stopRetry: () => undefined,
    };
    this.#entries.push(entry);
    return entry;
  }

  /** `quiet`: the fault that is shown stays until there is something better to show. */
  #attach(entry: Entry, quiet = false): void {
    this.#work(entry, async (signal) => {
      if (!quiet) this.#phase(entry, 'opening');
      this.#closePort(entry);
      await Promise.all(this.#endings);
      const found = await this.#find(entry, signal);
      if (!found.ok) return found;
      if (signal.aborted) {
        await found.value.dialogue.close();
        return fail(fault('cancelled'));
      }
      this.#opened(entry, found.value);
      return this.#readAll(entry, signal);
    });
  }

  /** Runs one piece of work on a device, after the one before has ended, and puts its fault where the technician sees it. */
  #work(entry: Entry, run: (signal: AbortSignal) => Promise<Result<null>>): void {
    entry.stopRetry();
    const before = entry.work;
    before?.abort();
    const control = new AbortController();
    const finish = async (): Promise<void> => {
      await before?.done;
      const result = control.signal.aborted
        ? fail(fault('cancelled'))
        : await run(control.signal).catch((error: unknown) =>
            fail(fault('internal', { details: String(error) })),
          );
      if (entry.work !== work) return;
      entry.work = null;
      if (result.ok) entry.retriesLeft.clear();
      else this.#failed(entry, result.fault);
    };
    const work: Work = { abort: () => control.abort(), done: Promise.resolve().then(finish) };
    entry.work = work;
  }

  #session(entry: Entry, signal: AbortSignal, step: (text: string) => void): DeviceSession {
    const { clock, modemTools } = this.#options;
    const current = (): { dialogue: AtDialogue; identified: Identified } => {
      const { dialogue, identified } = entry;
      if (dialogue !== null && identified !== null) last = { dialogue, identified };
      return last;
    };
    const { dialogue, identified } = entry;
    if (dialogue === null || identified === null) throw new Error('the device is not open');
    let last = { dialogue, identified };

    const identifyAgain = async (): Promise<Result<null>> => {
      const { memory } = current().identified;
      const again = await modemTools.identify(current().dialogue, { signal, memory });
      if (!again.ok) return again;
      entry.identified = { ...again.value, memory };
      this.#change(entry, { modem: again.value.identity, simState: again.value.simState });
      return ok(null);
    };
    return {
      tools: modemTools,
      clock,
      signal,
      step,
      get dialogue() {
        return current().dialogue;
      },
      get identified() {
        return current().identified;
      },
      identifyAgain,
      comeBack: async () => {
        const began = clock.monotonic();
        await current().dialogue.close();
        for (;;) {
          // A modem that is still shutting down may answer a last time.
          await pause(clock, RESTART_LOOK_MS, signal);
          if (signal.aborted) return fail(fault('cancelled'));
          const found = await this.#find(entry, signal);
          if (found.ok) {
            this.#opened(entry, found.value);
            const again = await identifyAgain();
            if (again.ok) return again;
            await found.value.dialogue.close();
          }
          if (clock.monotonic() - began > RESTART_LIMIT_MS) return fail(fault('port.vanished'));
        }
      },
    };
  }

  #find(entry: Entry, signal: AbortSignal): Promise<Result<FoundAtPort>> {
    const { serial, modemTools, clock } = this.#options;
    const candidates = entry.paths.map((path) =>
      candidateOf(path, this.#listed.get(path) ?? null, entry.hardware === null),
    );
    return findAtPort(serial, modemTools, candidates, { baudRate: entry.baudRate, clock, signal });
  }

  /** An open dialogue becomes the device's. */
  #opened(entry: Entry, { dialogue, baudRate }: FoundAtPort): void {
    entry.dialogue = dialogue;
    entry.baudRate = baudRate;
    dialogue.onClosed((reason) => {
      if (reason !== null && entry.dialogue === dialogue) this.#lost(entry, reason);
    });
    this.#change(entry, { port: { path: dialogue.path, baudRate: entry.baudRate } });
  }

  async #readAll(entry: Entry, signal: AbortSignal): Promise<Result<null>> {
    const dialogue = entry.dialogue;
    if (dialogue === null) return fail(fault('port.vanished'));
    const tools = this.#options.modemTools;
    const started = this.#options.clock.monotonic();

    if (entry.identified === null || entry.stale) {
      this.#phase(entry, 'identifying');
      const memory = entry.hardware === null ? undefined : this.#options.memory.get(entry.hardware);
      const identified = await tools.identify(dialogue, { signal, ...(memory && { memory }) });
      if (!identified.ok) return identified;
      entry.identified = identified.value;
      entry.stale = false;
      const { identity, simState } = identified.value;
      this.#change(entry, { modem: identity, simState });
      this.#takeOver(entry, identity.imei);
      const locked = await this.#readLock(entry, dialogue, identified.value, signal);
      if (!locked.ok) return locked;
    }

    this.#phase(entry, 'readingEid');
    const read = await tools.readEid(dialogue, entry.identified, { signal, memory: entry.identified.memory });
    if (!read.ok) {
      // The SIM may have been changed or unlocked by the next time: ask the modem again.
      entry.stale = true;
      this.#remember(entry);
      // What is wanted may be in another slot.
      if (ANOTHER_SLOT_MAY_HELP.has(read.fault.code))
        await this.#readSlots(entry, dialogue, entry.identified, signal);
      return read;
    }
    const { eid, memory } = read.value;
    entry.identified = { ...entry.identified, memory };
    if (entry.hardware !== null) this.#options.memory.put(entry.hardware, memory);
    this.#change(entry, {
      eid: { ...eid, elapsedMs: Math.round(this.#options.clock.monotonic() - started) },
    });
    this.#remember(entry);
    this.#phase(entry, 'ready');

    // Not needed to order, so it comes after the device is ready.
    const iccid = await tools.readIccid(dialogue, { signal });
    this.#change(entry, { iccid: iccid.ok ? iccid.value : null });
    await this.#readSlots(entry, dialogue, entry.identified, signal);
    return ok(null);
  }

  async #readSlots(
    entry: Entry,
    dialogue: AtDialogue,
    identified: Identified,
    signal: AbortSignal,
  ): Promise<void> {
    const slots = await this.#options.modemTools.readSlots(dialogue, identified, { signal });
    this.#change(entry, { slots: slots.ok ? slots.value : null });
  }

  /** Where the SIM asks for its PIN or PUK, what is known of that. */
  async #readLock(
    entry: Entry,
    dialogue: AtDialogue,
    identified: Identified,
    signal: AbortSignal,
  ): Promise<Result<null>> {
    const isLocked = LOCKED.test(identified.simState ?? '');
    const lock = isLocked
      ? await this.#options.modemTools.readSimLock(dialogue, identified, { signal })
      : ok(null);
    if (!lock.ok && (lock.fault.code === 'cancelled' || lock.fault.code.startsWith('port.'))) return lock;
    this.#change(entry, { simLock: lock.ok ? lock.value : null });
    return ok(null);
  }

  /** What was done to this device before. */
  #remember(entry: Entry): void {
    const { history, verification } = this.#options.history.of(keyOf(entry.device));
    this.#change(entry, { history, verification });
  }

  /** The same modem on another port or USB socket is the same device: it takes the id of the one that went. */
  #takeOver(entry: Entry, imei: string | null): void {
    if (imei === null) return;
    const before = this.#entries.find(
      (e) => e !== entry && e.device.phase === 'gone' && e.device.modem?.imei === imei,
    );
    if (before === undefined) return;
    this.#entries = this.#entries.filter((e) => e !== before);
    this.#change(entry, { id: before.device.id });
  }

  #failed(entry: Entry, reason: Fault): void {
    if (reason.code === 'port.vanished' && entry.hardware !== null) {
      this.#gone(entry);
      return;
    }
    this.#change(entry, { fault: reason });
    this.#phase(entry, 'failed');
    const retry = RETRIES[reason.code];
    if (retry === undefined || this.#stopped) return;
    const left = entry.retriesLeft.get(reason.code) ?? retry.times;
    if (left === 0) return;
    entry.retriesLeft.set(reason.code, left - 1);
    entry.stopRetry = this.#options.clock.after(retry.everyMs, () => {
      if (this.#entries.includes(entry) && entry.work === null && entry.device.phase === 'failed')
        this.#attach(entry);
    });
  }

  /** The open port ended under us. */
  #lost(entry: Entry, reason: Fault): void {
    // What is under way sees it by itself, and knows whether it was to be expected.
    if (entry.device.activity !== null) return;
    if (entry.hardware !== null) this.#gone(entry);
    else {
      this.#letGo(entry);
      this.#failed(entry, reason);
    }
  }

  #gone(entry: Entry): void {
    this.#letGo(entry);
    const stopLook = this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#stopLooks.delete(stopLook);
      this.#options.lookAgain();
    });
    this.#stopLooks.add(stopLook);
    const eid = entry.device.eid?.value;
    const keep = entry.device.addedByHand || (eid !== undefined && this.#options.isOrderedFor(eid));
    if (!keep) {
      if (entry.hardware !== null) this.#lostHardware.add(entry.hardware);
      this.#drop(entry);
      this.#publish();
      return;
    }
    if (entry.device.phase === 'gone') return;
    this.#change(entry, { fault: fault('port.vanished') });
    this.#phase(entry, 'gone');
  }

  #drop(entry: Entry): void {
    this.#letGo(entry);
    this.#entries = this.#entries.filter((e) => e !== entry);
  }

  /** Ends what is under way on a device and closes its port. */
  #letGo(entry: Entry): void {
    entry.stopRetry();
    if (entry.work !== null) {
      entry.work.abort();
      this.#ending(entry.work.done);
      entry.work = null;
      entry.restarting = false;
      if (entry.device.activity !== null)
        this.#change(entry, { activity: null, activityFault: fault('port.vanished') });
    }
    this.#closePort(entry);
  }

  #closePort(entry: Entry): void {
    if (entry.dialogue !== null) this.#ending(entry.dialogue.close());
    entry.dialogue = null;
    entry.identified = null;
  }

  #ending(end: Promise<void>): void {
    this.#endings.add(end);
    void end.finally(() => this.#endings.delete(end));
  }

  #phase(entry: Entry, phase: DevicePhase): void {
    const keepsFault = phase === 'failed' || phase === 'gone';
    this.#change(entry, {
      phase,
      since: this.#options.clock.now(),
      ...(keepsFault ? {} : { fault: null }),
    });
  }

  #change(entry: Entry, change: Partial<Device>): void {
    entry.device = { ...entry.device, ...change };
    this.#publish();
  }

  #publish(): void {
    if (!this.#stopped) this.#options.publish(this.#entries.map((e) => e.device));
  }
}

/** Activities that make some modems restart, whether they are told to or not. */
const MAY_RESTART: ReadonlySet<ActivityKind> = new Set(['changeChip', 'switchSlot', 'unlockSim']);

const ANOTHER_SLOT_MAY_HELP: ReadonlySet<FaultCode> = new Set([
  'sim.missing',
  'sim.failure',
  'euicc.none',
  'euicc.refused',
]);

/** `+CPIN?` states in which the SIM wants a PIN or PUK (3GPP TS 27.007 §8.3); `PIN2` guards other things. */
const LOCKED = /^SIM (PIN|PUK)$/;

function keyOf({ modem, eid }: Device) {
  return { imei: modem?.imei ?? null, eid: eid?.value ?? null };
}
