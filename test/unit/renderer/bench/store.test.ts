import { describe, expect, it, vi } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import { fail, ok } from '../../../../contract/result.ts';
import { createBenchStore } from '../../../../renderer/bench/store.ts';
import { FakeBridge } from '../fakeBridge.ts';
import { aDevice, aState } from '../fixtures.ts';

async function started(bridge: FakeBridge) {
  const store = createBenchStore(bridge);
  store.start();
  await vi.waitFor(() => expect(store.getView().phase).not.toBe('loading'));
  return store;
}

function devicesShown(store: ReturnType<typeof createBenchStore>): number {
  const view = store.getView();
  return view.phase === 'ready' ? view.state.devices.length : -1;
}

const wholeAsked = (bridge: FakeBridge) => bridge.asked.filter((asked) => asked.name === 'state.get').length;

describe("the window's copy of the state", () => {
  it('is loading, then what main says', async () => {
    const bridge = new FakeBridge(aState({ devices: [aDevice()] }));
    const store = createBenchStore(bridge);
    expect(store.getView()).toEqual({ phase: 'loading' });
    store.start();
    await vi.waitFor(() => expect(devicesShown(store)).toBe(1));
  });

  it('says why where it cannot be had, and can be asked for again', async () => {
    const bridge = new FakeBridge(aState());
    bridge.answers['state.get'] = () => fail(fault('internal'));
    const store = await started(bridge);
    expect(store.getView()).toMatchObject({ phase: 'failed', fault: { code: 'internal' } });
    delete bridge.answers['state.get'];
    store.start();
    await vi.waitFor(() => expect(store.getView().phase).toBe('ready'));
  });

  it('follows changes and tells of each once', async () => {
    const bridge = new FakeBridge(aState());
    const store = await started(bridge);
    const told = vi.fn();
    const stop = store.subscribe(told);
    bridge.change({ devices: [aDevice()] });
    expect(devicesShown(store)).toBe(1);
    expect(told).toHaveBeenCalledTimes(1);
    stop();
    bridge.change({ devices: [] });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('does not tell of a change that it has already', async () => {
    const bridge = new FakeBridge(aState());
    const store = await started(bridge);
    const told = vi.fn();
    store.subscribe(told);
    bridge.emit('state.changed', { revision: bridge.revision, slices: { devices: [aDevice()] }, orders: [] });
    expect(told).not.toHaveBeenCalled();
  });

  it('asks for the whole again after a gap', async () => {
    const bridge = new FakeBridge(aState());
    const store = await started(bridge);
    bridge.revision = 40;
    bridge.state = aState({ devices: [aDevice(), aDevice({ id: 'other' })] });
    bridge.emit('state.changed', { revision: 40, slices: {}, orders: [] });
    await vi.waitFor(() => expect(devicesShown(store)).toBe(2));
    expect(wholeAsked(bridge)).toBe(2);
  });

  it('loses no change that comes while the whole is on its way', async () => {
    const bridge = new FakeBridge(aState());
    const first = { revision: bridge.revision, state: bridge.state };
    bridge.answers['state.get'] = () => {
      // Main answered, and changed before the answer arrived.
      queueMicrotask(() => bridge.change({ devices: [aDevice()] }));
      return Promise.resolve().then(() => ok(first));
    };
    const store = await started(bridge);
    expect(devicesShown(store)).toBe(1);
    expect(wholeAsked(bridge)).toBe(1);
  });

  it('listens once, however often it is started', async () => {
    const bridge = new FakeBridge(aState());
    const store = await started(bridge);
    store.start();
    store.start();
    await vi.waitFor(() => expect(wholeAsked(bridge)).toBe(2));
    const told = vi.fn();
    await vi.waitFor(() => expect(store.getView().phase).toBe('ready'));
    store.subscribe(told);
    bridge.change({ devices: [aDevice()] });
    expect(told.mock.calls.length).toBeLessThanOrEqual(1);
    expect(devicesShown(store)).toBe(1);
  });
});
