import { describe, expect, it } from 'vitest';
import type { StateChange, StateSnapshot } from '../../../../contract/state.ts';
import { applyChange } from '../../../../renderer/bench/applyChange.ts';
import { aDevice, anOrder, aState } from '../fixtures.ts';

function snapshot(part: Parameters<typeof aState>[0] = {}): StateSnapshot {
  return { revision: 7, state: aState(part) };
}

function change(part: Partial<StateChange> = {}): StateChange {
  return { revision: 8, slices: {}, orders: [], ...part };
}

function applied(before: StateSnapshot, by: StateChange): StateSnapshot {
  const after = applyChange(before, by);
  if (after === 'gap') throw new Error('a gap');
  return after;
}

describe('a change of the state', () => {
  it('replaces the slices it names and leaves the others as they are', () => {
    const before = snapshot({ devices: [aDevice()] });
    const after = applied(before, change({ slices: { usualMsToAvailable: 5 } }));
    expect(after.revision).toBe(8);
    expect(after.state.usualMsToAvailable).toBe(5);
    expect(after.state.devices).toBe(before.state.devices);
    expect(after.state.orders).toBe(before.state.orders);
  });

  it('can set a slice to null', () => {
    const before = snapshot({ usualMsToAvailable: 9 });
    expect(
      applied(before, change({ slices: { usualMsToAvailable: null } })).state.usualMsToAvailable,
    ).toBeNull();
  });

  it('can end what a proxy asks', () => {
    const proxyLogin = { host: 'proxy.example:3128', realm: '', refused: false };
    const asked = applied(snapshot(), change({ slices: { proxyLogin } }));
    expect(asked.state.proxyLogin).toEqual(proxyLogin);
    expect(applied(asked, change({ revision: 9, slices: {} })).state.proxyLogin).toEqual(proxyLogin);
    expect(applied(asked, change({ revision: 9, slices: { proxyLogin: null } })).state.proxyLogin).toBeNull();
  });

  it('does not change the state it started from', () => {
    const before = snapshot({ orders: [anOrder()] });
    const copy = structuredClone(before);
    applied(before, change({ slices: { devices: [] }, orders: [anOrder({ status: 'available' })] }));
    expect(before).toEqual(copy);
  });

  it('is a gap where one before it was missed', () => {
    expect(applyChange(snapshot(), change({ revision: 9 }))).toBe('gap');
  });

  it.each([7, 6, 1])('is passed over where it is in the state already (revision %d)', (revision) => {
    const before = snapshot();
    expect(applyChange(before, change({ revision, slices: { devices: [aDevice()] } }))).toBe(before);
  });
});

describe('changed orders', () => {
  const older = anOrder({ id: 'a', createdAt: 1 });
  const newer = anOrder({ id: 'b', createdAt: 2 });

  it('take the place of the same ones, and leave the others untouched', () => {
    const after = applied(
      snapshot({ orders: [newer, older] }),
      change({ orders: [{ ...older, status: 'available' }] }),
    );
    expect(after.state.orders.map((order) => [order.id, order.status])).toEqual([
      ['b', 'reserving'],
      ['a', 'available'],
    ]);
    expect(after.state.orders[0]).toBe(newer);
  });

  it('come in newest first where they are new', () => {
    const middle = anOrder({ id: 'c', createdAt: 1.5 });
    const newest = anOrder({ id: 'd', createdAt: 3 });
    const after = applied(snapshot({ orders: [newer, older] }), change({ orders: [middle, newest] }));
    expect(after.state.orders.map((order) => order.id)).toEqual(['d', 'b', 'c', 'a']);
  });
});
