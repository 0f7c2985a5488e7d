import type { EidReading } from '../../contract/device.ts';
import { fault } from '../../contract/fault.ts';
import type { Port } from '../../contract/port.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { type Clock, pause } from '../base/clock.ts';
import type { Identified } from '../modem/modem.ts';
import type { Serial } from '../serial/serial.ts';
import { type DeviceSession, RESTART_LIMIT_MS, RESTART_LOOK_MS } from './deviceSession.ts';
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
    async comeBack() {
      const began = clock.monotonic();
      await dialogue.close();
      while (clock.monotonic() - began < RESTART_LIMIT_MS) {
        // A modem that is still shutting down may answer a last time.
        await pause(clock, RESTART_LOOK_MS, signal);
        if (signal.aborted) return fail(fault('cancelled'));
        const again = await findAtPort(serial, tools, await mates(), {
          ...how,
          baudRate: found.value.baudRate,
        });
        if (!again.ok) continue;
        dialogue = again.value.dialogue;
        const asked = await identify();
        if (asked.ok) return asked;
        await dialogue.close();
      }
      return fail(fault('port.vanished'));
    },
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
    const same = now.value.filter(
      (port) =>
        port.vendorId === own.vendorId &&
        port.serialNumber === own.serialNumber &&
        port.locationId === own.locationId,
    );
    if (same.length === 0 || same.some((port) => port.path === path)) return alone;
    return same.map((port) => candidateOf(port.path, port, false));
  };
  return { own: own ?? null, mates };
}
