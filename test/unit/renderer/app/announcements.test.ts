import { describe, expect, it } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import type { BenchState } from '../../../../contract/state.ts';
import { announcements, wantsToast } from '../../../../renderer/app/announcements.ts';
import {
  AVAILABLE_EID,
  aDevice,
  anActivation,
  anOrder,
  aSim,
  aState,
  aVerification,
  NOW,
} from '../fixtures.ts';

const said = (before: Partial<BenchState>, after: Partial<BenchState>) =>
  announcements(aState(before), aState(after)).map((item) => item.text);

describe('what is told to somebody who does not see the window', () => {
  it('a device that is plugged in, ready, failed, unplugged', () => {
    const at = (phase: 'opening' | 'ready' | 'gone') => ({ devices: [aDevice({ phase })] });
    expect(said({}, at('opening'))).toEqual(['Quectel EM05-G: opening the port']);
    expect(said(at('opening'), at('ready'))).toEqual(['Quectel EM05-G: ready to order']);
    expect(said(at('ready'), at('gone'))).toEqual(['Quectel EM05-G: unplugged']);
    expect(
      said(at('opening'), { devices: [aDevice({ phase: 'failed', fault: fault('port.busy') })] }),
    ).toEqual(['Quectel EM05-G: port in use']);
  });

  it('how what was begun on a device has ended, and each step of a long wait', () => {
    const verifying = (step: string) => ({
      devices: [aDevice({ activity: { kind: 'verify', step, since: NOW, until: NOW + 180_000 } })],
    });
    const reading = {
      devices: [aDevice({ activity: { kind: 'readChip', step: 'x', since: NOW, until: null } })],
    };
    expect(said({ devices: [aDevice()] }, verifying('Searching'))).toEqual([]);
    expect(said(verifying('Searching'), verifying('Denied on LTE'))).toEqual([
      'Quectel EM05-G: Denied on LTE',
    ]);
    expect(said(verifying('Searching'), { devices: [aDevice({ verification: aVerification() })] })).toEqual([
      'Quectel EM05-G: Registered, roaming',
    ]);
    expect(said(reading, { devices: [aDevice({ activityFault: fault('chip.busy') })] })).toEqual([
      'Quectel EM05-G: The eUICC is busy with a command of its own.',
    ]);
  });

  it('each step of an order, once', () => {
    const reserving = { orders: [anOrder()] };
    const available = { orders: [anOrder(AVAILABLE_EID)] };
    expect(said(reserving, available)).toEqual(['Quectel EM05-G: profile available']);
    expect(said(available, { orders: [anOrder({ ...AVAILABLE_EID, archivedAt: NOW })] })).toEqual([]);
  });

  it('how the activation of a SIM has ended, and nothing of its way there', () => {
    const at = (
      status: 'sending' | 'scheduled' | 'done' | 'stopped',
      why: ReturnType<typeof fault> | null = null,
    ) => ({
      orders: [
        anOrder({
          ...AVAILABLE_EID,
          sim: aSim({ status: 'ready' }),
          activation: anActivation({ status, heldFor: null, fault: why }),
        }),
      ],
    });
    expect(said(at('sending'), at('scheduled'))).toEqual([]);
    expect(said(at('scheduled'), at('done'))).toEqual(['Quectel EM05-G: SIM ready']);
    expect(said(at('done'), at('done'))).toEqual([]);
    expect(said(at('sending'), at('stopped', fault('activation.incomplete')))).toEqual([
      'Quectel EM05-G: SIM not changed. The provider took the change of the SIM, but the SIM did not become what was wished.',
    ]);
    expect(said({}, at('done'))).toEqual(['Quectel EM05-G: profile available']);
  });

  it('a provider that is lost and found again', () => {
    const at = (state: 'reachable' | 'offline' | 'rejected') => ({
      provider: { state, since: 0, fault: null },
    });
    expect(said(at('reachable'), at('offline'))).toEqual(['Twilio cannot be reached']);
    expect(said(at('offline'), at('reachable'))).toEqual(['Twilio can be reached again']);
    expect(said(at('reachable'), at('rejected'))).toEqual(['Twilio does not accept the credentials']);
  });

  it('a proxy that asks, once', () => {
    const asks = { proxyLogin: { host: 'proxy.example:3128', realm: 'Company', refused: false } };
    const refuses = { proxyLogin: { ...asks.proxyLogin, refused: true } };
    expect(said({}, asks)).toEqual(['The proxy proxy.example:3128 asks for a user name and password.']);
    expect(said({}, refuses)).toEqual([
      'The proxy proxy.example:3128 does not accept the user name and password it was given.',
    ]);
    expect(said(asks, refuses)).toEqual([]);
    expect(said(refuses, {})).toEqual([]);
  });

  it('nothing where a whole rack changes at once', () => {
    const devices = Array.from({ length: 32 }, (_, index) => aDevice({ id: `d${index}` }));
    expect(said({}, { devices })).toEqual([]);
  });
});

describe('a toast', () => {
  const order = anOrder(AVAILABLE_EID);
  const state = aState({ devices: [aDevice(), aDevice({ id: 'other', eid: null })], orders: [order] });
  const news = { text: '', tone: 'scan' as const, deviceId: null, orderId: order.id };
  it.each([
    ['not where its device is shown', { view: 'devices', deviceId: aDevice().id, orderId: null }, false],
    ['where another device is shown', { view: 'devices', deviceId: 'other', orderId: null }, true],
    ['not where the order is shown', { view: 'orders', deviceId: null, orderId: order.id }, false],
    ['where another order is shown', { view: 'orders', deviceId: null, orderId: 'another' }, true],
    ['in the settings', { view: 'account', deviceId: null, orderId: null }, true],
  ])('%s', (_, place, wanted) => {
    expect(wantsToast(news, state, place)).toBe(wanted);
  });

  it.each([
    ['reserving', false],
    ['installed', false],
    ['failed', true],
    ['unconfirmed', true],
  ])('for %s: %s', (status, wanted) => {
    const now = aState({ orders: [anOrder({ status })] });
    expect(wantsToast(news, now, { view: 'account', deviceId: null, orderId: null })).toBe(wanted);
  });

  it('for its SIM, whatever the order’s status', () => {
    const now = aState({ orders: [anOrder({ ...AVAILABLE_EID, status: 'installed' })] });
    const ofSim = { ...news, ofSim: true };
    expect(wantsToast(ofSim, now, { view: 'account', deviceId: null, orderId: null })).toBe(true);
    expect(wantsToast(ofSim, now, { view: 'orders', deviceId: null, orderId: news.orderId })).toBe(false);
  });

  it('not for the order of the profile that is looked at in the provider’s list', () => {
    const [order] = state.orders;
    const at = (profileSid: string | null) =>
      ({ view: 'orders', deviceId: null, orderId: news.orderId, orderSide: 'provider', profileSid }) as const;
    expect(order?.sid).not.toBeNull();
    expect(wantsToast(news, state, at(order?.sid ?? null))).toBe(false);
    expect(wantsToast(news, state, at('HP-another'))).toBe(true);
    expect(wantsToast(news, state, at(null))).toBe(true);
  });

  it('never for what is no order', () => {
    expect(
      wantsToast({ ...news, orderId: null }, state, { view: 'account', deviceId: null, orderId: null }),
    ).toBe(false);
  });
});
