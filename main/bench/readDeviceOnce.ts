import type { EidReading, ModemIdentity } from '../../contract/device.ts';
import { ok, type Result } from '../../contract/result.ts';
import { type SessionParts, withPortSession } from './openSession.ts';

export interface DeviceReading {
  readonly modem: ModemIdentity;
  readonly simState: string | null;
  /** `elapsedMs` counts from the opening of the port. */
  readonly eid: EidReading;
}

/** Opens a port, identifies the modem, reads the EID and closes the port again, whatever happens. */
export function readDeviceOnce(parts: Omit<SessionParts, 'step'>): Promise<Result<DeviceReading>> {
  const started = parts.clock.monotonic();
  return withPortSession({ ...parts, step: () => undefined }, async (session) => {
    const read = await session.readEid();
    if (!read.ok) return read;
    const { identity, simState } = session.identified;
    const elapsedMs = Math.round(parts.clock.monotonic() - started);
    return ok({ modem: identity, simState, eid: { ...read.value, elapsedMs } });
  });
}
