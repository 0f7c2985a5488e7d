import { describe, expect, it } from 'vitest';
import { openBench, wish } from './support/bench.ts';
import { must } from './support/ledgers.ts';
import { ACCOUNT, EID, OTHER_EID, sidOf } from './support/profiles.ts';
import { type Mishap, madeByEid } from './support/scriptedProvider.ts';

const MATCHING = { target: { kind: 'matchingId' } } as const;

describe('what the provider says to a create request', () => {
  it.each<[Mishap, string, string | undefined]>([
    ['outOfStock', 'refused', 'provider.outOfStock'],
    ['commitThenHangUp', 'unconfirmed', 'provider.timeout'],
    ['hangUp', 'unconfirmed', 'provider.timeout'],
    ['commitThen500', 'unconfirmed', 'provider.broken'],
    ['namesNoProfile', 'unconfirmed', 'order.unconfirmed'],
    ['rejected', 'draft', 'account.rejected'],
    ['forbidden', 'draft', 'account.forbidden'],
  ])('%s makes the order %s', async (mishap, status, code) => {
    const bench = openBench();
    bench.provider.mishaps.push(mishap);
    const id = await bench.placed();
    if (status === 'unconfirmed' && code === 'provider.timeout') await bench.clock.advance(30_000);
    expect(bench.order(id)).toMatchObject({ status, fault: { code } });
    expect(bench.provider.count('create')).toBe(1);
  });

  it('keeps code, sentence, next step and request id of a refusal, for ever', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('outOfStock');
    const id = await bench.placed();
    await bench.clock.advance(600_000);
    expect(bench.order(id)).toMatchObject({
      status: 'refused',
      fault: {
        code: 'provider.outOfStock',
        message: expect.stringMatching(/./),
        hint: expect.stringMatching(/./),
        providerCode: '83500',
        requestId: 'RQ1',
      },
    });
    expect(bench.provider.count('create')).toBe(1);
  });

  it('goes on with the rest of the outbox after a refusal', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('outOfStock');
    const ids = [await bench.placed(MATCHING), await bench.placed(MATCHING)];
    expect(ids.map((id) => bench.order(id).status)).toEqual(['refused', 'new']);
  });
});

describe('a create request is repeated only where it was certainly not processed', () => {
  it('after as long as a 429 asks for', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('limitedFor7s');
    const id = await bench.placed();
    expect(bench.order(id)).toMatchObject({
      status: 'draft',
      heldFor: 'limit',
      fault: { code: 'provider.limited' },
    });
    await bench.clock.advance(5_000);
    expect(bench.provider.count('create')).toBe(1);
    await bench.clock.advance(2_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', heldFor: null, fault: null });
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it('less and less often after a 429 that asks for nothing', async () => {
    const bench = openBench();
    bench.provider.mishaps.push(...Array.from({ length: 8 }, () => 'limited' as const));
    const id = await bench.placed();
    await bench.clock.advance(300_000);
    expect(bench.order(id).status).toBe('new');
    const creates = bench.provider.requests.filter(({ kind }) => kind === 'create').map(({ at }) => at);
    const pauses = creates.slice(1).map((at, index) => at - (creates[index] ?? 0));
    expect(pauses).toHaveLength(8);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(Math.min(2_000 * 2 ** index, 60_000) * 0.75);
    }
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it('when the connection never opened', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('neverConnected');
    const id = await bench.placed();
    expect(bench.order(id)).toMatchObject({ status: 'draft', heldFor: 'network' });
    await bench.clock.advance(5_000);
    expect(bench.order(id).status).toBe('new');
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it.each<Mishap>(['commitThenHangUp', 'hangUp', 'commitThen500'])('never after %s', async (mishap) => {
    const bench = openBench();
    bench.provider.mishaps.push(mishap);
    await bench.placed();
    await bench.clock.advance(3_600_000);
    expect(bench.provider.count('create')).toBe(1);
  });

  it('never when the provider throws', async () => {
    const bench = openBench();
    bench.provider.onCreate = () => {
      throw new Error('broken client');
    };
    const id = await bench.placed();
    expect(bench.order(id)).toMatchObject({ status: 'unconfirmed', fault: { details: 'broken client' } });
    await bench.clock.advance(600_000);
    expect(bench.provider.count('create')).toBe(1);
  });
});

describe('the outbox', () => {
  it('sends one order after the other, in the order in which they were written', async () => {
    const bench = openBench();
    bench.provider.latencyMs = 2_000;
    let underWay = 0;
    bench.provider.onCreate = () => {
      underWay = Math.max(underWay, bench.orders().filter(({ status }) => status === 'sending').length);
    };
    const ids = [];
    for (let index = 0; index < 4; index += 1) ids.push(await bench.placed(MATCHING));
    await bench.clock.advance(30_000);
    expect(underWay).toBe(1);
    expect(ids.map((id) => bench.order(id).sid)).toEqual([1, 2, 3, 4].map(sidOf));
  });

  it('slows down when answers are missing, so that one outage does not leave a whole batch unconfirmed', async () => {
    const bench = openBench();
    bench.provider.mishaps.push(...Array.from({ length: 50 }, () => 'commitThen500' as const));
    for (let index = 0; index < 20; index += 1) await bench.placed(MATCHING);
    await bench.clock.advance(20_000);
    expect(bench.provider.count('create')).toBeLessThan(8);
  });

  it('measures the clock of the provider before it sends a matching-ID order, and proves that it answers', async () => {
    const bench = openBench();
    await bench.placed(MATCHING);
    await bench.placed(MATCHING);
    const kinds = bench.provider.requests.map(({ kind }) => kind).filter((kind) => kind !== 'fetch');
    expect(kinds.slice(0, 3)).toEqual(['check', 'create', 'create']);
  });
});

describe('credentials that the provider does not accept', () => {
  it('stop the sending, lose nothing, and it goes on by itself after new ones are set', async () => {
    const bench = openBench();
    bench.provider.rejected = true;
    const ids = [await bench.placed(), await bench.placed(MATCHING)];
    expect(bench.order(ids[0] ?? '')).toMatchObject({
      status: 'draft',
      heldFor: 'account',
      fault: { code: 'account.rejected' },
    });
    bench.provider.requests.length = 0;
    await bench.clock.advance(3_600_000);
    expect(bench.provider.requests).toEqual([]);
    bench.provider.rejected = false;
    bench.desk.credentialsChanged();
    await bench.clock.advance(1_000);
    expect(ids.map((id) => bench.order(id).status)).toEqual(['new', 'new']);
  });

  it('that were changed while a create was under way are not held against the new ones', async () => {
    const bench = openBench();
    bench.provider.latencyMs = 500;
    bench.provider.mishaps.push('rejected');
    const placing = bench.desk.place(wish(MATCHING));
    await bench.clock.advance(750);
    expect(bench.orders()).toMatchObject([{ status: 'sending' }]);
    bench.desk.credentialsChanged();
    await bench.clock.advance(3_000);
    must(await placing);
    expect(bench.orders()).toMatchObject([{ status: 'new' }]);
    expect(bench.provider.count('create')).toBe(2);
  });

  it('that were changed while a look-up was under way are not held against the new ones', async () => {
    const bench = openBench();
    bench.provider.latencyMs = 500;
    bench.provider.rejected = true;
    const placing = bench.desk.place(wish());
    await bench.clock.advance(250);
    bench.desk.credentialsChanged();
    await bench.clock.advance(251);
    bench.provider.rejected = false;
    await bench.clock.advance(3_000);
    must(await placing);
    expect(bench.orders()).toMatchObject([{ status: 'new' }]);
  });

  it('for creating alone do not keep the others from being asked about, nor are they tried again and again', async () => {
    const bench = openBench();
    const open = await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    bench.provider.mishaps.push('forbidden', 'forbidden');
    const id = await bench.placed();
    bench.provider.move(sidOf(1), 'available');
    await bench.clock.advance(600_000);
    expect(bench.order(open).status).toBe('available');
    expect(bench.provider.count('create')).toBe(2);
    expect(bench.order(id)).toMatchObject({ status: 'draft', heldFor: 'account' });
    must(await bench.desk.refresh(id));
    await bench.clock.advance(1_000);
    expect(bench.provider.count('create')).toBe(3);
    bench.desk.credentialsChanged();
    await bench.clock.advance(1_000);
    expect(bench.order(id).status).toBe('new');
  });
});

describe('another account', () => {
  it("neither sends nor asks about an order with this one's credentials", async () => {
    let inUse = ACCOUNT.accountSid;
    const first = openBench();
    first.provider.offline = true;
    const waiting = await first.placed();
    first.provider.offline = false;
    first.desk.networkMayBeBack();
    const followed = await first.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    first.provider.offline = true;
    const draft = await first.placed(MATCHING);
    await first.desk.stop();
    first.provider.offline = false;
    first.provider.requests.length = 0;

    inUse = `AC${'9'.repeat(32)}`;
    const second = openBench(
      { provider: ({ accountSid }) => (accountSid === inUse ? first.provider : null) },
      first,
    );
    second.desk.resume();
    await second.clock.advance(60_000);
    expect(first.provider.requests).toEqual([]);
    expect(second.order(draft)).toMatchObject({
      status: 'draft',
      heldFor: 'account',
      fault: { code: 'account.none' },
    });
    expect(await second.desk.refresh(followed)).toMatchObject({ ok: false, fault: { code: 'account.none' } });

    inUse = ACCOUNT.accountSid;
    second.desk.credentialsChanged();
    await second.clock.advance(5_000);
    expect([waiting, followed, draft].map((id) => second.order(id).status)).toEqual(['new', 'new', 'new']);
  });
});

describe('the end of the bench', () => {
  it('lets a request that is under way end', async () => {
    const bench = openBench();
    bench.provider.latencyMs = 3_000;
    const placing = bench.desk.place({
      target: { kind: 'eid', eid: EID },
      device: null,
      account: ACCOUNT,
      callback: null,
      orderAnother: false,
    });
    await bench.clock.advance(4_000);
    must(await placing);
    const stopped = bench.desk.stop();
    await bench.clock.advance(4_000);
    await stopped;
    expect(bench.orders()).toMatchObject([{ status: 'new', sid: sidOf(1) }]);
  });

  it('does not wait for ever: the order is unconfirmed then', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('commitThenHangUp');
    await bench.placed();
    const stopped = bench.desk.stop();
    await bench.clock.advance(6_000);
    await stopped;
    expect(bench.orders()).toMatchObject([{ status: 'unconfirmed' }]);
    expect(bench.clock.pending).toBe(0);
  });

  it('leaves drafts as they are and sends nothing more', async () => {
    const bench = openBench();
    bench.provider.latencyMs = 1_500;
    for (let index = 0; index < 3; index += 1) await bench.placed(MATCHING);
    const stopped = bench.desk.stop();
    await bench.clock.advance(2_000);
    await stopped;
    const sent = bench.provider.count('create');
    await bench.clock.advance(60_000);
    expect(bench.provider.count('create')).toBe(sent);
    expect(bench.orders().map(({ status }) => status)).toContain('draft');
  });
});
