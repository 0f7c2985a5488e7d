import { describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/result.ts';
import { pauseBefore } from '../../../main/orders/tempo.ts';
import { openBench, type TestBench } from './support/bench.ts';
import { must } from './support/ledgers.ts';
import { EID, OTHER_EID, sidOf } from './support/profiles.ts';

const MATCHING = { target: { kind: 'matchingId' } } as const;
const HOUR = 3_600_000;

const times = (bench: TestBench) => bench.provider.requests.map(({ at }) => at);
const pausesOf = (at: readonly number[]) => at.slice(1).map((time, index) => time - (at[index] ?? 0));

/** Orders that the provider works on, made without a request that would count. */
async function withOpenOrders(count: number): Promise<TestBench> {
  const bench = openBench();
  const adopted: Promise<Result<unknown>>[] = [];
  for (let index = 0; index < count; index += 1) {
    const { sid } = bench.provider.make({ status: 'reserving' });
    const account = {
      provider: 'twilio',
      accountSid: `AC${'1'.repeat(32)}`,
      endpoint: 'https://supersim.twilio.com',
    };
    adopted.push(bench.desk.adopt(sid ?? '', account, null));
  }
  await bench.clock.advance(count * bench.provider.latencyMs + 1);
  for (const result of await Promise.all(adopted)) must(result);
  await bench.desk.stop();
  bench.provider.requests.length = 0;
  const again = openBench({}, bench);
  again.desk.resume();
  return again;
}

describe('asking how open orders stand', () => {
  it('begins after 1 s, grows to 15 s, and stays there', () => {
    const pauses = Array.from({ length: 12 }, (_, round) => pauseBefore(round, 0));
    expect(pauses.map((ms) => Math.round(ms / 100) / 10)).toEqual([
      1, 1.5, 2.3, 3.4, 5.1, 7.6, 11.4, 15, 15, 15, 15, 15,
    ]);
    expect(pauseBefore(1e9, 0)).toBe(15_000);
  });

  it('takes off up to a fifth at random, so that benches do not ask at the same moment', () => {
    expect(pauseBefore(0, 0.999_999)).toBe(800);
    expect(pauseBefore(20, 0.5)).toBe(13_500);
  });

  it('moves an order on, step by step, with the time of each', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    const steps = ['reserving', 'available', 'downloaded', 'installed'];
    for (const status of steps) {
      bench.provider.move(
        sidOf(1),
        status,
        status === 'available' ? { activationCode: '1$smdp.example$AAA' } : {},
      );
      await bench.clock.advance(15_100);
      expect(bench.order(id).status).toBe(status);
    }
    expect(bench.order(id).lpa).toBe('LPA:1$smdp.example$AAA');
    const at = bench.order(id).history.map((entry) => entry.at);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(bench.order(id).history.map(({ status }) => status)).toEqual([
      'draft',
      'sending',
      'new',
      ...steps,
    ]);
  });

  it.each(['installed', 'failed'])('stops at %s', async (status) => {
    const bench = openBench();
    await bench.placed(MATCHING);
    bench.provider.move(sidOf(1), status);
    await bench.clock.advance(16_000);
    bench.provider.requests.length = 0;
    await bench.clock.advance(HOUR);
    expect(bench.provider.requests).toEqual([]);
  });

  it('writes nothing while nothing changes', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    const before = bench.order(id);
    await bench.clock.advance(HOUR);
    expect(bench.order(id)).toEqual(before);
  });

  it('begins its rhythm anew for a new order and on asking', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    await bench.clock.advance(300_000);
    bench.provider.requests.length = 0;
    const asking = bench.desk.refresh(id);
    await bench.clock.advance(6_000);
    must(await asking);
    expect(bench.provider.requests.length).toBeGreaterThanOrEqual(4);
    await bench.clock.advance(300_000);
    bench.provider.requests.length = 0;
    await bench.placed(MATCHING);
    await bench.clock.advance(5_000);
    expect(bench.provider.count('list')).toBeGreaterThanOrEqual(3);
  });

  it('is slower about what waits for its technician, and slower still from day to day', async () => {
    const bench = openBench();
    await bench.placed(MATCHING);
    bench.provider.move(sidOf(1), 'available');
    await bench.clock.advance(16_000);
    const countIn = async (ms: number) => {
      bench.provider.requests.length = 0;
      await bench.clock.advance(ms);
      return bench.provider.requests.length;
    };
    expect(await countIn(600_000)).toBeGreaterThan(40);
    await bench.clock.advance(HOUR);
    expect(await countIn(600_000)).toBeLessThanOrEqual(11);
  });

  it('asks for one order by its SID, and for many by one list', async () => {
    const one = await withOpenOrders(1);
    await one.clock.advance(60_000);
    expect(one.provider.count('list')).toBe(0);
    const many = await withOpenOrders(40);
    await many.clock.advance(60_000);
    expect(many.provider.count('fetch')).toBe(0);
    expect(pausesOf(times(many)).at(-1)).toBeGreaterThan(10_000);
  });

  it('costs for 200 open orders over an hour no more than half as much again as for one', async () => {
    const one = await withOpenOrders(1);
    await one.clock.advance(HOUR);
    const many = await withOpenOrders(200);
    await many.clock.advance(HOUR);
    expect(one.provider.requests.length).toBeGreaterThan(200);
    expect(many.provider.requests.length).toBeLessThanOrEqual(one.provider.requests.length * 1.5);
    for (const { sid } of many.provider.profiles) many.provider.move(sid ?? '', 'available');
    await many.clock.advance(15_000);
    expect(new Set(many.orders().map(({ status }) => status))).toEqual(new Set(['available']));
  }, 60_000);

  it('finds orders that the first pages do not show by their status, and those that have left it one by one', async () => {
    const bench = await withOpenOrders(30);
    for (let index = 0; index < 8_000; index += 1) bench.provider.make({ eid: EID, status: 'installed' });
    await bench.clock.advance(120_000);
    for (const number of [1, 2, 3]) bench.provider.move(sidOf(number), 'available');
    bench.provider.requests.length = 0;
    await bench.clock.advance(60_000);
    const moved = bench.orders().filter(({ status }) => status === 'available');
    expect(moved.map(({ sid }) => sid).sort()).toEqual([1, 2, 3].map(sidOf));
    expect(bench.provider.requests.length).toBeLessThan(40);
  });

  it('pauses while the provider cannot be reached, and goes on when it can', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    bench.provider.offline = true;
    await bench.clock.advance(HOUR);
    bench.provider.requests.length = 0;
    await bench.clock.advance(HOUR);
    expect(bench.provider.requests.length).toBeLessThan(75);
    bench.provider.offline = false;
    bench.provider.move(sidOf(1), 'available');
    await bench.clock.advance(62_000);
    expect(bench.order(id).status).toBe('available');
  });

  it('pauses while the credentials are refused', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    bench.provider.rejected = true;
    await bench.clock.advance(60_000);
    bench.provider.requests.length = 0;
    await bench.clock.advance(HOUR);
    expect(bench.provider.requests).toEqual([]);
    bench.provider.rejected = false;
    bench.provider.move(sidOf(1), 'available');
    bench.desk.credentialsChanged();
    await bench.clock.advance(2_000);
    expect(bench.order(id).status).toBe('available');
  });

  it('goes on after a restart', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    await bench.desk.stop();
    bench.provider.move(sidOf(1), 'available');
    const again = openBench({}, bench);
    again.desk.resume();
    await again.clock.advance(2_000);
    expect(again.order(id).status).toBe('available');
  });

  it('says once that the provider does not know a profile, asks seldom from then on, and takes it back', async () => {
    const bench = openBench();
    const id = await bench.placed(MATCHING);
    const [kept] = bench.provider.profiles.splice(0, 1);
    await bench.clock.advance(20_000);
    expect(bench.order(id)).toMatchObject({ status: 'new', fault: { code: 'provider.notFound' } });
    const { length } = bench.order(id).history;
    bench.provider.requests.length = 0;
    await bench.clock.advance(HOUR);
    expect(bench.provider.requests.length).toBeLessThanOrEqual(7);
    expect(bench.order(id).history).toHaveLength(length);
    if (kept !== undefined) bench.provider.profiles.push(kept);
    await bench.clock.advance(700_000);
    expect(bench.order(id).fault).toBeNull();
  });

  it('does not stop when the wall clock is set', async () => {
    const bench = openBench();
    const id = await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    bench.clock.jump(-HOUR);
    bench.provider.move(sidOf(1), 'available');
    await bench.clock.advance(16_000);
    expect(bench.order(id).status).toBe('available');
    bench.clock.jump(3 * HOUR);
    bench.provider.move(sidOf(1), 'installed');
    await bench.clock.advance(62_000);
    expect(bench.order(id).status).toBe('installed');
  });
});
