import { describe, expect, it } from 'vitest';
import { ACTIVITIES, type ActivityKind, type Device } from '../../../../contract/device.ts';
import { fault } from '../../../../contract/fault.ts';
import { activityEndWord, faultTab } from '../../../../renderer/features/devices/activityWords.ts';
import { slotName, slotNumbers } from '../../../../renderer/features/devices/slotWords.ts';
import { aChip, aDevice, aVerification, NOW } from '../fixtures.ts';

const slots = { active: 2, count: 2, labels: ['SIM1', 'eSIM'] };
const done = { at: NOW, kind: 'changeChip', done: true, note: 'Enabled “Super SIM”.' } as const;

describe('how an activity ended', () => {
  it.each([
    ['readChip', { chip: aChip() }, 'the chip was read: 2 profiles'],
    ['readChip', { chip: aChip({ profiles: null }) }, 'the chip was read'],
    ['readNotification', {}, 'the notification was read'],
    ['changeChip', { history: [done] }, 'Enabled “Super SIM”.'],
    ['switchSlot', { slots }, 'Slot 2 · eSIM is in use'],
    ['verify', { verification: aVerification() }, 'Registered, roaming'],
    ['unlockSim', {}, 'the SIM is unlocked'],
  ] as ReadonlyArray<readonly [ActivityKind, Partial<Device>, string]>)('%s: %o', (kind, part, word) => {
    expect(activityEndWord(aDevice(part), kind)).toBe(word);
  });

  it.each(ACTIVITIES)('%s says its fault where it failed', (kind) => {
    const device = aDevice({ activityFault: fault('chip.policy') });
    expect(activityEndWord(device, kind)).toBe('The rules of the profile do not allow this.');
  });
});

it('a fault belongs to the tab of what was begun; to every one where that is not known or has none', () => {
  expect(faultTab('readChip')).toBe('chip');
  expect(faultTab('readNotification')).toBe('chip');
  expect(faultTab('changeChip')).toBe('chip');
  expect(faultTab('verify')).toBe('network');
  expect(faultTab('switchSlot')).toBeNull();
  expect(faultTab(null)).toBeNull();
});

describe('SIM slots', () => {
  it('are counted from 1 and named where they have a name', () => {
    expect(slotNumbers(slots)).toEqual([1, 2]);
    expect(slotName(slots, 2)).toBe('Slot 2 · eSIM');
    expect(slotName({ ...slots, labels: [] }, 1)).toBe('Slot 1');
  });
});
