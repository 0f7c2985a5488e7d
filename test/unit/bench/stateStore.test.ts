import { beforeEach, describe, expect, it } from 'vitest';
import type { StateChange } from '../../../contract/state.ts';
import { StateStore } from '../../../main/bench/stateStore.ts';
import { emptyState, orderOf } from './support/states.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

let store: StateStore;
let changes: StateChange[];

beforeEach(() => {
  store = new StateStore(emptyState());
  changes = [];
  store.onChange((change) => changes.push(change));
});

describe('StateStore', () => {
  it('puts what changes in one turn into one change', async () => {
    store.set({ devices: [] });
    store.set({ usualMsToAvailable: 1 });
    store.set({ usualMsToAvailable: 2 });
    store.putOrders([orderOf({ id: 'a' })]);
    store.putOrders([orderOf({ id: 'a', status: 'available' })]);
    expect(changes).toEqual([]);
    await turn();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ revision: 1, slices: { devices: [], usualMsToAvailable: 2 } });
    expect(changes[0]?.orders.map((o) => [o.id, o.status])).toEqual([['a', 'available']]);
  });

  it('says nothing when nothing changed', async () => {
    await turn();
    expect(changes).toEqual([]);
  });

  it('counts revisions without a gap, also over a snapshot taken in the middle of a turn', async () => {
    store.set({ usualMsToAvailable: 1 });
    const { revision, state } = store.snapshot();
    expect(state.usualMsToAvailable).toBe(1);
    store.set({ usualMsToAvailable: 2 });
    await turn();
    expect(changes.map((c) => c.revision)).toEqual([revision, revision + 1]);
  });

  it('gives all orders, newest first, whatever order they came in', () => {
    store.putOrders([
      orderOf({ id: 'b', createdAt: 2 }),
      orderOf({ id: 'c', createdAt: 3 }),
      orderOf({ id: 'a', createdAt: 1 }),
    ]);
    expect(store.snapshot().state.orders.map((o) => o.id)).toEqual(['c', 'b', 'a']);
  });

  it('tells of each order by itself at once', () => {
    const seen: string[] = [];
    const stop = store.onOrder((order) => seen.push(`${order.id} ${order.status}`));
    store.putOrders([orderOf({ id: 'a', status: 'sending' })]);
    store.putOrders([orderOf({ id: 'a', status: 'new' })]);
    stop();
    store.putOrders([orderOf({ id: 'a', status: 'available' })]);
    expect(seen).toEqual(['a sending', 'a new']);
  });
});
