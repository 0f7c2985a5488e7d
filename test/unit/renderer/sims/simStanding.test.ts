import { describe, expect, it } from 'vitest';
import { ACTIVATION_STATUSES } from '../../../../contract/activation.ts';
import {
  fleetKey,
  fleetKeyOfAccount,
  hasSimPart,
  isNextToActivate,
  mayWish,
  namedAccountOf,
  offersWish,
} from '../../../../renderer/features/sims/simStanding.ts';
import { ACCOUNT, AVAILABLE_EID, anActivation, anOrder, aSim } from '../fixtures.ts';

const installed = { ...AVAILABLE_EID, status: 'installed' };

describe('the part of an order that is about its SIM', () => {
  it.each([
    ['an order that was just written', { status: 'draft' }, true],
    ['one that waits for its profile', { status: 'reserving' }, true],
    ['one that was refused', { status: 'refused' }, false],
    ['one that failed', { status: 'failed' }, false],
    ['one that failed after it had a SIM', { status: 'failed', simSid: 'HS1' }, true],
    ['one that was taken back', { status: 'cancelled' }, false],
  ])('%s: %#', (_, part, there) => {
    expect(hasSimPart(anOrder(part))).toBe(there);
  });
});

describe('whether something may be wished', () => {
  it.each(ACTIVATION_STATUSES)('while the activation is %s', (status) => {
    const order = anOrder({ ...AVAILABLE_EID, activation: anActivation({ status }) });
    expect(mayWish(order)).toBe(['waiting', 'done', 'stopped'].includes(status));
  });

  it('before there is a SIM, but not where there will be none', () => {
    expect(mayWish(anOrder())).toBe(true);
    expect(mayWish(anOrder({ status: 'refused' }))).toBe(false);
  });
});

describe('whether the part offers to make something of a SIM that nothing is wished of', () => {
  it.each([
    ['unused, with its QR shown: it is offered beside that', { sim: aSim() }, true, false],
    ['unused, without a QR', { sim: aSim() }, false, true],
    ['not asked about yet, with its QR shown', {}, true, false],
    ['inactive', { sim: aSim({ status: 'inactive' }) }, true, true],
    ['ready already', { sim: aSim({ status: 'ready' }) }, true, true],
    ['not there yet, with its QR shown', { simSid: null }, true, true],
    ['of an order that failed', { status: 'failed' }, false, false],
  ])('%s', (_, part, qrShown, offered) => {
    expect(offersWish(anOrder({ ...AVAILABLE_EID, ...part }), qrShown)).toBe(offered);
  });
});

describe('whether to activate is the next thing to do', () => {
  it.each([
    ['the QR has been used and the SIM is new', { ...installed, sim: aSim() }, true],
    ['the QR has been used and nothing is known of the SIM', installed, true],
    ['the QR is still to be scanned', { ...AVAILABLE_EID, sim: aSim() }, false],
    ['the SIM is in use already', { ...installed, sim: aSim({ status: 'active' }) }, false],
    ['something is wished', { ...installed, sim: aSim(), activation: anActivation() }, false],
  ])('%s', (_, part, next) => {
    expect(isNextToActivate(anOrder(part))).toBe(next);
  });
});

describe('the account of an order', () => {
  const named = (name: string, accountSid: string = ACCOUNT.accountSid) => ({
    name,
    account: { ...ACCOUNT, accountSid },
    simDefaults: null,
  });
  it.each([
    ['the one in use, of two that are the same', [named('A'), named('B')], 'B', 'B'],
    ['the first, where none of them is in use', [named('A'), named('B')], null, 'A'],
    ['none, where it is there no more', [named('A', `AC${'1'.repeat(32)}`)], 'A', undefined],
  ])('is %s', (_, accounts, inUse, name) => {
    expect(namedAccountOf(anOrder(), accounts, inUse)?.name).toBe(name);
  });

  it('has its Fleets under the same key as its orders', () => {
    expect(fleetKeyOfAccount({ account: ACCOUNT })).toBe(fleetKey(anOrder()));
  });
});
