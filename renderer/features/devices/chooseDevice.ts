import type { Device } from '../../../contract/device.ts';

/**
 * The device that the pane shows. The one that was chosen stays, so that nothing jumps under a hand; only when it was
 * unplugged and another has come since does the newcomer take its place.
 */
export function chooseDevice(devices: readonly Device[], chosenId: string | null): Device | null {
  const chosen = devices.find((device) => device.id === chosenId);
  if (chosen === undefined) return devices.find((device) => device.phase !== 'gone') ?? devices[0] ?? null;
  if (chosen.phase !== 'gone') return chosen;
  const since = devices.filter((device) => device.phase !== 'gone' && device.since > chosen.since);
  return newest(since) ?? chosen;
}

function newest(devices: readonly Device[]): Device | null {
  return devices.reduce<Device | null>(
    (best, device) => (best === null || device.since > best.since ? device : best),
    null,
  );
}
