import { describe, expect, it } from 'vitest';
import {
  asOf,
  countSentence,
  deviceOf,
  profileTitle,
  providerTime,
} from '../../../../renderer/features/history/historyWords.ts';
import type { ProfileList } from '../../../../renderer/features/history/profileList.ts';
import { aDevice, aRemoteProfile, EIDS, NOW } from '../fixtures.ts';

const list = (count: number, part: Partial<ProfileList> = {}): ProfileList => ({
  asked: { account: 'Workshop', identity: 'a', filter: { eid: null, simSid: null, status: null } },
  asking: null,
  profiles: Array.from({ length: count }, (_, at) => aRemoteProfile({ sid: `HP${at}` })),
  next: null,
  goesOn: true,
  fault: null,
  staleFault: null,
  incomplete: null,
  answeredAt: NOW,
  ...part,
});

describe('how many profiles there are', () => {
  it.each([
    ['nothing is known yet', list(0, { asking: 'first' }), ''],
    ['all are here', list(1), '1 profile'],
    ['more are to come', list(1_050, { next: '/2' }), '1,050 profiles so far'],
    ['it is asked anew', list(3, { asking: 'first' }), '3 profiles'],
    ['there are none', list(0), '0 profiles'],
  ])('where %s', (_what, of, sentence) => {
    expect(countSentence(of)).toBe(sentence);
  });

  it('is said with its time', () => {
    expect(asOf(NOW)).toBe('as of 10:42:31');
    expect(asOf(null)).toBe('');
  });
});

describe('a profile', () => {
  it.each([
    [EIDS.quectel, 'EID without a device'],
    [null, 'Any device, by matching ID'],
  ])('for the EID %s is called “%s”', (eid, title) => {
    expect(profileTitle({ eid })).toBe(title);
  });

  it('is for the device on the bench that has its EID', () => {
    const devices = [aDevice({ id: 'other', eid: null }), aDevice({ id: 'its' })];
    expect(deviceOf(devices, { eid: EIDS.quectel })?.id).toBe('its');
    expect(deviceOf(devices, { eid: EIDS.simcom })).toBeNull();
    expect(deviceOf(devices, { eid: null })).toBeNull();
  });

  it.each([
    ['2026-11-24T08:00:00Z', Date.UTC(2026, 10, 24, 8)],
    ['yesterday', null],
    [null, null],
  ])('made at “%s”', (text, at) => {
    expect(providerTime(text)).toBe(at);
  });
});
