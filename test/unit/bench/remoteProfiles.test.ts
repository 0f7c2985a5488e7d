import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import type { Order } from '../../../contract/order.ts';
import type { AccountOf } from '../../../contract/providerTable.ts';
import { ProfilePageSchema } from '../../../contract/remoteProfile.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { type HistoryParts, ordersBySid, pageOfProfiles } from '../../../main/bench/remoteProfiles.ts';
import type { Page, Profile } from '../../../main/provider/provider.ts';
import { EID, profile, sidOf } from '../orders/support/profiles.ts';
import { orderOf } from './support/states.ts';

const ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: `AC${'1'.repeat(32)}`,
  keySid: `SK${'2'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};
const OURS = { provider: 'twilio', accountSid: ACCOUNT.accountSid, endpoint: ACCOUNT.endpoint };
const NO_FILTER = { eid: null, simSid: null, status: null };

interface Given {
  readonly page?: Result<Page<Profile>>;
  readonly inUse?: AccountOf<'twilio'> | null;
  readonly orders?: readonly Order[];
  readonly ledger?: Result<unknown>;
}

function benchOf({
  page = ok({ entries: [profile()], next: null, incomplete: null }),
  inUse = ACCOUNT,
  orders = [],
  ledger = ok(null),
}: Given = {}) {
  const asked: unknown[] = [];
  const bench: HistoryParts = {
    accounts: {
      inUse: inUse === null ? null : { name: 'Workshop', account: inUse },
      provider: () => ({
        async page(filter, cursor) {
          asked.push([filter, cursor]);
          return page;
        },
      }),
    },
    store: { orders: () => orders },
    openOrders: () => ledger,
  };
  return { bench, asked };
}

describe('a page of the provider’s profiles', () => {
  it('holds what the provider says of each, in the provider’s order, and names the account', async () => {
    const entries = [
      profile({
        sid: sidOf(2),
        status: 'failed',
        eid: EID,
        errorCode: '22100',
        errorMessage: 'The SM-DP+ refused.',
        dateUpdated: '2026-11-24T09:00:00Z',
      }),
      profile({
        sid: sidOf(1),
        status: 'available',
        iccid: '89883070000012345678',
        simSid: 'HS1',
        smdpPlusAddress: 'smdp.example',
        matchingId: 'AAAAA-BBBBB',
      }),
    ];
    const { bench } = benchOf({ page: ok({ entries, next: '/v1/ESimProfiles?Page=1', incomplete: null }) });
    const page = await pageOfProfiles(bench, NO_FILTER, null);
    expect(page).toEqual(
      ok({
        account: 'Workshop',
        next: '/v1/ESimProfiles?Page=1',
        incomplete: null,
        profiles: [
          {
            sid: sidOf(2),
            status: 'failed',
            eid: EID,
            iccid: null,
            simSid: null,
            smdpAddress: null,
            matchingId: null,
            errorCode: '22100',
            errorMessage: 'The SM-DP+ refused.',
            dateCreated: '2026-11-24T08:00:00Z',
            dateUpdated: '2026-11-24T09:00:00Z',
            orderId: null,
          },
          {
            sid: sidOf(1),
            status: 'available',
            eid: null,
            iccid: '89883070000012345678',
            simSid: 'HS1',
            smdpAddress: 'smdp.example',
            matchingId: 'AAAAA-BBBBB',
            errorCode: null,
            errorMessage: null,
            dateCreated: '2026-11-24T08:00:00Z',
            dateUpdated: null,
            orderId: null,
          },
        ],
      }),
    );
    expect(page.ok && ProfilePageSchema.safeParse(page.value).success).toBe(true);
  });

  it.each([
    ['nothing', NO_FILTER, {}],
    [
      'an EID, grouped as on a label',
      { ...NO_FILTER, eid: `EID: ${EID.replace(/(.{4})/g, '$1 ')}` },
      { eid: EID },
    ],
    ['a Sim', { ...NO_FILTER, simSid: 'HS0' }, { simSid: 'HS0' }],
    ['a status that we do not know', { ...NO_FILTER, status: 'paused' }, { status: 'paused' }],
    [
      'all of them',
      { eid: EID, simSid: 'HS0', status: 'available' },
      { eid: EID, simSid: 'HS0', status: 'available' },
    ],
  ])('is asked for by %s', async (_what, filter, wanted) => {
    const { bench, asked } = benchOf();
    await pageOfProfiles(bench, filter, '/v1/ESimProfiles?Page=3');
    expect(asked).toEqual([[{ ...wanted, pageSize: 50 }, '/v1/ESimProfiles?Page=3']]);
  });

  it.each(['', '8904', '8'.repeat(33), 'not an EID at all'])(
    'is not asked for by the EID “%s”',
    async (eid) => {
      const { bench, asked } = benchOf();
      expect(await pageOfProfiles(bench, { ...NO_FILTER, eid }, null)).toMatchObject({
        ok: false,
        fault: { code: 'eid.invalid' },
      });
      expect(asked).toEqual([]);
    },
  );

  it('needs an account', async () => {
    const { bench, asked } = benchOf({ inUse: null });
    expect(await pageOfProfiles(bench, NO_FILTER, null)).toMatchObject({ fault: { code: 'account.none' } });
    expect(asked).toEqual([]);
  });

  it('gives the provider’s reason where there is none to be had', async () => {
    const { bench } = benchOf({ page: fail(fault('provider.offline')) });
    expect(await pageOfProfiles(bench, NO_FILTER, null)).toEqual(fail(fault('provider.offline')));
  });

  it('says that it does not tell all', async () => {
    const incomplete = fault('provider.unreadable', { details: '1 of 2: not an eSIM profile' });
    const { bench } = benchOf({ page: ok({ entries: [profile()], next: null, incomplete }) });
    expect(await pageOfProfiles(bench, NO_FILTER, null)).toMatchObject({ value: { incomplete } });
  });

  it('is had without a ledger, too', async () => {
    const { bench } = benchOf({ ledger: fail(fault('ledger.unreadable')) });
    expect(await pageOfProfiles(bench, NO_FILTER, null)).toMatchObject({
      ok: true,
      value: { profiles: [{ sid: sidOf(1), orderId: null }] },
    });
  });
});

describe('a profile is ours', () => {
  const entries = [profile({ sid: sidOf(1) }), profile({ sid: sidOf(2) }), profile({ sid: null })];
  const ourIds = async (orders: readonly Order[]) => {
    const { bench } = benchOf({ orders, page: ok({ entries, next: null, incomplete: null }) });
    const page = await pageOfProfiles(bench, NO_FILTER, null);
    return page.ok ? page.value.profiles.map(({ orderId }) => orderId) : page.fault;
  };
  const order = (change: Partial<Order>) => orderOf({ id: 'ours', account: OURS, sid: sidOf(2), ...change });

  it.each<[string, Partial<Order>, (string | null)[]]>([
    ['where an order has it', {}, [null, 'ours', null]],
    ['also where that is archived', { archivedAt: 5 }, [null, 'ours', null]],
    ['not by an order without a profile', { sid: null }, [null, null, null]],
    ['not by one of another account', { account: { ...OURS, accountSid: 'AC9' } }, [null, null, null]],
    ['not by one at another endpoint', { account: { ...OURS, endpoint: 'https://b' } }, [null, null, null]],
    ['not by one at another provider', { account: { ...OURS, provider: 'kore' } }, [null, null, null]],
  ])('%s', async (_what, change, ids) => {
    expect(await ourIds([order(change)])).toEqual(ids);
  });

  it('whichever key of the account is in use', () => {
    const held = ordersBySid([order({})], { ...ACCOUNT, keySid: null });
    expect([...held]).toEqual([[sidOf(2), 'ours']]);
  });
});
