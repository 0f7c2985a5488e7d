import type { Clock } from '../../base/clock.ts';
import type { VirtualCard } from '../euicc/card.ts';
import type { CommandRecord } from './atPort.ts';
import { type AnswerFault, createFaultList, type StreamFault } from './faults.ts';
import type { ModemCore, ModemIdentity, NetworkOffer } from './modemCore.ts';
import type { PortLayout, VirtualPort } from './ports.ts';
import { type ModemQuirks, STANDARD, type UnsolicitedLine } from './quirks.ts';
import { createRegistrationReports } from './registrationReports.ts';
import { serveCard } from './serveCard.ts';
import { createWiredPort } from './wiredPort.ts';

export interface VirtualModemOptions {
  readonly clock: Clock;
  readonly quirks?: Partial<ModemQuirks>;
  readonly identity?: Partial<ModemIdentity>;
  readonly network?: Partial<NetworkOffer>;
  /** One card, or null, per SIM slot. Default: one empty slot. */
  readonly slots?: readonly (VirtualCard | null)[];
  /** Which slot is in use at first, from 0. Default 0. */
  readonly activeSlot?: number;
  /** Default: one AT port. */
  readonly ports?: readonly PortLayout[];
}

/** A modem without hardware: bytes in, bytes out, on one or more ports. */
export interface VirtualModem {
  readonly ports: readonly VirtualPort[];
  /** Of its first AT port; does nothing where it has none. */
  write(bytes: Uint8Array): void;
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** False while it is unplugged, and while it is away from USB during a reset. */
  readonly present: boolean;
  /** Tells when it comes and goes. */
  onPresence(listener: (present: boolean) => void): () => void;
  unplug(): void;
  /** Plugged in again: a cold start. */
  plugIn(): void;
  /** Restarts it, as `AT+CFUN=1,1` does. */
  reset(): void;
  /** A line that nobody asked for, on every AT port, now. */
  say(text: string): void;
  /** Makes something go wrong with the answers to come. */
  harmAnswers(fault: AnswerFault): void;
  /** Makes something go wrong at a byte of a port's stream; `port` is its index. */
  harmStream(fault: StreamFault, port?: number): void;
  /** Takes back what has not gone wrong yet. */
  clearFaults(): void;
  /** Every command it was sent, oldest first (the latest 10,000). */
  record(): readonly CommandRecord[];
  readonly identity: ModemIdentity;
  readonly quirks: ModemQuirks;
  readonly slots: readonly (VirtualCard | null)[];
}

const LONGEST_RECORD = 10_000;

const SOME_IDENTITY: ModemIdentity = {
  manufacturer: 'Demo',
  model: 'Virtual modem',
  revision: 'DEMO01',
  imei: '001001001234564',
};

const SOME_NETWORK: NetworkOffer = {
  operator: 'Demo network',
  plmn: '00101',
  act: 7,
  rssi: 21,
  registersMs: 4_000,
};

/** Makes a virtual modem and powers it on. */
export function createVirtualModem(options: VirtualModemOptions): VirtualModem {
  const { clock } = options;
  const quirks: ModemQuirks = { ...STANDARD, ...options.quirks };
  const faults = createFaultList();
  const records: CommandRecord[] = [];
  const presenceListeners = new Set<(present: boolean) => void>();
  let present = true;
  let ready = false;
  let stopBoot = () => {};
  let stopSimStart = () => {};

  const core: ModemCore = {
    clock,
    quirks,
    identity: { ...SOME_IDENTITY, ...options.identity },
    network: { ...SOME_NETWORK, ...options.network },
    slots: [...(options.slots ?? [null])],
    activeSlot: options.activeSlot ?? 0,
    nextSlot: options.activeSlot ?? 0,
    functionality: 1,
    searchingSince: null,
    busyLeft: quirks.simBusy,
    channelBusyLeft: quirks.channelBusy,
    simReadyAt: 0,
    operatorFormat: 0,
    lpa: { holds: quirks.lpaOwnsIsdR, willHold: quirks.lpaOwnsIsdR },
    sessions: new Map(),
    nextHandle: 0,
    channelUsedAt: 0,
    reporting: new Map(),
    restartSim,
    search,
    watchRegistration: () => reports.watch(),
    serveCard: (card) => serveCard(core, card, resetWith),
    reset: () => resetWith(quirks.reenumeratesMs),
  };
  const reports = createRegistrationReports(core, say);

  const layouts = options.ports ?? [{ role: 'at', interfaceNumber: 0 }];
  const ports = layouts.map((layout) =>
    createWiredPort({
      core,
      layout,
      faults,
      isPresent: () => present,
      isReady: () => ready,
      unplug,
      record(entry) {
        records.push(entry);
        if (records.length > LONGEST_RECORD) records.shift();
      },
    }),
  );

  function powerOn(): void {
    stopAll();
    ready = false;
    for (const port of ports) port.restart();
    core.functionality = 1;
    core.activeSlot = core.nextSlot;
    core.busyLeft = quirks.simBusy;
    core.channelBusyLeft = quirks.channelBusy;
    core.lpa.holds = core.lpa.willHold;
    core.operatorFormat = 0;
    core.reporting.clear();
    core.simReadyAt = 0;
    powerCycleCards();
    search(true);
    if (quirks.bootMs <= 0) beReady();
    else stopBoot = clock.after(quirks.bootMs, beReady);
  }

  function beReady(): void {
    ready = true;
    sayWhen('boot');
  }

  function powerCycleCards(): void {
    for (const card of core.slots) card?.reset();
    core.sessions.clear();
  }

  /** Booting takes its own time; this is what a restart of the SIM alone takes. */
  function restartSim(): void {
    stopSimStart();
    powerCycleCards();
    core.simReadyAt = clock.monotonic() + quirks.simStartMs;
    if (core.searchingSince !== null) search(true);
    sayWhen('simLost');
    if (quirks.simStartMs <= 0) sayWhen('simReady');
    else if (quirks.unsolicited.some((line) => line.when === 'simReady'))
      stopSimStart = clock.after(quirks.simStartMs, () => sayWhen('simReady'));
  }

  function search(on: boolean): void {
    core.searchingSince = on ? Math.max(clock.monotonic(), core.simReadyAt) : null;
    reports.watch();
  }

  function sayWhen(when: UnsolicitedLine['when']): void {
    for (const line of quirks.unsolicited) if (line.when === when) say(line.text);
  }

  function stopAll(): void {
    stopBoot();
    stopSimStart();
    reports.stop();
  }

  function resetWith(awayMs: number | null): void {
    if (!present) return;
    if (awayMs === null) {
      powerOn();
      return;
    }
    leave();
    stopBoot = clock.after(awayMs, come);
  }

  function unplug(): void {
    if (present) leave();
    else stopAll();
  }

  function leave(): void {
    present = false;
    ready = false;
    stopAll();
    for (const port of ports) port.restart();
    for (const listener of [...presenceListeners]) listener(false);
  }

  function come(): void {
    if (present) return;
    present = true;
    for (const port of ports) port.reconnect();
    powerOn();
    for (const listener of [...presenceListeners]) listener(true);
  }

  function say(text: string): void {
    for (const port of ports) port.at?.say(text);
  }

  powerOn();
  const main = ports.find((port) => port.role === 'at') ?? ports[0];

  return {
    ports,
    write: (bytes) => main?.write(bytes),
    onBytes: (listener) => main?.onBytes(listener) ?? (() => undefined),
    get present() {
      return present;
    },
    onPresence(listener) {
      presenceListeners.add(listener);
      return () => presenceListeners.delete(listener);
    },
    unplug,
    plugIn: come,
    reset: core.reset,
    say,
    harmAnswers: (fault) => faults.add(fault),
    harmStream: (fault, port = main === undefined ? 0 : ports.indexOf(main)) => ports[port]?.harm(fault),
    clearFaults() {
      faults.clear();
      for (const port of ports) port.reconnect();
    },
    record: () => records,
    identity: core.identity,
    quirks,
    slots: core.slots,
  };
}
