import type { ActivityKind, Device, DeviceEvent, DevicePhase } from '../../contract/device.ts';
import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import { DEFAULT_BAUD_RATE } from '../../contract/port.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Verification } from '../../contract/verification.ts';
import type { Clock } from '../base/clock.ts';
import type { Serial } from '../serial/serial.ts';
import { UsbHardware } from '../serial/usbHardware.ts';
import { deskSession } from './deskSession.ts';
import { type Entry, type EntrySource, keyOf, newEntry, type Work } from './deviceEntry.ts';
import type { DeviceHistory } from './deviceHistory.ts';
import type { DeviceSession } from './deviceSession.ts';
import { candidateOf, type FoundAtPort, findAtPort } from './findAtPort.ts';
import type { ModemTools } from './modemTools.ts';
import { type ModemMemoryStore, type Reading, readDevice } from './readDevice.ts';

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
  change(change: Partial<Pick<Device, 'chip' | 'eid' | 'iccid' | 'slots' | 'simLock'>>): void;
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
        this.#work(entry, (signal) => readDevice(this.#reading(), entry, signal));
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
    const session = deskSession(
      {
        tools: this.#options.modemTools,
        clock,
        find: (signal) => this.#find(entry, signal),
        opened: (found) => this.#opened(entry, found),
        identified: (again) => {
          entry.identified = again;
          this.#change(entry, { modem: again.identity, simState: again.simState });
        },
      },
      entry,
      { dialogue, identified },
      control.signal,
      step,
    );
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

  #add(of: EntrySource): Entry {
    const entry = newEntry(`device-${this.#nextId++}`, this.#options.clock.now(), of);
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
      return readDevice(this.#reading(), entry, signal);
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

  #reading(): Reading {
    const { modemTools: tools, clock, memory, history } = this.#options;
    return {
      tools,
      clock,
      memory,
      history,
      phase: (entry, phase) => this.#phase(entry, phase),
      change: (entry, change) => this.#change(entry, change),
      identified: (entry, imei) => this.#takeOver(entry, imei),
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
