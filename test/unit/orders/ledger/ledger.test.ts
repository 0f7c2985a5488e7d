import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { fault } from '../../../../contract/fault.ts';
import { OrderSchema } from '../../../../contract/order.ts';
import type { Ledger } from '../../../../main/orders/ledger/ledger.ts';
import { adoptionOf, draftOf, type OrderRecord } from '../../../../main/orders/record.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { must, mustOpen, newLedger, temporaryFolder } from '../support/ledgers.ts';
import { ACCOUNT, EID, intent, OTHER_EID, profile, sidOf } from '../support/profiles.ts';

const SENT = { kind: 'sent', sentAt: { ms: 5, by: 'provider' }, knownSids: [sidOf(9)] } as const;

function draft(id: string, given: Parameters<typeof intent>[0] = {}): OrderRecord {
  return draftOf(id, intent(given), 1_000);
}

function written(ledger: Ledger, id: string, given: Parameters<typeof intent>[0] = {}): OrderRecord {
  const result = must(ledger.write(draft(id, given)));
  if (result.kind !== 'written') throw new Error(`order ${id} was not written`);
  return result.record;
}

describe('the ledger', () => {
  it('gives an order back as it was written, in the shape of the contract', () => {
    const ledger = newLedger();
    const order = written(ledger, 'a', {
      device: { id: 'imei:1', name: 'EM05-G', imei: '860000000000001' },
      callback: { url: 'https://example.com/hook', method: 'GET' },
      orderAnother: true,
      replaces: 'z',
    });
    expect(must(ledger.get('a'))).toEqual(order);
    expect(OrderSchema.parse(order.order)).toEqual(order.order);
  });

  it('keeps every step of an order with its history', () => {
    const clock = createFakeClock();
    const ledger = newLedger(clock);
    written(ledger, 'a');
    must(ledger.record('a', SENT));
    clock.jump(1_500);
    const extra = { new_field: 'x' };
    const told = profile({ status: 'available', smdpPlusAddress: 'https://smdp.example', extra });
    const { record } = must(ledger.record('a', { kind: 'created', profile: told }));
    const read = must(ledger.get('a'));
    expect(read).toEqual(record);
    expect(read.order).toMatchObject({ status: 'available', lpa: 'LPA:1$smdp.example$', extra });
    expect(read.trail).toEqual({
      orderAnother: false,
      sentAt: { ms: 5, by: 'provider' },
      knownSids: [sidOf(9)],
      looks: 0,
    });
    expect(read.order.history.map((entry) => entry.status)).toEqual(['draft', 'sending', 'available']);
    expect(read.order.updatedAt).toBe(clock.now());
  });

  it('writes nothing for an event that tells nothing new, and refuses one that cannot be', () => {
    const ledger = newLedger();
    written(ledger, 'a');
    must(ledger.record('a', SENT));
    must(ledger.record('a', { kind: 'created', profile: profile() }));
    expect(must(ledger.record('a', { kind: 'observed', profile: profile() })).changed).toBe(false);
    expect(ledger.record('a', SENT)).toMatchObject({ ok: false, fault: { code: 'order.wrongState' } });
    expect(ledger.record('b', SENT)).toMatchObject({ ok: false, fault: { code: 'order.notFound' } });
    expect(must(ledger.get('a')).order.history).toHaveLength(3);
  });

  it('writes an order for an EID only where no other stands in its way', () => {
    const ledger = newLedger();
    const first = (open: readonly OrderRecord[]) => open[0] ?? null;
    written(ledger, 'a');
    expect(must(ledger.write(draft('b'), first))).toMatchObject({
      kind: 'inTheWay',
      record: { order: { id: 'a' } },
    });
    expect(ledger.get('b')).toMatchObject({ ok: false });
    const elsewhere = { ...ACCOUNT, accountSid: `AC${'2'.repeat(32)}` };
    expect(must(ledger.write(draft('c', { target: { kind: 'eid', eid: OTHER_EID } }), first)).kind).toBe(
      'written',
    );
    expect(must(ledger.write(draft('d', { account: elsewhere }), first)).kind).toBe('written');
    expect(must(ledger.write(draft('e', { target: { kind: 'matchingId' } }), first)).kind).toBe('written');
    must(ledger.record('a', { kind: 'cancelled', because: 'technician' }));
    expect(must(ledger.write(draft('f'), first)).kind).toBe('written');
  });

  it('lists newest first by the order of writing, whatever the clock says', () => {
    const ledger = newLedger();
    for (const [id, at] of [
      ['a', 3_000],
      ['b', 1_000],
      ['c', 2_000],
    ] as const) {
      must(ledger.write(draftOf(id, intent({ target: { kind: 'matchingId' } }), at)));
    }
    expect(must(ledger.list()).map(({ order }) => order.id)).toEqual(['c', 'b', 'a']);
    expect(must(ledger.unbound('draft')).map(({ order }) => order.id)).toEqual(['a', 'b', 'c']);
  });

  it('binds one profile to one order of an account, and never to another', () => {
    const ledger = newLedger();
    for (const id of ['a', 'b']) {
      written(ledger, id, { target: { kind: 'matchingId' } });
      must(ledger.record(id, SENT));
    }
    must(ledger.record('a', { kind: 'created', profile: profile() }));
    const second = ledger.record('b', { kind: 'created', profile: profile() });
    expect(second).toMatchObject({ ok: false, fault: { code: 'ledger.unwritable' } });
    expect(must(ledger.get('b')).order).toMatchObject({ status: 'sending', sid: null });
    expect(must(ledger.bySid(ACCOUNT, sidOf(1)))?.order.id).toBe('a');
    expect([...must(ledger.sidsOf(ACCOUNT))]).toEqual([[sidOf(1), 'a']]);
  });

  it('takes over a profile with its history begun', () => {
    const ledger = newLedger();
    const blank = adoptionOf('a', { eid: EID, device: null, account: ACCOUNT }, 1_000);
    must(ledger.write(blank));
    const { record } = must(ledger.record('a', { kind: 'adopted', profile: profile({ eid: EID }) }));
    expect(record.order).toMatchObject({ status: 'new', sid: sidOf(1), kind: 'eid', eid: EID });
    expect(record.order.history).toHaveLength(1);
  });

  it('follows orders that have a profile until its last status', () => {
    const ledger = newLedger();
    for (const [index, status] of ['new', 'paused', 'installed', 'failed', 'available'].entries()) {
      written(ledger, status, { target: { kind: 'matchingId' } });
      must(ledger.record(status, SENT));
      must(ledger.record(status, { kind: 'created', profile: profile({ sid: sidOf(index), status }) }));
    }
    written(ledger, 'waiting', { target: { kind: 'matchingId' } });
    const followed = must(ledger.followed(ACCOUNT));
    expect(followed.map(({ id }) => id)).toEqual(['new', 'paused', 'available']);
    expect(followed[0]).toMatchObject({ sid: sidOf(0), status: 'new', missing: false });
    must(ledger.record('new', { kind: 'notKnown', fault: fault('provider.notFound') }));
    expect(must(ledger.followed(ACCOUNT))[0]).toMatchObject({ id: 'new', missing: true });
    expect(must(ledger.followed({ ...ACCOUNT, endpoint: 'https://other.example' }))).toEqual([]);
    expect(must(ledger.openAccounts())).toEqual([ACCOUNT]);
  });

  it('refuses, also to other programs, to delete an order or to touch its history', () => {
    const ledger = newLedger();
    written(ledger, 'a');
    const other = new Database(ledger.path);
    for (const sql of ['DELETE FROM orders', 'DELETE FROM history', "UPDATE history SET note = 'x'"]) {
      expect(() => other.exec(sql)).toThrow(/never/);
    }
    expect(must(ledger.get('a')).order.history).toHaveLength(1);
  });

  it('shows what another connection wrote, once', () => {
    const ledger = newLedger();
    const other = mustOpen({ path: ledger.path }).ledger;
    written(ledger, 'a');
    const since = must(ledger.latestChange());
    const version = must(ledger.version());
    must(ledger.keep('x', 1));
    expect(must(ledger.version())).toBe(version);
    written(other, 'b', { target: { kind: 'matchingId' } });
    must(other.record('a', { kind: 'held', heldFor: 'network', fault: null }));
    expect(must(ledger.version())).not.toBe(version);
    const changes = must(ledger.changesSince(since));
    expect(changes.records.map(({ order }) => [order.id, order.heldFor])).toEqual([
      ['a', 'network'],
      ['b', 'turn'],
    ]);
    expect(must(ledger.changesSince(changes.upTo))).toEqual({ records: [], upTo: changes.upTo });
  });

  it('reads histories right for few orders and for many', () => {
    const ledger = newLedger();
    for (let index = 0; index < 150; index += 1)
      written(ledger, `o${index}`, { target: { kind: 'matchingId' } });
    const all = must(ledger.list());
    expect(all).toHaveLength(150);
    expect(all.every(({ order }) => order.history.length === 1)).toBe(true);
  });

  it('keeps what another room asks it to', () => {
    const ledger = newLedger();
    expect(must(ledger.kept('modems'))).toBeUndefined();
    must(ledger.keep('modems', { a: [1, 'x'] }));
    must(ledger.keep('modems', { a: [2] }));
    expect(must(ledger.kept('modems'))).toEqual({ a: [2] });
  });

  it('leaves out a row that cannot be read and names it, and shows one whose lesser parts are spoilt', () => {
    const ledger = newLedger();
    for (const id of ['a', 'b', 'c']) written(ledger, id, { target: { kind: 'matchingId' } });
    const other = new Database(ledger.path);
    other.exec("UPDATE orders SET known_sids = '{' WHERE id = 'b'");
    other.exec(
      "UPDATE orders SET fault = '{\"code\":\"from.the.future\"}', extra = '[', held_for = 'x' WHERE id = 'c'",
    );
    expect(must(ledger.list()).map(({ order }) => order.id)).toEqual(['c', 'a']);
    expect(must(ledger.get('c')).order).toMatchObject({ fault: null, extra: {}, heldFor: null });
    expect(must(ledger.unreadable())).toEqual([
      { orderId: 'b', problem: expect.stringContaining('known_sids') },
    ]);
  });

  it('shows an order whose callback or fault is spoilt beyond what a parser can say, and every other one', () => {
    const ledger = newLedger();
    for (const id of ['a', 'b']) written(ledger, id, { target: { kind: 'matchingId' } });
    const other = new Database(ledger.path);
    other.exec("UPDATE orders SET callback_url = 'no address', callback_method = 'PUT' WHERE id = 'a'");
    other.exec(
      `UPDATE orders SET fault = '{"code":"internal","message":{"length":{"toString":1}},"hint":""}' WHERE id = 'b'`,
    );
    const orders = must(ledger.list()).map(({ order }) => OrderSchema.parse(order));
    expect(orders).toMatchObject([
      { id: 'b', fault: null },
      { id: 'a', callback: null },
    ]);
  });

  it('writes nothing where its file was moved away, since nobody would find it again', async () => {
    const { renameSync } = await import('node:fs');
    const ledger = newLedger();
    written(ledger, 'a');
    renameSync(ledger.path, `${ledger.path}.elsewhere`);
    const result = ledger.record('a', SENT);
    expect(result).toMatchObject({ ok: false, fault: { code: 'ledger.unwritable' } });
    expect(ledger.write(draft('b'))).toMatchObject({ ok: false });
  });

  it('is durable: WAL, synchronous FULL, foreign keys', () => {
    const opened: Database.Database[] = [];
    const path = `${temporaryFolder()}/ledger.sqlite`;
    mustOpen({
      path,
      connect: (file) => {
        const connection = new Database(file);
        if (file === path) opened.push(connection);
        return connection;
      },
    });
    const last = opened.at(-1);
    const value = (name: string) => Object.values(last?.prepare(`PRAGMA ${name}`).all()[0] ?? {})[0];
    expect([value('journal_mode'), value('synchronous'), value('foreign_keys')]).toEqual(['wal', 2, 1]);
  });
});
