import { describe, expect, it } from 'vitest';
import type { Device } from '../../../../contract/device.ts';
import { readsByItself } from '../../../../renderer/features/chip/readsByItself.ts';
import { aChip, aDevice, NOW } from '../fixtures.ts';

const busy = { kind: 'verify', step: 'Searching', since: NOW, until: null } as const;

describe('a chip that is looked at', () => {
  it('is read by itself the first time', () => {
    expect(readsByItself(aDevice(), null)).toBe(true);
  });

  it('is read again only after the device became ready anew, so that a failure is not tried for ever', () => {
    const device = aDevice();
    expect(readsByItself(device, device.since)).toBe(false);
    expect(readsByItself(device, device.since - 1)).toBe(true);
  });

  it.each([
    ['it is known already', { chip: aChip() }],
    ['the device is not ready', { phase: 'identifying' }],
    ['something else is under way', { activity: busy }],
    ['there is no eUICC', { eid: null }],
    ['the SIM asks for its PIN first', { simLock: { asksFor: 'pin', pinTries: 3, pukTries: 10 } }],
  ] as ReadonlyArray<readonly [string, Partial<Device>]>)('is not where %s', (_, part) => {
    expect(readsByItself(aDevice(part), null)).toBe(false);
  });
});
