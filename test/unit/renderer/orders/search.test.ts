import { describe, expect, it } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import { groupOf } from '../../../../renderer/features/orders/orderWords.ts';
import { findOrders, queryWords, shownGroups } from '../../../../renderer/features/orders/search.ts';
import { AVAILABLE_EID, AVAILABLE_MATCHING, anActivation, anOrder, aSim, EIDS, NOW } from '../fixtures.ts';

const byEid = anOrder({ ...AVAILABLE_EID, id: 'by-eid', sim: aSim({ uniqueName: 'Rack unit' }) });
const byMatchingId = anOrder({
  ...AVAILABLE_MATCHING,
  id: 'by-matching',
  iccid: '89883070000099999999',
  activation: anActivation({ uniqueName: 'north-7' }),
});
const failed = anOrder({
  id: 'failed',
  status: 'failed',
  eid: EIDS.simcom,
  device: null,
  fault: fault('order.failed', { providerCode: '83500' }),
});
const put = anOrder({ id: 'put-away', status: 'installed', eid: EIDS.free, archivedAt: NOW });
const all = [byEid, byMatchingId, failed, put];
const found = (query: string, group: Parameters<typeof findOrders>[2] = 'all') =>
  findOrders(all, query, group).orders.map((order) => order.id);

describe('an order is found', () => {
  it.each([
    ['by its EID', EIDS.quectel, ['by-eid']],
    ['by its EID in groups', '8904 4011 1122 3344', ['by-eid']],
    ['by the end of its EID', '2 3321', ['by-eid']],
    ['by part of its ICCID with dashes', '8988-3070-0000-9999', ['by-matching']],
    ['by its SID in any case', 'hp0F3C5A', ['by-eid', 'by-matching', 'failed']],
    ['by its device', 'em05', ['by-eid']],
    ['by the IMEI of its device', '867929068986654', ['by-eid']],
    ['by its matching ID', 'kl14v-pa8qf', ['by-matching']],
    ['by the unique name of its SIM', 'rack unit', ['by-eid']],
    ['by the unique name that its SIM is to get', 'north-7', ['by-matching']],
    ['by the SID of its SIM', 'hs0123456789', ['by-eid', 'by-matching']],
    ['by the SM-DP+ address', 'sm-dp-plus', ['by-eid', 'by-matching']],
    ['by its state', 'available', ['by-eid', 'by-matching']],
    ['by the code of the provider', '83500', ['failed']],
    ['by two words, both of them', 'quectel available', ['by-eid']],
    ['by nothing at all', '  ', ['by-eid', 'by-matching', 'failed']],
  ])('%s', (_, query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it.each([
    ['by the name of its account', 'workshop', ['by-eid', 'by-matching', 'failed']],
    ['by that and something else', 'work em05', ['by-eid']],
    ['not by the name of another', 'field', []],
  ])('%s', (_, query, ids) => {
    const names = () => 'workshop';
    expect(findOrders(all, query, 'all', names).orders.map(({ id }) => id)).toEqual(ids);
  });

  it('not, where one word is nowhere in it', () => {
    expect(found('quectel nowhere')).toEqual([]);
  });

  it('joins digits over blanks and dashes, but not words', () => {
    expect(queryWords(' 8904 4011-1122  Quectel EM05 ')).toEqual(['890440111122', 'quectel', 'em05']);
  });
});

describe('groups', () => {
  it.each([
    ['draft', 'open'],
    ['sending', 'open'],
    ['unconfirmed', 'open'],
    ['new', 'open'],
    ['reserving', 'open'],
    ['a status of tomorrow', 'open'],
    ['available', 'available'],
    ['downloaded', 'done'],
    ['installed', 'done'],
    ['failed', 'failed'],
    ['refused', 'failed'],
    ['cancelled', 'failed'],
  ])('%s is %s', (status, group) => {
    expect(groupOf({ status, archivedAt: null })).toBe(group);
    expect(groupOf({ status, archivedAt: NOW })).toBe('archived');
  });

  it('show their own, and archived orders nowhere else', () => {
    expect(found('', 'available')).toEqual(['by-eid', 'by-matching']);
    expect(found('', 'failed')).toEqual(['failed']);
    expect(found('', 'archived')).toEqual(['put-away']);
  });

  it('count what the query finds in each', () => {
    expect(findOrders(all, '', 'done').counts).toEqual({
      all: 3,
      open: 0,
      available: 2,
      done: 0,
      failed: 1,
      archived: 1,
    });
    expect(findOrders(all, EIDS.free, 'all').counts).toMatchObject({ all: 0, archived: 1 });
  });

  it('are offered where they hold something, and the chosen one always', () => {
    const { counts } = findOrders(all, '', 'all');
    expect(shownGroups(counts, 'all')).toEqual(['all', 'available', 'failed', 'archived']);
    expect(shownGroups(counts, 'open')).toEqual(['all', 'open', 'available', 'failed', 'archived']);
  });
});
