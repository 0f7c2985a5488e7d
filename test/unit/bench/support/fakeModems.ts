import type { Chip, ChipChange, InstalledProfile } from '../../../../contract/chip.ts';
import type { Device, SimLock, SimSlots } from '../../../../contract/device.ts';
import { type Fault, fault } from '../../../../contract/fault.ts';
import type { Port } from '../../../../contract/port.ts';
import { fail, ok, type Result } from '../../../../contract/result.ts';
import type { Verification } from '../../../../contract/verification.ts';
import type { AtDialogue } from '../../../../main/at/dialogue.ts';
import type { ModemTools } from '../../../../main/bench/modemTools.ts';
import type { AfterChange, AfterRestart } from '../../../../main/modem/modem.ts';
import type { ByteLink } from '../../../../main/serial/byteLink.ts';
import type { Serial } from '../../../../main/serial/serial.ts';

export const EID = '89044011112233441122334411223321';

/** What is behind one port. */
export interface FakePort {
  /** Opening fails with this. */
  openFault?: Fault;
  /** Nothing answers AT here. */
  silent?: boolean;
  imei?: string;
  eid?: string;
  eidFault?: Fault;
  /** The EID comes only once this is called off. */
  hold?: Promise<void>;
  simState?: string;
  simLock?: SimLock | null;
  slots?: SimSlots | null;
  /** What the modem says of its SIM, where it is not the usual one. */
  iccid?: string;
  chip?: Chip;
  chipFault?: Fault;
  /** What becomes of a change; by default it is made. */
  onChange?: (change: {
    readonly kind: ChipChange['kind'];
  }) => Result<AfterChange> | Promise<Result<AfterChange>>;
  onRefresh?: () => Result<AfterRestart>;
  unlockFault?: Fault;
}

export interface FakeModems {
  readonly serial: Serial;
  readonly tools: ModemTools;
  readonly ports: Map<string, FakePort>;
  /** Paths of the links that are open now. */
  readonly open: Set<string>;
  /** How often each path was opened. */
  readonly opened: string[];
  readonly memoriesSeen: unknown[];
  /** Ends an open link as a pulled cable does. */
  pull(path: string): void;
}

export const EMPTY_CHIP: Chip = {
  readAt: 1,
  info: null,
  addresses: { defaultSmdp: null, rootSmds: null },
  profiles: [],
  notifications: [],
  missing: [],
};

const REGISTERED: Verification = {
  at: 1,
  outcome: 'registered',
  simState: 'READY',
  iccid: '8901260000000000001',
  registrations: [{ command: '+CEREG', stat: 1, state: 'home' }],
  operator: 'Test net',
  technology: 'LTE',
  signalDbm: -71,
  elapsedMs: 5,
};

export function installed(iccid: string, change: Partial<InstalledProfile> = {}): InstalledProfile {
  return {
    iccid,
    isdpAid: null,
    state: 'disabled',
    profileClass: 'operational',
    nickname: null,
    serviceProvider: null,
    name: null,
    icon: null,
    ...change,
  };
}

/** A chip after a change, as a card makes it. */
export function changed(chip: Chip, change: Parameters<ModemTools['changeChip']>[2]): Chip {
  const profiles = chip.profiles ?? [];
  const each = (make: (profile: InstalledProfile) => InstalledProfile): Chip => ({
    ...chip,
    profiles: profiles.map(make),
  });
  switch (change.kind) {
    case 'enable':
      return each((p) => ({ ...p, state: p.iccid === change.iccid ? 'enabled' : 'disabled' }));
    case 'disable':
      return each((p) => (p.iccid === change.iccid ? { ...p, state: 'disabled' } : p));
    case 'nickname':
      return each((p) => (p.iccid === change.iccid ? { ...p, nickname: change.nickname || null } : p));
    case 'delete':
      return { ...chip, profiles: profiles.filter(({ iccid }) => iccid !== change.iccid) };
    case 'defaultSmdp':
      return { ...chip, addresses: { rootSmds: null, defaultSmdp: change.address || null } };
    case 'removeNotification':
      return {
        ...chip,
        notifications: (chip.notifications ?? []).filter((n) => n.sequenceNumber !== change.sequenceNumber),
      };
    case 'reset':
      return { ...chip, profiles: profiles.filter((p) => p.profileClass !== 'operational') };
  }
}

/** Serial ports with modems behind them, at the level of the bench: no bytes, no AT. */
export function createFakeModems(): FakeModems {
  const ports = new Map<string, FakePort>();
  const open = new Set<string>();
  const opened: string[] = [];
  const memoriesSeen: unknown[] = [];
  const closers = new Map<string, (reason: Fault | null) => void>();

  const serial: Serial = {
    list: () => Promise.resolve(ok([])),
    open(path, { baudRate }) {
      const port = ports.get(path);
      opened.push(path);
      if (port === undefined) return Promise.resolve(fail(fault('port.notFound')));
      if (port.openFault !== undefined) return Promise.resolve(fail(port.openFault));
      open.add(path);
      const listeners: ((reason: Fault | null) => void)[] = [];
      let ended = false;
      const end = (reason: Fault | null) => {
        if (ended) return;
        ended = true;
        open.delete(path);
        for (const listener of listeners) listener(reason);
      };
      closers.set(path, end);
      const link: ByteLink = {
        path,
        baudRate,
        get closed() {
          return ended;
        },
        write: () => Promise.resolve(ok(null)),
        setBaudRate: () => Promise.resolve(ok(null)),
        onBytes: () => () => undefined,
        onClosed(listener) {
          listeners.push(listener);
          return () => undefined;
        },
        close() {
          end(null);
          return Promise.resolve();
        },
      };
      return Promise.resolve(ok(link));
    },
  };

  const portOf = (dialogue: AtDialogue) => ports.get(dialogue.path) ?? {};
  const aborted = (signal: AbortSignal | undefined): Promise<Result<never>> =>
    new Promise((resolve) => {
      if (signal?.aborted) resolve(fail(fault('cancelled')));
      signal?.addEventListener('abort', () => resolve(fail(fault('cancelled'))));
    });

  const tools: ModemTools = {
    openDialogue: (link) => ({
      path: link.path,
      get closed() {
        return link.closed;
      },
      send: () => Promise.resolve(fail(fault('internal'))),
      doubt: () => undefined,
      onUnsolicited: () => () => undefined,
      onClosed: (listener) => link.onClosed(listener),
      commandsSent: 0,
      close: () => link.close(),
    }),
    async probePort(link, { signal }) {
      const silent = ports.get(link.path)?.silent === true;
      // Longer than any other port needs, so that what answers has.
      if (silent) await Promise.race([aborted(signal), new Promise((done) => setImmediate(done))]);
      if (signal.aborted) return fail(fault('cancelled'));
      return ok(silent ? { kind: 'silent' } : { kind: 'at', baudRate: link.baudRate, answersOwed: false });
    },
    probe(dialogue, { signal }) {
      return portOf(dialogue).silent === true ? aborted(signal) : Promise.resolve(ok(null));
    },
    identify(dialogue, options) {
      memoriesSeen.push(options?.memory);
      const identity = {
        manufacturer: 'Quectel',
        model: 'EM05-G',
        revision: 'R1',
        imei: portOf(dialogue).imei ?? '867698040000001',
      };
      return Promise.resolve(
        ok({
          identity,
          simState: portOf(dialogue).simState ?? 'READY',
          memory: { identity, eidVia: null, vendor: null },
        }),
      );
    },
    async readEid(dialogue, identified, options) {
      const port = portOf(dialogue);
      if (port.hold !== undefined) {
        const ended = await Promise.race([port.hold, aborted(options?.signal)]);
        if (ended !== undefined) return ended;
      }
      if (port.eidFault !== undefined) return fail(port.eidFault);
      return ok({
        eid: { value: port.eid ?? EID, valid: true, via: 'cgla', elapsedMs: 1 },
        memory: { ...identified.memory, eidVia: 'cgla' },
      });
    },
    readIccid: (dialogue) => Promise.resolve(ok(portOf(dialogue).iccid ?? '8901260000000000001')),
    readChip(dialogue) {
      if (dialogue.closed) return Promise.resolve(fail(fault('port.vanished')));
      const { chip, chipFault } = portOf(dialogue);
      return Promise.resolve(chipFault === undefined ? ok(chip ?? EMPTY_CHIP) : fail(chipFault));
    },
    async changeChip(dialogue, _identified, change) {
      const port = portOf(dialogue);
      if (port.onChange !== undefined) return port.onChange(change);
      port.chip = changed(port.chip ?? EMPTY_CHIP, change);
      return ok(change.kind === 'enable' || change.kind === 'disable' ? 'refreshSim' : 'nothing');
    },
    retrieveNotification: () => Promise.resolve(ok('BF2F00')),
    refreshSim: (dialogue) => Promise.resolve(portOf(dialogue).onRefresh?.() ?? ok('ready')),
    readSlots: (dialogue) => Promise.resolve(ok(portOf(dialogue).slots ?? null)),
    switchSlot(dialogue, _identified, slot) {
      const port = portOf(dialogue);
      if (port.slots) port.slots = { ...port.slots, active: slot };
      return Promise.resolve(ok('ready'));
    },
    readSimLock: (dialogue) => Promise.resolve(ok(portOf(dialogue).simLock ?? null)),
    unlockSim(dialogue) {
      const port = portOf(dialogue);
      if (port.unlockFault !== undefined) return Promise.resolve(fail(port.unlockFault));
      port.simLock = null;
      port.simState = 'READY';
      return Promise.resolve(ok(null));
    },
    verify: () => Promise.resolve(ok(REGISTERED)),
    makeReport: () => Promise.resolve(fail(fault('cancelled'))),
  };

  return {
    serial,
    tools,
    ports,
    open,
    opened,
    memoriesSeen,
    pull: (path) => closers.get(path)?.(fault('port.vanished')),
  };
}

/** A listed USB port of a known modem maker. */
export function usbPort(path: string, change: Partial<Port> = {}): Port {
  return {
    path,
    manufacturer: 'Quectel',
    product: 'EM05-G',
    serialNumber: 'EM05GA1',
    locationId: '1-2',
    vendorId: '2c7c',
    productId: '030a',
    interfaceNumber: null,
    ...change,
  };
}

/** Phases and faults, for comparing. */
export function summary(devices: readonly Device[]): string[] {
  return devices.map((d) => [d.id, d.phase, d.port.path, d.fault?.code].filter(Boolean).join(' '));
}
