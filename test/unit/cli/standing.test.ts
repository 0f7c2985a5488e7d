import { describe, expect, it } from 'vitest';
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
