import type { Device } from '../../../../contract/device.ts';
import { type Fault, fault } from '../../../../contract/fault.ts';
import type { Port } from '../../../../contract/port.ts';
import { fail, ok, type Result } from '../../../../contract/result.ts';
import type { AtDialogue } from '../../../../main/at/dialogue.ts';
import type { ModemTools } from '../../../../main/bench/modemTools.ts';
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
        ok({ identity, simState: 'READY', memory: { identity, eidVia: null, vendor: null } }),
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
    readIccid: () => Promise.resolve(ok('8901260000000000001')),
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
    serialNumber: 'A1',
    locationId: '1-2',
    vendorId: '2c7c',
    productId: '030a',
    ...change,
  };
}

/** Phases and faults, for comparing. */
export function summary(devices: readonly Device[]): string[] {
  return devices.map((d) => [d.id, d.phase, d.port.path, d.fault?.code].filter(Boolean).join(' '));
}
