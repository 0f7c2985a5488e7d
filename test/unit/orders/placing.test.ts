import { describe, expect, it } from 'vitest';
import { openBench, wish } from './support/bench.ts';
import { must } from './support/ledgers.ts';
import { ACCOUNT, EID, OTHER_EID, sidOf } from './support/profiles.ts';
import { madeByEid } from './support/scriptedProvider.ts';

describe('placing an order', () => {
  it('writes it down, sends it once and takes over what the provider says', async () => {
    const bench = openBench();
    const device = { id: 'imei:1', name: 'EM05-G', imei: '860000000000001' };
    const callback = { url: 'https://example.com/hook', method: 'GET' } as const;
    const id = await bench.placed({ device, callback });
    expect(bench.order(id)).toMatchObject({
      status: 'new',
      kind: 'eid',
      eid: EID,
      sid: sidOf(1),
      device,
      callback,
      account: ACCOUNT,
      heldFor: null,
      fault: null,
    });
    expect(bench.order(id).history.map(({ status }) => status)).toEqual(['draft', 'sending', 'new']);
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
    expect(bench.told.map(({ status }) => status)).toEqual(['draft', 'sending', 'new']);
  });

  it('has the intent in the ledger, as being sent, when the request leaves', async () => {
    const bench = openBench();
    const seen: string[] = [];
    bench.provider.onCreate = () => seen.push(...bench.orders().map(({ status }) => status));
    await bench.placed();
    expect(seen).toEqual(['sending']);
  });

  it('passes callback and target on', async () => {
    const bench = openBench();
    const requests: unknown[] = [];
    bench.provider.onCreate = (request) => requests.push(request);
    const callback = { url: 'https://example.com/hook', method: 'POST' } as const;
    await bench.placed({ target: { kind: 'matchingId' }, callback });
    await bench.placed();
    expect(requests).toMatchObject([
      { target: { kind: 'matchingId' }, callback },
      { target: { kind: 'eid', eid: EID }, callback: null },
    ]);
  });

  it('offers the live profiles of the EID instead, and writes nothing', async () => {
    const bench = openBench();
    bench.provider.make({ eid: EID, status: 'failed' });
    bench.provider.make({ eid: OTHER_EID });
    const live = bench.provider.make({ eid: EID, status: 'available', smdpPlusAddress: 'smdp.example' });
    const outcome = await bench.place();
    expect(outcome).toEqual({
      kind: 'exists',
      profiles: [
        {
          sid: live.sid,
          status: 'available',
          eid: EID,
          iccid: null,
          smdpAddress: 'smdp.example',
          matchingId: null,
          dateCreated: live.dateCreated,
          orderId: null,
        },
      ],
    });
    expect(bench.orders()).toEqual([]);
    expect(bench.provider.count('create')).toBe(0);
  });

  it('says which order of ours a live profile belongs to', async () => {
    const bench = openBench();
    const id = await bench.placed();
    bench.provider.move(sidOf(1), 'available');
    await bench.clock.advance(5_000);
    expect(await bench.place()).toMatchObject({ kind: 'exists', profiles: [{ sid: sidOf(1), orderId: id }] });
  });

  it('orders another one when that is asked for in so many words', async () => {
    const bench = openBench();
    bench.provider.make({ eid: EID, status: 'available' });
    const id = await bench.placed({ orderAnother: true });
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(2) });
    expect(bench.provider.profiles).toHaveLength(2);
  });

  it('asks the provider once for what exists, and once for the profile', async () => {
    const bench = openBench();
    const placing = bench.desk.place(wish());
    await bench.clock.advance(100);
    await placing;
    expect(bench.provider.requests.map(({ kind }) => kind)).toEqual(['list', 'create']);
  });

  it('makes one order of two clicks at the same time', async () => {
    const bench = openBench();
    const clicks = [bench.desk.place(wish()), bench.desk.place(wish()), bench.desk.place(wish())];
    await bench.clock.advance(1_000);
    const outcomes = (await Promise.all(clicks)).map(must);
    const [{ id } = { id: '' }] = bench.orders();
    expect(outcomes).toEqual([
      { kind: 'ordered', orderId: id },
      { kind: 'ordered', orderId: id, repeated: true },
      { kind: 'ordered', orderId: id, repeated: true },
    ]);
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it('makes one order of two quick clicks on "order another"', async () => {
    const bench = openBench();
    bench.provider.make({ eid: EID });
    const first = await bench.place({ orderAnother: true });
    const second = await bench.place({ orderAnother: true });
    expect(second).toEqual({ ...first, repeated: true });
    await bench.clock.advance(5_000);
    expect(await bench.place({ orderAnother: true })).not.toMatchObject({ repeated: true });
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 3 });
  });

  it('makes as many matching-ID orders as it is asked for', async () => {
    const bench = openBench();
    const clicks = Array.from({ length: 5 }, () =>
      bench.desk.place(wish({ target: { kind: 'matchingId' } })),
    );
    await bench.clock.advance(2_000);
    await Promise.all(clicks);
    expect(madeByEid(bench.provider)).toEqual({ '': 5 });
    expect(new Set(bench.orders().map(({ sid }) => sid)).size).toBe(5);
  });

  it.each(['commitThenHangUp', 'hangUp'] as const)(
    'gives back the open order of an EID when its answer is missing (%s), however it is asked for again',
    async (mishap) => {
      const bench = openBench();
      bench.provider.mishaps.push(mishap);
      const id = await bench.placed();
      await bench.clock.advance(31_000);
      expect(bench.order(id).status).toBe('unconfirmed');
      for (const orderAnother of [false, true]) {
        expect(await bench.place({ orderAnother })).toEqual({ kind: 'ordered', orderId: id, repeated: true });
      }
      expect(bench.provider.count('create')).toBe(1);
    },
  );

  it('writes nothing where the provider refuses to look the EID up', async () => {
    const bench = openBench();
    const { fault } = await import('../../../contract/fault.ts');
    bench.provider.listFault = fault('provider.refused');
    const placing = bench.desk.place(wish());
    await bench.clock.advance(100);
    expect(await placing).toMatchObject({ ok: false, fault: { code: 'provider.refused' } });
    expect(bench.orders()).toEqual([]);
  });

  it('writes nothing for an account that there are no credentials for', async () => {
    const bench = openBench({ provider: () => null });
    expect(await bench.desk.place(wish())).toMatchObject({ ok: false, fault: { code: 'account.none' } });
    expect(bench.orders()).toEqual([]);
  });
});

describe('offline', () => {
  it('keeps orders in the outbox and sends them in order when the provider can be reached again', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const ids = [
      await bench.placed(),
      await bench.placed({ target: { kind: 'matchingId' } }),
      await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } }),
    ];
    expect(ids.map((id) => bench.order(id).status)).toEqual(['draft', 'draft', 'draft']);
    expect(bench.order(ids[0] ?? '')).toMatchObject({
      heldFor: 'network',
      fault: { code: 'provider.offline' },
    });
    expect(bench.order(ids[1] ?? '')).toMatchObject({ heldFor: 'turn' });
    await bench.clock.advance(600_000);
    expect(bench.provider.count('create')).toBe(0);
    bench.provider.offline = false;
    await bench.clock.advance(61_000);
    expect(ids.map((id) => bench.order(id).sid)).toEqual([sidOf(1), sidOf(2), sidOf(3)]);
  });

  it('asks less and less often whether the provider is there, and not at all when nothing waits', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const id = await bench.placed();
    bench.provider.requests.length = 0;
    await bench.clock.advance(3_600_000);
    expect(bench.provider.requests.length).toBeLessThan(75);
    expect(bench.provider.requests.length).toBeGreaterThan(50);
    must(bench.desk.cancel(id));
    await bench.clock.advance(61_000);
    bench.provider.requests.length = 0;
    await bench.clock.advance(3_600_000);
    expect(bench.provider.requests).toEqual([]);
  });

  it('looks at once when the system says that a network is there', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const id = await bench.placed();
    await bench.clock.advance(300_000);
    bench.provider.offline = false;
    bench.desk.networkMayBeBack();
    await bench.clock.advance(100);
    expect(bench.order(id).status).toBe('new');
  });

  it('goes on when any other request shows that the provider is there', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const id = await bench.placed();
    await bench.clock.advance(300_000);
    bench.provider.offline = false;
    void bench.provider.check();
    await bench.clock.advance(100);
    expect(bench.order(id).status).toBe('new');
  });

  it('sends nothing for an EID that has got a live profile meanwhile, but offers it', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const id = await bench.placed();
    const behind = await bench.placed({ target: { kind: 'matchingId' } });
    const theirs = bench.provider.make({ eid: EID, status: 'available' });
    bench.provider.offline = false;
    await bench.clock.advance(61_000);
    expect(bench.order(id)).toMatchObject({
      status: 'draft',
      heldFor: 'choice',
      candidates: [{ sid: theirs.sid }],
      fault: { code: 'order.exists' },
    });
    expect(bench.order(behind).status).toBe('new');
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1, '': 1 });
  });

  it('offers what the ledger knows of an EID when the provider cannot be asked', async () => {
    const bench = openBench();
    const id = await bench.placed();
    await bench.clock.advance(5_000);
    bench.provider.offline = true;
    await bench.clock.advance(30_000);
    expect(await bench.place()).toMatchObject({ kind: 'exists', profiles: [{ sid: sidOf(1), orderId: id }] });
  });

  it('takes orders back before they are sent, and never sends them', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const id = await bench.placed();
    must(bench.desk.cancel(id));
    bench.provider.offline = false;
    await bench.clock.advance(61_000);
    expect(bench.order(id).status).toBe('cancelled');
    expect(bench.provider.count('create')).toBe(0);
    expect(bench.desk.cancel(id)).toMatchObject({ ok: false, fault: { code: 'order.wrongState' } });
    expect(await bench.placed()).not.toBe(id);
  });

  it('still has everything after a restart, and goes on', async () => {
    const first = openBench();
    first.provider.offline = true;
    const id = await first.placed();
    await first.desk.stop();
    const second = openBench({}, first);
    first.provider.offline = false;
    second.desk.resume();
    await second.clock.advance(1_000);
    expect(second.order(id).status).toBe('new');
    expect(madeByEid(second.provider)).toEqual({ [EID]: 1 });
  });
});
