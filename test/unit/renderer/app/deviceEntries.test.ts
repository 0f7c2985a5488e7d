import { describe, expect, it } from 'vitest';
import type { Device } from '../../../../contract/device.ts';
import { deviceEntries } from '../../../../renderer/app/deviceEntries.ts';
import { paletteGroups } from '../../../../renderer/app/paletteEntries.ts';
import { aChip, aDevice, aState, NOW } from '../fixtures.ts';

const labels = (part: Partial<Device>) => deviceEntries(aDevice(part)).map((entry) => entry.label);
const TABS = ['Show its order', 'Show its chip', 'Show its network', 'Show its history'];
const whole = { chip: aChip(), slots: { active: 1, count: 2, labels: ['SIM1', 'eSIM'] } };

describe('what the palette can do with a device', () => {
  it('is everything that can be begun on it', () => {
    expect(labels(whole)).toEqual([
      ...TABS,
      'Does it work? Check the network',
      'Save compatibility report',
      'Read identity and EID again',
      'Read the chip',
      'Set the default SM-DP+ address',
      'Disable Super SIM',
      'Rename Super SIM',
      'Enable Spare for the field',
      'Rename Spare for the field',
      'Delete Spare for the field from this eUICC',
      'Reset the eUICC memory',
      'Switch to Slot 2 · eSIM',
    ]);
  });

  it('is nothing but cancelling while something is under way', () => {
    const activity = { kind: 'verify', step: 'Searching', since: NOW, until: null } as const;
    expect(labels({ ...whole, activity })).toEqual([...TABS, 'Cancel what is under way']);
  });

  it('is to look at it where it is not ready', () => {
    expect(labels({ phase: 'gone' })).toEqual(TABS);
  });

  it('has nothing of the eUICC where there is none', () => {
    expect(labels({ eid: null }).join()).not.toMatch(/Read the chip|SM-DP|eUICC/);
  });
});

describe('the palette', () => {
  const state = aState({ devices: [aDevice(whole)] });
  const offered = (query: string, deviceId: string | null) =>
    paletteGroups(state, query, deviceId)
      .find((group) => group.name === 'This device')
      ?.entries.map((entry) => entry.label);

  it('offers the tabs of the device in sight at first, and all of it by its words', () => {
    expect(offered('', aDevice().id)).toEqual(TABS);
    expect(offered('enable spare', aDevice().id)).toEqual(['Enable Spare for the field']);
    expect(offered('does it work', aDevice().id)).toHaveLength(1);
  });

  it('offers nothing of a device where none is in sight', () => {
    expect(offered('enable', null)).toBeUndefined();
  });
});
