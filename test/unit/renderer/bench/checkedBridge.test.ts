import { describe, expect, it, vi } from 'vitest';
import { FAULTS, fault } from '../../../../contract/fault.ts';
import { fail, ok } from '../../../../contract/result.ts';
import { checkedBridge } from '../../../../renderer/bench/checkedBridge.ts';
import { FakeBridge } from '../fakeBridge.ts';
import { aState } from '../fixtures.ts';

describe('the door to main', () => {
  it('lets an answer of the right shape through, faults too', async () => {
    const inner = new FakeBridge(aState());
    inner.answers['account.test'] = () => ok({ elapsedMs: 12 });
    inner.answers['account.clear'] = () => fail(fault('keychain.locked'));
    const door = checkedBridge(inner);
    expect(await door.request('account.test', null)).toEqual(ok({ elapsedMs: 12 }));
    expect(await door.request('account.clear', { name: null })).toMatchObject({
      ok: false,
      fault: { code: 'keychain.locked' },
    });
    expect(await door.request('state.get', null)).toMatchObject({ ok: true });
  });

  it.each([
    ['the wrong value', { ok: true, value: { elapsedMs: 'soon' } }],
    ['no value', { ok: true }],
    ['an unknown fault', { ok: false, fault: { code: 'nonsense', message: '', hint: '' } }],
    ['nothing', undefined],
    ['a text', 'ok'],
  ])('turns %s into a fault of ours', async (_, answer) => {
    const inner = new FakeBridge(aState());
    const request: unknown = () => Promise.resolve(answer);
    Object.assign(inner, { request });
    const result = await checkedBridge(inner).request('account.test', null);
    expect(result).toMatchObject({ ok: false, fault: { code: 'internal', hint: FAULTS.internal.hint } });
  });

  it('turns a broken border into a fault of ours', async () => {
    const inner = new FakeBridge(aState());
    Object.assign(inner, { request: () => Promise.reject(new Error('object could not be cloned')) });
    const result = await checkedBridge(inner).request('account.test', null);
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'internal', details: expect.stringContaining('cloned') },
    });
  });

  it('drops an event of the wrong shape and says so', () => {
    const inner = new FakeBridge(aState());
    const onBad = vi.fn();
    const listener = vi.fn();
    const stop = checkedBridge(inner, onBad).on('atLog.added', listener);
    inner.emit('atLog.added', { entries: [] });
    expect(listener).toHaveBeenCalledTimes(1);
    const wrong = { entries: [{ seq: 'one' }] };
    // @ts-expect-error what must not come through
    inner.emit('atLog.added', wrong);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(onBad).toHaveBeenCalledWith('atLog.added', expect.any(String));
    stop();
    inner.emit('atLog.added', { entries: [] });
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
