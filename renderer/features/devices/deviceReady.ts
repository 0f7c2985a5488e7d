import type { Device } from '../../../contract/device.ts';

/** Whether something can be begun on a device: it is ready and nothing else is under way on it. */
export function isIdle(device: Device): boolean {
  return device.phase === 'ready' && device.activity === null;
}

/** Whether it has an eUICC that can be asked more than its EID. */
export function hasChip(device: Device): boolean {
  return device.eid !== null || device.chip !== null;
}
