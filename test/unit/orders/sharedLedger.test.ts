import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSenderLock } from '../../../main/orders/ledger/senderLock.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { openBench, type TestBench, wish } from './support/bench.ts';
import { must, temporaryFolder } from './support/ledgers.ts';
import { EID, sidOf } from './support/profiles.ts';
import { madeByEid, ScriptedProvider } from './support/scriptedProvider.ts';

const MATCHING = { target: { kind: 'matchingId' } } as const;

/** Two desks with connections of their own to one ledger, as the window and the CLI have. */
function twoBenches(): [TestBench, TestBench] {
  const window = openBench({ watchMs: 1_000 });
  const cli = openBench({ watchMs: 1_000 }, window);
  window.desk.resume();
  cli.desk.resume();
  return [window, cli];
}

describe('two processes with one ledger', () => {
  it('see what the other writes within a second', async () => {
    const [window, cli] = twoBenches();
    const id = await cli.placed();
    await window.clock.advance(1_000);
    expect(window.told.filter((order) => order.id === id).at(-1)).toMatchObject({
      status: 'new',
      sid: sidOf(1),
    });
    cli.provider.move(sidOf(1), 'available');
    await window.clock.advance(5_000);
    expect(window.told.at(-1)).toMatchObject({ id, status: 'available' });
    expect(cli.told.at(-1)).toMatchObject({ id, status: 'available' });
  });

  it('do not write what an order waits for by turns where each waits for something else', async () => {
    const window = openBench({ watchMs: 1_000 });
    const away = new ScriptedProvider(window.clock);
    away.offline = true;
    const cli = openBench({ watchMs: 1_000, provider: () => away }, window);
    window.desk.resume();
    cli.desk.resume();
    window.provider.mishaps.push('forbidden');
    const id = await window.placed(MATCHING);
    await window.clock.advance(120_000);
    const lines = window.order(id).history.length;
    await window.clock.advance(300_000);
    expect(window.order(id).history.length - lines).toBeLessThanOrEqual(2);
    window.desk.credentialsChanged();
    await window.clock.advance(60_000);
    expect(window.order(id).sid).not.toBeNull();
  });

  it('send the outbox once, in order', async () => {
    const [window, cli] = twoBenches();
    window.provider.offline = true;
    const ids = [];
    for (const bench of [window, cli, window, cli]) ids.push(await bench.placed(MATCHING));
    window.provider.offline = false;
    window.desk.networkMayBeBack();
    cli.desk.networkMayBeBack();
    await window.clock.advance(70_000);
    expect(window.provider.count('create')).toBe(4);
    expect(ids.map((id) => window.order(id).sid)).toEqual([1, 2, 3, 4].map(sidOf));
  });

  it.each([
    ['an order', false, 1],
    ['another order', true, 2],
  ])(
    'make one of %s for an EID that is asked for in both at the same moment',
    async (_what, orderAnother, made) => {
      const [window, cli] = twoBenches();
      if (orderAnother) window.provider.make({ eid: EID });
      const placing = [window, cli].map(({ desk }) => desk.place(wish({ orderAnother })));
      await window.clock.advance(2_000);
      const outcomes = (await Promise.all(placing)).map(must);
      expect(
        outcomes.filter((outcome) => outcome.kind === 'ordered' && outcome.repeated !== true),
      ).toHaveLength(1);
      expect(madeByEid(window.provider)).toEqual({ [EID]: made });
      expect(window.orders()).toHaveLength(1);
    },
  );

  it('never have two create requests under way', async () => {
    const [window, cli] = twoBenches();
    window.provider.latencyMs = 1_000;
    let most = 0;
    window.provider.onCreate = () => {
      most = Math.max(most, window.orders().filter(({ status }) => status === 'sending').length);
    };
    for (const bench of [window, cli, window, cli]) await bench.placed(MATCHING);
    await window.clock.advance(20_000);
    expect(window.provider.count('create')).toBe(4);
    expect(most).toBe(1);
  });

  it('do not take what the other is sending for something left behind', async () => {
    const [window, cli] = twoBenches();
    window.provider.mishaps.push('commitThenHangUp');
    const id = await window.placed();
    await cli.clock.advance(20_000);
    expect(cli.order(id).status).toBe('sending');
    const refreshing = cli.desk.refresh(id);
    await cli.clock.advance(100);
    must(await refreshing);
    expect(cli.order(id).status).toBe('sending');
    await cli.clock.advance(30_000);
    expect(cli.order(id)).toMatchObject({ status: 'new', sid: sidOf(1) });
    expect(window.orders()).toHaveLength(1);
  });

  it('let the one take back what the other has not sent yet', async () => {
    const [window, cli] = twoBenches();
    window.provider.offline = true;
    const id = await window.placed();
    must(cli.desk.cancel(id));
    window.provider.offline = false;
    window.desk.networkMayBeBack();
    await window.clock.advance(5_000);
    expect(window.provider.count('create')).toBe(0);
  });

  it('bind a profile that both take over to one order', async () => {
    const [window, cli] = twoBenches();
    const { sid } = window.provider.make({ eid: EID });
    const adopting = [window, cli].map((bench) => bench.desk.adopt(sid ?? '', wish().account, null));
    await window.clock.advance(1_000);
    const [first, second] = (await Promise.all(adopting)).map(must);
    expect(second).toEqual(first);
    expect(window.orders()).toHaveLength(1);
  });
});

describe('two benches with one account', () => {
  it('the second to order for an EID is told what the first has made', async () => {
    const first = openBench();
    const second = openBench({}, { ...first, path: join(temporaryFolder(), 'ledger.sqlite') });
    await first.placed();
    expect(await second.place()).toMatchObject({
      kind: 'exists',
      profiles: [{ sid: sidOf(1), orderId: null }],
    });
    expect(madeByEid(first.provider)).toEqual({ [EID]: 1 });
  });
});

describe('the sender lock', () => {
  const never = new AbortController().signal;

  it('is held by one at a time, first come first served within a process', async () => {
    const clock = createFakeClock();
    const lock = createSenderLock({ path: join(temporaryFolder(), 'lock'), clock });
    const order: number[] = [];
    const first = must(await lock.acquire(never));
    const others = [1, 2, 3].map(async (number) => {
      const held = must(await lock.acquire(never));
      order.push(number);
      held?.release();
    });
    await clock.settle();
    expect(order).toEqual([]);
    first?.release();
    await clock.advance(0);
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
    lock.close();
  });

  it('is waited for while another connection holds it', async () => {
    const clock = createFakeClock();
    const path = join(temporaryFolder(), 'lock');
    const [one, other] = [createSenderLock({ path, clock }), createSenderLock({ path, clock })];
    const held = must(await one.acquire(never));
    let got = false;
    const waiting = other.acquire(never).then((result) => {
      got = true;
      return must(result);
    });
    await clock.advance(5_000);
    expect(got).toBe(false);
    held?.release();
    await clock.advance(200);
    expect(got).toBe(true);
    (await waiting)?.release();
    one.close();
    other.close();
  });

  it('is given up when the wait is ended, and then does not block those behind', async () => {
    const clock = createFakeClock();
    const path = join(temporaryFolder(), 'lock');
    const [one, other] = [createSenderLock({ path, clock }), createSenderLock({ path, clock })];
    const held = must(await one.acquire(never));
    const ending = new AbortController();
    const given = other.acquire(ending.signal);
    const behind = other.acquire(never);
    await clock.advance(1_000);
    ending.abort();
    expect(must(await given)).toBeNull();
    held?.release();
    await clock.advance(200);
    expect(must(await behind)).not.toBeNull();
    one.close();
    other.close();
  });

  it('is a fault where its file cannot be made', async () => {
    const lock = createSenderLock({ path: '/nowhere/at/all/lock', clock: createFakeClock() });
    expect(await lock.acquire(never)).toMatchObject({ ok: false, fault: { code: 'ledger.unwritable' } });
  });
});
