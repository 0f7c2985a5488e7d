import { describe, expect, it } from 'vitest';
import {
  ledgerWord,
  orderOfProfile,
  ordersBySid,
  shownStatus,
} from '../../../../renderer/features/history/ours.ts';
import { ACCOUNT, anOrder, aState, NOW } from '../fixtures.ts';

const SID = 'HP1';
const order = anOrder({ id: 'ours', sid: SID });
const elsewhere = (change: Partial<typeof order.account>) =>
  anOrder({ id: 'other', sid: SID, account: { ...order.account, ...change } });

describe('which of the provider’s profiles are ours', () => {
  it.each([
    ['one that an order of the account has', [order], 'ours'],
    ['not one of another account', [elsewhere({ accountSid: 'AC9' })], undefined],
    ['not one at another endpoint', [elsewhere({ endpoint: 'https://b.example' })], undefined],
    ['not by an order without a profile', [anOrder({ sid: null })], undefined],
  ])('%s', (_what, orders, id) => {
    expect(ordersBySid(orders, ACCOUNT).get(SID)?.id).toBe(id);
    expect(orderOfProfile(aState({ orders }), SID)?.id).toBe(id);
  });

  it('none without an account, or where none is chosen', () => {
    expect(ordersBySid([order], null).size).toBe(0);
    const state = aState({ orders: [order] });
    expect(orderOfProfile(state, null)).toBeNull();
    expect(orderOfProfile({ ...state, account: { ...state.account, account: null } }, SID)).toBeNull();
  });

  it('is told by word, shape and colour', () => {
    expect(ledgerWord(null)).toEqual({ word: 'not in it', tone: 'idle' });
    expect(ledgerWord({ archivedAt: null })).toEqual({ word: 'in the ledger', tone: 'ready' });
    expect(ledgerWord({ archivedAt: NOW })).toEqual({ word: 'archived', tone: 'gone' });
  });
});

describe('the status that is shown', () => {
  it.each([
    ['available', null, 'available'],
    ['available', 'installed', 'installed'],
    ['installed', 'available', 'installed'],
    ['reserving', 'failed', 'failed'],
    ['available', 'unconfirmed', 'available'],
    ['paused', 'available', 'available'],
    ['paused', null, 'paused'],
  ])('of “%s” in the list and “%s” in the ledger is “%s”', (listed, known, shown) => {
    expect(shownStatus({ status: listed }, known === null ? null : { status: known })).toBe(shown);
  });
});
