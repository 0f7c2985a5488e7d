import type { Device } from '../../../contract/device.ts';
import { hasChip, isIdle } from '../devices/deviceReady.ts';

/**
 * Whether the chip is read by being looked at: once for each time that the device became ready, so that a failure waits for the
 * technician. Not while the SIM asks for its PIN: then there is something else to do first.
 * @param readIn the `since` of the readiness in which that was done; null where it never was.
 */
export function readsByItself(device: Device, readIn: number | null): boolean {
  if (device.chip !== null || device.simLock !== null) return false;
  return isIdle(device) && hasChip(device) && readIn !== device.since;
}
