import type { EidReading, ModemIdentity } from '../../contract/device.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Serial } from '../serial/serial.ts';
import { findAtPort } from './findAtPort.ts';
import type { ModemTools } from './modemTools.ts';

export interface DeviceReading {
  readonly modem: ModemIdentity;
  readonly simState: string | null;
  /** `elapsedMs` counts from the opening of the port. */
  readonly eid: EidReading;
}

/** Opens a port, identifies the modem, reads the EID and closes the port again, whatever happens. */
export async function readDeviceOnce(
  serial: Serial,
  tools: ModemTools,
  path: string,
  baudRate: number,
  signal: AbortSignal,
  monotonic: () => number,
): Promise<Result<DeviceReading>> {
  const started = monotonic();
  const found = await findAtPort(serial, tools, [path], baudRate, signal);
  if (!found.ok) return found;
  const dialogue = found.value;
  try {
    const identified = await tools.identify(dialogue, { signal });
    if (!identified.ok) return identified;
    const read = await tools.readEid(dialogue, identified.value, { signal });
    if (!read.ok) return read;
    return ok({
      modem: identified.value.identity,
      simState: identified.value.simState,
      eid: { ...read.value.eid, elapsedMs: Math.round(monotonic() - started) },
    });
  } finally {
    await dialogue.close();
  }
}
