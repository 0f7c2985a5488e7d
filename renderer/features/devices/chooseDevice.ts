import type { Device } from '../../../contract/device.ts';

/** The device that the pane shows: the chosen one while it is in the list, else the first that is there. */
export function chosenDevice(devices: readonly Device[], chosenId: string | null): Device | null {
  return (
    devices.find((device) => device.id === chosenId) ??
    devices.find((device) => device.phase !== 'gone') ??
    devices[0] ??
    null
  );
}

/**
 * The device to turn to after a change, or null to stay: one that was plugged in while the chosen one is unplugged. A device that is
 * there is never pushed away, so that nothing jumps under a hand.
 */
export function newcomer(
  before: readonly Device[],
  after: readonly Device[],
  chosenId: string | null,
): Device | null {
  const chosen = after.find((device) => device.id === chosenId);
  if (chosen !== undefined && chosen.phase !== 'gone') return null;
  const there = new Set(before.filter((device) => device.phase !== 'gone').map((device) => device.id));
  return after.find((device) => device.phase !== 'gone' && !there.has(device.id)) ?? null;
}
