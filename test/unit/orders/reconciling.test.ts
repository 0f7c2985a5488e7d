import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../main/provider/provider.ts';
import { openBench, type TestBench } from './support/bench.ts';
import { must } from './support/ledgers.ts';
import { EID, OTHER_EID, sidOf } from './support/profiles.ts';
import { type Mishap, madeByEid } from './support/scriptedProvider.ts';

const MATCHING = { target: { kind: 'matchingId' } } as const;
const notes = (bench: TestBench, id: string) => bench.order(id).history.map(({ note }) => note);

/** An order whose answer never came; the clock stands at the moment when that was known. */
async function lost(bench: TestBench, mishap: Mishap, wish = {}): Promise<string> {
  bench.provider.mishaps.push(mishap);
  const id = await bench.placed(wish);
  while (bench.order(id).status === 'sending') await bench.clock.advance(100);
  expect(bench.order(id).status).toBe('unconfirmed');
  return id;
}

describe.each([
  ['by EID', {}],
  ['by matching ID', MATCHING],
] as const)('an order %s whose answer is missing', (_kind, wish) => {
  it.each<Mishap>(['commitThenHangUp', 'commitThen500', 'namesNoProfile'])(
    'is found in the list, and the history says so (%s)',
    async (mishap) => {
      const bench = openBench();
      const id = await lost(bench, mishap, wish);
      await bench.clock.advance(6_000);
      expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(1), fault: null });
      expect(notes(bench, id).at(-1)).toBe(
        `Found in the provider's list as ${sidOf(1)}; the provider says new.`,
      );
      expect(bench.provider.profiles).toHaveLength(1);
    },
  );

  it('is looked for at 5 s, 20 s, 60 s and 5 min, then said not to be there, and never ordered again by itself', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    const began = bench.clock.monotonic();
    bench.provider.requests.length = 0;
    await bench.clock.advance(900_000);
    const looks = bench.provider.requests
      .filter(({ kind }) => kind === 'list')
      .map(({ at }) => Math.round((at - began) / 1_000));
    expect(looks).toEqual([5, 20, 60, 300]);
    expect(bench.order(id)).toMatchObject({
      status: 'unconfirmed',
      heldFor: 'nothingFound',
      fault: { code: 'order.unconfirmed', hint: expect.stringContaining('Order again') },
    });
    expect(bench.provider.count('create')).toBe(0);
  });

  it('is not given up sooner because a technician looks often, or starts the bench again', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    for (let index = 0; index < 6; index += 1) {
      const refreshing = bench.desk.refresh(id);
      await bench.clock.advance(100);
      must(await refreshing);
    }
    await bench.desk.stop();
    let again = bench;
    for (let index = 0; index < 6; index += 1) {
      again = openBench({}, bench);
      again.desk.resume();
      await again.clock.advance(4_000);
      await again.desk.stop();
    }
    expect(again.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: null });
    expect(await again.desk.orderAgain(id)).toMatchObject({ ok: false, fault: { code: 'order.wrongState' } });
  });

  it('is adopted when it shows late', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    await bench.clock.advance(30_000);
    bench.provider.make(wish === MATCHING ? {} : { eid: EID });
    await bench.clock.advance(40_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
  });

  it('is looked for again on asking, and once after a restart, when it was not there', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    await bench.clock.advance(400_000);
    const refreshing = bench.desk.refresh(id);
    await bench.clock.advance(100);
    must(await refreshing);
    expect(bench.order(id).heldFor).toBe('nothingFound');
    await bench.desk.stop();
    bench.provider.make(wish === MATCHING ? {} : { eid: EID });
    const again = openBench({}, bench);
    again.desk.resume();
    await again.clock.advance(1_000);
    expect(again.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
  });

  it('is looked for once after a restart also where the provider can only be reached later', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    await bench.clock.advance(400_000);
    await bench.desk.stop();
    bench.provider.make(wish === MATCHING ? {} : { eid: EID });
    bench.provider.offline = true;
    const again = openBench({}, bench);
    again.desk.resume();
    await again.clock.advance(600_000);
    expect(again.order(id).heldFor).toBe('nothingFound');
    bench.provider.offline = false;
    await again.clock.advance(61_000);
    expect(again.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
  });

  it('is looked for on every page of the list', async () => {
    const bench = openBench();
    const id = await lost(bench, 'commitThenHangUp', wish);
    // Made by others afterwards, so that ours is far down.
    for (let index = 0; index < 2_500; index += 1) bench.provider.make({ eid: OTHER_EID });
    await bench.clock.advance(6_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
  });

  it('is asked about when several profiles can be it, with what tells them apart', async () => {
    const bench = openBench();
    const id = await lost(bench, 'commitThenHangUp', wish);
    const eid = wish === MATCHING ? null : EID;
    bench.provider.make({ eid, status: 'available', iccid: '8901' });
    await bench.clock.advance(6_000);
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: 'choice' });
    expect(bench.order(id).candidates).toMatchObject([
      { sid: sidOf(1), status: 'new', dateCreated: expect.any(String) },
      { sid: sidOf(2), status: 'available', iccid: '8901' },
    ]);
    await bench.clock.advance(600_000);
    expect(bench.order(id).heldFor).toBe('choice');
    const choosing = bench.desk.chooseCandidate(id, sidOf(2));
    await bench.clock.advance(100);
    expect(must(await choosing)).toEqual({ orderId: id });
    expect(bench.order(id)).toMatchObject({
      status: 'available',
      sid: sidOf(2),
      candidates: [],
      heldFor: null,
    });
  });

  it('waits while the provider cannot be reached; those looks do not count', async () => {
    const bench = openBench();
    const id = await lost(bench, 'commitThenHangUp', wish);
    bench.provider.offline = true;
    await bench.clock.advance(3_600_000);
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: null });
    bench.provider.offline = false;
    await bench.clock.advance(61_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
  });

  it('is not looked for with credentials that are refused, and is after new ones', async () => {
    const bench = openBench();
    const id = await lost(bench, 'commitThenHangUp', wish);
    bench.provider.rejected = true;
    await bench.clock.advance(600_000);
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: null });
    bench.provider.rejected = false;
    bench.desk.credentialsChanged();
    await bench.clock.advance(1_000);
    expect(bench.order(id).status).toBe('new');
  });

  it('was left in the middle by a bench that died: it is unconfirmed, then found', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('commitThenHangUp');
    const id = await bench.placed(wish);
    expect(bench.order(id).status).toBe('sending');
    // A process that dies releases its lock; here the file is copied instead, as it is at that moment.
    const { copyFileSync } = await import('node:fs');
    const path = `${bench.path}.copy`;
    for (const suffix of ['', '-wal']) copyFileSync(bench.path + suffix, path + suffix);
    const again = openBench({}, { ...bench, path });
    again.desk.resume();
    await again.clock.advance(100);
    expect(again.order(id).status).toBe('unconfirmed');
    await again.clock.advance(6_000);
    expect(again.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
    expect(notes(again, id)).toContain(
      'The bench ended while the order was being sent. Whether the provider took it is not known.',
    );
    expect(again.provider.count('create')).toBe(1);
  });
});

describe('which profile a lost order may be', () => {
  it.each<[string, Partial<Profile>]>([
    ['for another EID', { eid: OTHER_EID }],
    ['of another account', { eid: EID, accountSid: `AC${'7'.repeat(32)}` }],
    ['without a SID', { eid: EID, sid: null }],
    ['made long before', { eid: EID, dateCreated: '2026-11-20T08:00:00Z' }],
  ])('not one %s', async (_what, given) => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp');
    bench.provider.make(given);
    await bench.clock.advance(400_000);
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: 'nothingFound' });
  });

  it.each<[string, Partial<Profile>]>([
    ['for an EID', { eid: OTHER_EID }],
    ['made before', { dateCreated: '2026-11-24T07:50:00Z' }],
  ])('by matching ID: not one %s', async (_what, given) => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', MATCHING);
    bench.provider.make(given);
    await bench.clock.advance(400_000);
    expect(bench.order(id)).toMatchObject({ heldFor: 'nothingFound' });
  });

  it('one of which the provider does not say when it was made', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', MATCHING);
    bench.provider.make({ dateCreated: null });
    await bench.clock.advance(6_000);
    expect(bench.order(id).sid).toBe(sidOf(1));
  });

  it('one that failed: the order has failed then, with the reason', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', MATCHING);
    bench.provider.make({ status: 'failed', errorCode: '83004', errorMessage: 'Internal error' });
    await bench.clock.advance(6_000);
    expect(bench.order(id)).toMatchObject({ status: 'failed', fault: { providerCode: '83004' } });
  });

  it('not one that the EID had before, also where that is younger than a clock can tell', async () => {
    const bench = openBench();
    bench.provider.make({ eid: EID });
    const id = await lost(bench, 'hangUp', { orderAnother: true });
    await bench.clock.advance(400_000);
    expect(bench.order(id)).toMatchObject({ heldFor: 'nothingFound' });
  });

  it('not one that another order of ours has', async () => {
    const bench = openBench();
    const other = await bench.placed(MATCHING);
    const id = await lost(bench, 'hangUp', MATCHING);
    await bench.clock.advance(400_000);
    expect(bench.order(other).sid).toBe(sidOf(1));
    expect(bench.order(id)).toMatchObject({ heldFor: 'nothingFound' });
  });

  it('not one that is just being made for another order of ours', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', MATCHING);
    // In the provider's list long before its own order knows of it, and while the first one is looked for.
    bench.provider.mishaps.push('commitThenSlow');
    const next = await bench.placed(MATCHING);
    await bench.clock.advance(4_000);
    expect(bench.order(next).status).toBe('sending');
    await bench.clock.advance(400_000);
    expect(bench.order(next)).toMatchObject({ status: 'new', sid: sidOf(1) });
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', heldFor: 'nothingFound' });
  });

  it('one each, where as many orders as profiles are lost', async () => {
    const bench = openBench();
    const ids = [];
    bench.provider.mishaps.push('commitThen500', 'commitThen500', 'commitThen500');
    for (let index = 0; index < 3; index += 1) ids.push(await bench.placed(MATCHING));
    await bench.clock.advance(400_000);
    expect(ids.map((id) => bench.order(id).sid).sort()).toEqual([1, 2, 3].map(sidOf));
  });

  it('the same profile for one of two orders alone, when a technician chooses', async () => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', MATCHING);
    for (let index = 0; index < 2; index += 1) bench.provider.make();
    await bench.clock.advance(6_000);
    const second = await lost(bench, 'hangUp', MATCHING);
    await bench.clock.advance(6_000);
    expect([id, second].map((one) => bench.order(one).candidates.length)).toEqual([2, 2]);
    const choosing = bench.desk.chooseCandidate(id, sidOf(1));
    await bench.clock.advance(1_000);
    must(await choosing);
    // One is left for the other order: that is no choice any more.
    expect(bench.order(second)).toMatchObject({ status: 'new', sid: sidOf(2) });
    expect(await bench.desk.chooseCandidate(second, sidOf(1))).toMatchObject({ ok: false });
  });
});

describe('clocks', () => {
  const hour = 3_600_000;
  it.each<[string, (bench: TestBench) => void, (bench: TestBench) => void]>([
    ['ours is an hour slow', ({ provider }) => (provider.clockOffsetMs = hour), () => undefined],
    ['ours is an hour fast', ({ provider }) => (provider.clockOffsetMs = -hour), () => undefined],
    ['ours is years off', ({ clock }) => clock.jump(-20 * 365 * 24 * hour), () => undefined],
    ['ours is set back an hour meanwhile', () => undefined, ({ clock }) => clock.jump(-hour)],
    ['ours is set on an hour meanwhile', () => undefined, ({ clock }) => clock.jump(hour)],
    [
      'the provider does not tell its own, and ours is set back an hour',
      ({ provider }) => (provider.tellsTime = false),
      ({ clock }) => clock.jump(-hour),
    ],
  ])('do not matter: %s', async (_what, before, meanwhile) => {
    const bench = openBench();
    before(bench);
    // Made by somebody else a quarter of an hour before by matching ID: it must not be taken for ours.
    if (bench.provider.tellsTime) {
      const earlier = new Date(bench.provider.now - 900_000).toISOString();
      bench.provider.make({ dateCreated: earlier });
    }
    bench.provider.mishaps.push('commitThenHangUp');
    const id = await bench.placed(MATCHING);
    meanwhile(bench);
    await bench.clock.advance(40_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: bench.provider.profiles[0]?.sid });
  });
});

describe('ordering again', () => {
  it('is a new order, linked to the old one, for the same device and callback', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('outOfStock');
    const device = { id: 'imei:1', name: 'EM05-G', imei: null };
    const callback = { url: 'https://example.com/', method: 'POST' } as const;
    const id = await bench.placed({ device, callback });
    const { orderId } = must(await bench.desk.orderAgain(id));
    await bench.clock.advance(1_000);
    expect(bench.order(orderId)).toMatchObject({ status: 'new', replaces: id, device, callback, eid: EID });
    expect(bench.order(id).status).toBe('refused');
  });

  it('is refused for an order that is on its way or still being looked for', async () => {
    const bench = openBench();
    const open = await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    const id = await lost(bench, 'hangUp');
    for (const one of [open, id]) {
      expect(await bench.desk.orderAgain(one)).toMatchObject({
        ok: false,
        fault: { code: 'order.wrongState' },
      });
    }
  });

  it.each([
    ['by EID', {}],
    ['by matching ID', MATCHING],
  ] as const)('%s is one order for two clicks', async (_kind, wish) => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    await bench.clock.advance(400_000);
    const clicks = [bench.desk.orderAgain(id), bench.desk.orderAgain(id)];
    await bench.clock.advance(1_000);
    const [first, second] = (await Promise.all(clicks)).map(must);
    expect(second).toEqual(first);
    expect(bench.order(first?.orderId ?? '')).toMatchObject({ status: 'new', replaces: id });
    expect(bench.order(id).status).toBe('unconfirmed');
    expect(madeByEid(bench.provider)).toEqual({ [wish === MATCHING ? '' : EID]: 1 });
  });

  it.each([
    ['by EID', {}],
    ['by matching ID', MATCHING],
  ] as const)('%s orders nothing when the lost one has shown after all', async (_kind, wish) => {
    const bench = openBench();
    const id = await lost(bench, 'hangUp', wish);
    await bench.clock.advance(400_000);
    bench.provider.make(wish === MATCHING ? {} : { eid: EID });
    const again = bench.desk.orderAgain(id);
    await bench.clock.advance(1_000);
    expect(must(await again)).toEqual({ orderId: id });
    expect(bench.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
    expect(bench.orders()).toHaveLength(1);
  });

  it('offers what the EID has by then', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('outOfStock');
    const id = await bench.placed();
    bench.provider.make({ eid: EID });
    const { orderId } = must(await bench.desk.orderAgain(id));
    await bench.clock.advance(1_000);
    expect(bench.order(orderId)).toMatchObject({ status: 'draft', heldFor: 'choice' });
    must(bench.desk.orderAnother(orderId));
    await bench.clock.advance(1_000);
    expect(bench.order(orderId)).toMatchObject({ status: 'new', sid: sidOf(2) });
  });
});

describe('profiles that the provider has already', () => {
  it('are taken into the ledger once, and followed', async () => {
    const bench = openBench();
    const theirs = bench.provider.make({ eid: EID, status: 'reserving' });
    const device = { id: 'imei:1', name: 'EM05-G', imei: null };
    const account = {
      provider: 'twilio',
      accountSid: theirs.accountSid ?? '',
      endpoint: 'https://supersim.twilio.com',
    };
    const adopting = [1, 2].map(() => bench.desk.adopt(theirs.sid ?? '', account, device));
    await bench.clock.advance(100);
    const [first, second] = (await Promise.all(adopting)).map(must);
    expect(second).toEqual(first);
    const id = first?.orderId ?? '';
    expect(bench.order(id)).toMatchObject({
      status: 'reserving',
      eid: EID,
      kind: 'eid',
      device,
      sid: theirs.sid,
    });
    bench.provider.move(theirs.sid ?? '', 'available', { smdpPlusAddress: 'smdp.example' });
    await bench.clock.advance(5_000);
    expect(bench.order(id)).toMatchObject({ status: 'available', lpa: 'LPA:1$smdp.example$' });
  });

  it('are not, where the provider does not know them', async () => {
    const bench = openBench();
    const account = {
      provider: 'twilio',
      accountSid: `AC${'1'.repeat(32)}`,
      endpoint: 'https://supersim.twilio.com',
    };
    const adopting = bench.desk.adopt(sidOf(77), account, null);
    await bench.clock.advance(100);
    expect(await adopting).toMatchObject({ ok: false, fault: { code: 'provider.notFound' } });
    expect(bench.orders()).toEqual([]);
  });

  it('are used instead of a draft that waits because of them', async () => {
    const bench = openBench();
    const first = await bench.placed();
    await bench.clock.advance(5_000);
    bench.provider.move(sidOf(1), 'installed');
    await bench.clock.advance(5_000);
    bench.provider.offline = true;
    await bench.clock.advance(1_000);
    const draft = await bench.placed();
    bench.provider.offline = false;
    bench.desk.networkMayBeBack();
    await bench.clock.advance(1_000);
    expect(bench.order(draft)).toMatchObject({
      heldFor: 'choice',
      candidates: [{ sid: sidOf(1), orderId: first }],
    });
    const choosing = bench.desk.chooseCandidate(draft, sidOf(1));
    await bench.clock.advance(100);
    expect(must(await choosing)).toEqual({ orderId: first });
    expect(bench.order(draft).status).toBe('cancelled');
  });

  it('of somebody else are chosen for a draft that waits because of them', async () => {
    const bench = openBench();
    bench.provider.offline = true;
    const draft = await bench.placed();
    bench.provider.make({ eid: EID, status: 'available' });
    bench.provider.offline = false;
    bench.desk.networkMayBeBack();
    await bench.clock.advance(1_000);
    expect(await bench.desk.chooseCandidate(draft, sidOf(9))).toMatchObject({ ok: false });
    const choosing = bench.desk.chooseCandidate(draft, sidOf(1));
    await bench.clock.advance(100);
    expect(must(await choosing)).toEqual({ orderId: draft });
    expect(bench.order(draft)).toMatchObject({ status: 'available', sid: sidOf(1) });
    expect(bench.provider.count('create')).toBe(0);
  });
});
