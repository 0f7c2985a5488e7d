import { describe, expect, it } from 'vitest';
import type { Activation } from '../../../contract/activation.ts';
import { fault } from '../../../contract/fault.ts';
import type { ExistingProfile, Order } from '../../../contract/order.ts';
import { remedyFor, standsStill } from '../../../main/cli/standing.ts';
import { orderOf } from '../bench/support/states.ts';

const candidate: ExistingProfile = {
  sid: 'HP7',
  status: 'available',
  eid: null,
  iccid: null,
  smdpAddress: null,
  matchingId: null,
  dateCreated: null,
  orderId: null,
};

const withSim: Partial<Order> = { status: 'available', simSid: 'HS1' };

function activation(status: Activation['status'], heldFor: Activation['heldFor'] = null): Activation {
  return {
    wish: { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: null },
    status,
    heldFor,
    uniqueName: null,
    number: 0,
    attempts: 0,
    fault: status === 'stopped' ? fault('activation.incomplete') : null,
  };
}

describe('whether a command still waits for an order', () => {
  it.each<[string, Partial<Order>, boolean]>([
    ['a draft whose turn comes', { status: 'draft', heldFor: 'turn' }, false],
    ['a draft that waits for the network', { status: 'draft', heldFor: 'network' }, false],
    ['a draft that waits until requests are taken again', { status: 'draft', heldFor: 'limit' }, false],
    ['one that is being sent', { status: 'sending' }, false],
    ['one that is being looked for', { status: 'unconfirmed', heldFor: null }, false],
    ['one that the provider works on', { status: 'reserving' }, false],
    ['one in a status that is new to us', { status: 'paused' }, false],
    ['a draft that waits for credentials', { status: 'draft', heldFor: 'account' }, true],
    ['one whose profile is to be chosen', { status: 'draft', heldFor: 'choice' }, true],
    ['one that was not found', { status: 'unconfirmed', heldFor: 'nothingFound' }, true],
    ['one that can be downloaded', { status: 'available' }, true],
    ['one that was refused', { status: 'refused' }, true],
    ['one whose SIM is being changed', { ...withSim, activation: activation('scheduled') }, false],
    [
      'one whose SIM waits for credentials',
      { ...withSim, activation: activation('waiting', 'account') },
      true,
    ],
    ['one whose SIM was left as it is', { ...withSim, activation: activation('stopped') }, true],
    ['one that will get no SIM', { status: 'refused', activation: activation('waiting', 'profile') }, true],
    ['one that has got no SIM', { status: 'available', activation: activation('waiting', 'profile') }, true],
  ])('%s: %s', (_what, given, still) => {
    expect(standsStill(orderOf(given))).toBe(still);
  });
});

describe('what a person is told to do', () => {
  it('names the profiles that can be chosen, and for a draft the way to another one', () => {
    const given: Partial<Order> = { id: 'abc', heldFor: 'choice', candidates: [candidate] };
    expect(remedyFor(orderOf({ ...given, status: 'unconfirmed' }))).toMatch(
      /order choose abc .*HP7 \(available\)$/,
    );
    expect(remedyFor(orderOf({ ...given, status: 'draft' }))).toMatch(/HP7.*--another$/);
  });

  it.each<[Order['heldFor'], RegExp | null]>([
    ['nothingFound', /order again abc/],
    ['account', /account set/],
    ['turn', null],
    ['network', null],
    [null, null],
  ])('for one held for %s', (heldFor, words) => {
    const remedy = remedyFor(orderOf({ id: 'abc', heldFor }));
    if (words === null) expect(remedy).toBeNull();
    else expect(remedy).toMatch(words);
  });
});
