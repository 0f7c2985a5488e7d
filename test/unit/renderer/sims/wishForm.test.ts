import { describe, expect, it } from 'vitest';
import type { FleetList, SimWish } from '../../../../contract/activation.ts';
import { checkWish, fleetLabels, fleetOf, formOfWish } from '../../../../renderer/features/sims/wishForm.ts';

const PILOT = `HF${'5'.repeat(32)}`;
const UNNAMED = `HF${'7'.repeat(32)}`;
const list: FleetList = {
  fleets: [
    { sid: PILOT, uniqueName: 'Pilot Fleet' },
    { sid: `HF${'6'.repeat(32)}`, uniqueName: 'Field' },
    { sid: UNNAMED, uniqueName: null },
  ],
  listedAt: 0,
  fault: null,
};
const before: SimWish = {
  fleet: PILOT,
  fleetName: 'Pilot Fleet',
  simStatus: 'active',
  nameTemplate: '{imei}',
};

describe('the Fleet that is meant', () => {
  it.each([
    ['by its name', 'Pilot Fleet', list, null, PILOT, 'Pilot Fleet'],
    ['by its name with blanks around', '  Pilot Fleet ', list, null, PILOT, 'Pilot Fleet'],
    ['by its SID', PILOT, list, null, PILOT, 'Pilot Fleet'],
    ['by its SID where it has no name', UNNAMED, list, null, UNNAMED, null],
    ['as it was wished before, without a list', 'Pilot Fleet', null, before, PILOT, 'Pilot Fleet'],
    ['as it is typed, where no list has it', 'Other', list, before, 'Other', null],
    ['as it is typed, where there is no list', 'Other', null, null, 'Other', null],
  ])('%s', (_, typed, of, wished, fleet, fleetName) => {
    expect(fleetOf(typed, of, wished)).toEqual({ fleet, fleetName });
  });

  it('is offered by its name, or its SID where it has none, in the order of the alphabet', () => {
    expect(fleetLabels(list)).toEqual(['Field', UNNAMED, 'Pilot Fleet']);
    expect(fleetLabels(null)).toEqual([]);
  });

  it('puts numbers in the order that they count', () => {
    const numbered = ['Site 10', 'Site 2', 'Site 1'].map((uniqueName, at) => ({
      sid: `HF${at}`,
      uniqueName,
    }));
    expect(fleetLabels({ fleets: numbered, listedAt: 0, fault: null })).toEqual([
      'Site 1',
      'Site 2',
      'Site 10',
    ]);
  });
});

describe('a wish', () => {
  it('that was remembered comes back as it was', () => {
    expect(checkWish(formOfWish(before, null), list, before)).toEqual({ ok: true, wish: before });
    expect(checkWish(formOfWish(before, null), null, before)).toEqual({ ok: true, wish: before });
  });

  it('begins with ready and nothing else', () => {
    expect(formOfWish(null, null)).toEqual({ fleet: '', simStatus: 'ready', name: '' });
  });

  it.each([
    ['inactive', 'active'],
    ['active', 'active'],
    ['ready', 'ready'],
    ['new', 'ready'],
    ['a status of tomorrow', 'ready'],
  ])('for a SIM that is %s begins with %s', (present, begins) => {
    expect(formOfWish({ ...before, simStatus: 'ready' }, present).simStatus).toBe(begins);
    expect(formOfWish(null, present).simStatus).toBe(begins);
  });

  it('without a name leaves the name as it is', () => {
    const checked = checkWish({ fleet: 'Field', simStatus: 'ready', name: '  ' }, list, null);
    expect(checked).toMatchObject({ ok: true, wish: { nameTemplate: null } });
  });

  it.each([
    ['no Fleet', { fleet: ' ', name: '' }, { fleet: 'Choose a Fleet: a SIM is used in one.' }],
    ['a Fleet of two lines', { fleet: 'a\nb', name: '' }, { fleet: 'A Fleet is named in one line.' }],
    [
      'half a brace',
      { fleet: 'Field', name: 'a{' },
      { name: 'The name has a brace without its other half.' },
    ],
    [
      'a part that there is not',
      { fleet: 'Field', name: '{sn}' },
      { name: expect.stringMatching(/^\{sn\} is no part.*\{eid:last8\}\.$/) },
    ],
    [
      'a name that is too long',
      { fleet: 'Field', name: 'x'.repeat(256) },
      { name: expect.stringMatching(/longer than 255/) },
    ],
  ])('with %s says so at the field', (_, form, errors) => {
    expect(checkWish({ simStatus: 'ready', ...form }, list, null)).toEqual({ ok: false, errors });
  });
});
