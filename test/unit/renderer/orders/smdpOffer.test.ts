import { describe, expect, it } from 'vitest';
import type { Device } from '../../../../contract/device.ts';
import type { Order } from '../../../../contract/order.ts';
import { smdpOffer } from '../../../../renderer/features/orders/smdpOffer.ts';
import { AVAILABLE_EID, AVAILABLE_MATCHING, aChip, aDevice, anOrder, EIDS } from '../fixtures.ts';

const available = anOrder(AVAILABLE_EID);
const withDefault = (defaultSmdp: string | null): Partial<Device> => ({
  chip: aChip({ addresses: { defaultSmdp, rootSmds: null } }),
});

describe('the default SM-DP+ address that an order by EID needs on the device', () => {
  it.each([
    ['the chip has not been read', {}, 'unread', null],
    ['the eUICC does not tell it', { chip: aChip({ addresses: null }) }, 'unread', null],
    ['none is set', withDefault(null), 'none', null],
    ['it is empty', withDefault(''), 'none', null],
    ['another one is set', withDefault('rsp.example'), 'other', 'rsp.example'],
    ['it is set', withDefault('sm-dp-plus.twilio.com'), 'same', 'sm-dp-plus.twilio.com'],
    [
      'it is set in other letters',
      withDefault('SM-DP-Plus.Twilio.com:443'),
      'same',
      'SM-DP-Plus.Twilio.com:443',
    ],
    ['another port is set', withDefault('sm-dp-plus.twilio.com:8443'), 'other', 'sm-dp-plus.twilio.com:8443'],
  ] as ReadonlyArray<readonly [string, Partial<Device>, string, string | null]>)(
    'where %s',
    (_, part, standing, present) => {
      expect(smdpOffer(aDevice(part), available)).toEqual({
        address: 'sm-dp-plus.twilio.com',
        standing,
        present,
      });
    },
  );

  it('is the address in the activation code, else the one that the provider names', () => {
    const order = anOrder({ ...AVAILABLE_EID, lpa: null, smdpAddress: 'named.example' });
    expect(smdpOffer(aDevice(), order)?.address).toBe('named.example');
    expect(smdpOffer(aDevice(), { ...order, smdpAddress: null })).toBeNull();
  });

  it.each([
    ['an order by matching ID', {}, AVAILABLE_MATCHING],
    ['an order for another eUICC', {}, { eid: EIDS.simcom }],
    ['an order that is not available yet', {}, { status: 'reserving' }],
    ['a profile that was downloaded already', {}, { status: 'downloaded' }],
    ['a device that is unplugged', { phase: 'gone' }, {}],
    ['a device whose EID is not known', { eid: null }, {}],
  ] as ReadonlyArray<readonly [string, Partial<Device>, Partial<Order>]>)(
    'is not offered for %s',
    (_, device, order) => {
      expect(smdpOffer(aDevice(device), anOrder({ ...AVAILABLE_EID, ...order }))).toBeNull();
    },
  );

  it('is not offered without a device, as in the ledger', () => {
    expect(smdpOffer(null, available)).toBeNull();
  });
});
