import type { EidReading } from '../../contract/device.ts';
import type { Port } from '../../contract/port.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { Clock } from '../base/clock.ts';
import type { Identified } from '../modem/modem.ts';
import type { Serial } from '../serial/serial.ts';
import { awaitRestart } from './awaitRestart.ts';
import type { DeviceSession } from './deviceSession.ts';
import { candidateOf, findAtPort, type PortCandidate } from './findAtPort.ts';
import type { ModemTools } from './modemTools.ts';

export interface SessionParts {
  readonly serial: Serial;
  readonly tools: ModemTools;
  readonly clock: Clock;
  readonly path: string;
  readonly baudRate: number;
  readonly signal: AbortSignal;
  readonly step: (text: string) => void;
}

/** A session on one port for the length of a command. */
export interface PortSession extends DeviceSession {
  /** Reads the EID, once; what it was read by is remembered for the rest of the session. */
  readEid(): Promise<Result<EidReading>>;
}

/**
 * Opens a port, asks the modem what it is, does some work and closes the port again, whatever happens. A modem that restarts
 * meanwhile may come back on another port of the same USB device.
 */
export async function withPortSession<T>(
  parts: SessionParts,
  work: (session: PortSession) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { serial, tools, clock, path, baudRate, signal, step } = parts;
  // Listed now, since it may be gone by the time it is looked for, and since the port's role tells how to ask on it.
  const { own, mates } = await sameDevice(serial, path);
  const how = { baudRate, clock, signal };
  const found = await findAtPort(serial, tools, [candidateOf(path, own, true)], how);
  if (!found.ok) return found;
  let dialogue: AtDialogue = found.value.dialogue;
  let identified: Identified | null = null;

  const identify = async (): Promise<Result<null>> => {
    const memory = identified?.memory;
    const again = await tools.identify(dialogue, { signal, ...(memory && { memory }) });
    if (!again.ok) return again;
    identified = memory === undefined ? again.value : { ...again.value, memory };
    return ok(null);
  };
  const known = (): Identified => {
    if (identified === null) throw new Error('the modem was not identified');
    return identified;
  };
  const session: PortSession = {
    tools,
    clock,
    signal,
    step,
    get dialogue() {
      return dialogue;
    },
    get identified() {
      return known();
    },
    identifyAgain: identify,
    comeBack: () =>
      awaitRestart(dialogue, {
        clock,
        signal,
        find: async () =>
          findAtPort(serial, tools, await mates(), { ...how, baudRate: found.value.baudRate }),
        opened: (again) => {
          dialogue = again.dialogue;
        },
        identifyAgain: identify,
      }),
    async readEid() {
      const read = await tools.readEid(dialogue, known(), { signal });
      if (!read.ok) return read;
      identified = { ...known(), memory: read.value.memory };
      return ok(read.value.eid);
    },
  };
  try {
    const asked = await identify();
    return asked.ok ? await work(session) : asked;
  } finally {
    await dialogue.close();
  }
}

/** Of the ports that are listed, those of the USB device that this one is on. */
export function portsBeside(ports: readonly Port[], own: Port): Port[] {
  return ports.filter(
    ({ vendorId, serialNumber, locationId }) =>
      vendorId === own.vendorId && serialNumber === own.serialNumber && locationId === own.locationId,
  );
}

interface SameDevice {
  /** The port as it is listed; null where it is not. */
  readonly own: Port | null;
  /** Lists the ports that the device may come back on: this one, or those of the same USB device. */
  mates(): Promise<PortCandidate[]>;
}

async function sameDevice(serial: Serial, path: string): Promise<SameDevice> {
  const before = await serial.list();
  const own = before.ok ? before.value.find((port) => port.path === path) : undefined;
  const alone = [candidateOf(path, own ?? null, true)];
  const mates = async () => {
    if (own === undefined || own.vendorId === null) return alone;
    const now = await serial.list();
    if (!now.ok) return alone;
    const same = portsBeside(now.value, own);
    if (same.length === 0 || same.some((port) => port.path === path)) return alone;
    return same.map((port) => candidateOf(port.path, port, false));
  };
  return { own: own ?? null, mates };
}
