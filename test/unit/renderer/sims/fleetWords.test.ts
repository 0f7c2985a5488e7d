import { describe, expect, it } from 'vitest';
import type { FleetList } from '../../../../contract/activation.ts';
import { fault } from '../../../../contract/fault.ts';
import { fleetNameOf, fleetNotice, mayAskAgain } from '../../../../renderer/features/sims/fleetWords.ts';
import { anActivation, NOW } from '../fixtures.ts';

const PILOT = { sid: anActivation().wish.fleet, uniqueName: 'Pilot Fleet' };
const offline = fault('provider.offline');
const listed: FleetList = { fleets: [PILOT], listedAt: NOW, fault: null };
const remembered: FleetList = { fleets: [PILOT], listedAt: NOW - 3_600_000, fault: offline };
const never: FleetList = { fleets: [], listedAt: null, fault: offline };
const none: FleetList = { fleets: [], listedAt: NOW, fault: null };

describe('what is said of the list of Fleets', () => {
  it.each([
    ['while it is asked for', null, true, null, 'busy', 'Asking Twilio for the Fleets'],
    [
      'when it is there',
      listed,
      false,
      null,
      'idle',
      'A SIM is used in a Fleet. Choose one, or enter its unique name or SID.',
    ],
    [
      'while it is asked for again',
      listed,
      true,
      null,
      'idle',
      'A SIM is used in a Fleet. Choose one, or enter its unique name or SID.',
    ],
    [
      'when it is that of last time',
      remembered,
      false,
      null,
      'waiting',
      'The provider cannot be reached. These are the Fleets of 09:42.',
    ],
    [
      'when it was never told',
      never,
      false,
      null,
      'waiting',
      'The provider cannot be reached. Enter the unique name or the SID of a Fleet.',
    ],
    [
      'when it cannot be had at all',
      null,
      false,
      offline,
      'waiting',
      'The provider cannot be reached. Enter the unique name or the SID of a Fleet.',
    ],
    [
      'when there is no Fleet',
      none,
      false,
      null,
      'waiting',
      'This account has no Fleet yet. Make one in the console of Twilio, then ask again.',
    ],
  ])('%s', (_, list, pending, why, tone, word) => {
    expect(fleetNotice(list, pending, why, 'Twilio', NOW)).toEqual({ tone, word });
  });

  it.each([
    ['all is there', listed, null, false],
    ['it is that of last time', remembered, null, true],
    ['it is empty', none, null, true],
    ['it could not be had', null, offline, true],
  ])('it may be asked for again where %s: %#', (_, list, why, again) => {
    expect(mayAskAgain(list, why)).toBe(again);
  });
});

describe('what a Fleet is called', () => {
  it('is what the list says, else what was wished, else nobody knows', () => {
    const { wish } = anActivation();
    expect(fleetNameOf(PILOT.sid, { ...listed, fleets: [{ ...PILOT, uniqueName: 'New name' }] }, wish)).toBe(
      'New name',
    );
    expect(fleetNameOf(PILOT.sid, null, wish)).toBe('Pilot Fleet');
    expect(fleetNameOf(`HF${'1'.repeat(32)}`, listed, wish)).toBeNull();
  });
});
