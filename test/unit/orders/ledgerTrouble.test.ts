import { describe, expect, it } from 'vitest';
import { openBench } from './support/bench.ts';
import { benchWithDisk } from './support/benchWithDisk.ts';
import { must } from './support/ledgers.ts';
import { EID, sidOf } from './support/profiles.ts';
import { madeByEid } from './support/scriptedProvider.ts';

describe('a ledger that cannot be written', () => {
  it('stops an order before any request that makes a profile, with a clear error', async () => {
    const bench = benchWithDisk();
    bench.fill();
    expect(await bench.place()).toMatchObject({ ok: false, fault: { code: 'ledger.unwritable' } });
    await bench.clock.advance(600_000);
    expect(bench.provider.count('create')).toBe(0);
    // Said once, and not taken back because reading still works.
    expect(bench.faults).toEqual(['ledger.unwritable']);
  });

  it('stops an order that is in the outbox, which goes on when there is room again', async () => {
    const bench = benchWithDisk();
    bench.provider.offline = true;
    must(await bench.place());
    bench.fill();
    bench.provider.offline = false;
    bench.desk.networkMayBeBack();
    await bench.clock.advance(60_000);
    expect(bench.provider.count('create')).toBe(0);
    expect(bench.orders()).toMatchObject([{ status: 'draft' }]);
    bench.clear();
    await bench.clock.advance(61_000);
    expect(bench.orders()).toMatchObject([{ status: 'new' }]);
    expect(bench.faults.at(-1)).toBeNull();
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it('that fills up between request and answer: the answer is written when there is room again', async () => {
    const bench = benchWithDisk();
    bench.provider.onCreate = () => bench.fill();
    must(await bench.place());
    await bench.clock.advance(3_000);
    expect(bench.orders()).toMatchObject([{ status: 'sending', sid: null }]);
    bench.provider.onCreate = () => undefined;
    bench.clear();
    await bench.clock.advance(10_000);
    expect(bench.orders()).toMatchObject([{ status: 'new', sid: sidOf(1) }]);
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });

  it('that fills up between request and answer, and the bench ends: the order is found after the restart', async () => {
    const bench = benchWithDisk();
    bench.provider.onCreate = () => bench.fill();
    must(await bench.place());
    const stopped = bench.desk.stop();
    await bench.clock.advance(6_000);
    await stopped;
    bench.provider.onCreate = () => undefined;
    const again = openBench({}, bench);
    again.desk.resume();
    await again.clock.advance(10_000);
    expect(again.orders()).toMatchObject([{ status: 'new', sid: sidOf(1) }]);
    expect(madeByEid(bench.provider)).toEqual({ [EID]: 1 });
  });
});
