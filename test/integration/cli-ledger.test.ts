import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { OrderSchema } from '../../contract/order.ts';
import { type CliRun, runCli } from '../support/cli.ts';
import { cliBench } from '../support/cliBench.ts';

const EID = '89044011112233441122334411223321';

const bench = cliBench({ pace: { reservingMs: 50, availableMs: 100 } });
const { cli } = bench;
beforeEach(async () => {
  expect((await bench.setTwilio()).code).toBe(0);
});

const creates = () => bench.world.provider.record().filter((entry) => entry.operation === 'create');
const lastOf = (run: CliRun) => run.objects().at(-1) ?? {};

/** An order that waits in the outbox, since the provider cannot be reached. Gives its id. */
async function waitingOrder(target: readonly string[] = ['--eid', EID]): Promise<string> {
  await bench.world.server.stopListening();
  const run = await cli(['order', ...target, '--timeout', '1']);
  expect([run.code, lastOf(run)]).toMatchObject([8, { status: 'draft' }]);
  await bench.world.server.listen();
  return String(lastOf(run).id);
}

describe('ledger export', () => {
  it('gives every order whole, oldest first, one a line', async () => {
    await cli(['order', '--eid', EID]);
    await cli(['order', '--matching-id']);
    const run = await cli(['ledger', 'export']);
    expect(run.code).toBe(0);
    const orders = run.objects();
    expect(orders.map(({ kind }) => kind)).toEqual(['eid', 'matchingId']);
    for (const order of orders) expect(OrderSchema.safeParse(order).success).toBe(true);
  });

  it('writes a table to a file, archived orders too', async () => {
    const id = String(lastOf(await cli(['order', '--eid', EID])).id);
    await cli(['order', 'archive', id]);
    const file = join(bench.dataDir, 'orders.csv');
    const run = await cli(['ledger', 'export', '--format', 'csv', '--out', file]);
    expect([run.code, run.objects()]).toEqual([0, [{ path: file, orders: 1 }]]);
    const [names = '', row = ''] = readFileSync(file, 'utf8').split('\r\n');
    expect(names.split(',')).toContain('activation_code');
    expect(row).toContain(`${id},`);
    expect(row).toContain(`,available,,eid,${EID},`);
  });

  it.each([
    ['a table on stdout with --json', ['--format', 'csv']],
    ['a file in a folder that is not there', ['--out', '/nonexistent/orders.jsonl']],
  ])('refuses %s with exit code 2', async (_what, args) => {
    expect((await cli(['ledger', 'export', ...args])).code).toBe(2);
  });
});

describe('ledger check', () => {
  it('finds nothing wrong after ordinary work', async () => {
    await cli(['order', '--eid', EID]);
    const run = await cli(['ledger', 'check']);
    expect([run.code, run.objects()]).toEqual([
      0,
      [{ path: join(bench.dataDir, 'ledger.sqlite'), orders: 1, problems: [] }],
    ]);
  });

  it('says that a ledger is damaged, with exit code 70, and leaves it as it is', async () => {
    const path = join(bench.dataDir, 'ledger.sqlite');
    writeFileSync(path, 'not a database'.repeat(1_000));
    const run = await cli(['ledger', 'check']);
    expect([run.code, run.objects()]).toMatchObject([70, [{ orders: 0, problems: [{ orderId: null }] }]]);
    expect(readFileSync(path, 'utf8')).toBe('not a database'.repeat(1_000));
  });
});

describe('a ledger that cannot be used', () => {
  it('is set aside, named on stderr, and a new one begun', async () => {
    writeFileSync(join(bench.dataDir, 'ledger.sqlite'), 'not a database'.repeat(1_000));
    const run = await cli(['orders']);
    expect([run.code, run.objects()]).toEqual([0, []]);
    const aside = readdirSync(bench.dataDir).find((name) => name.includes('set-aside'));
    expect(run.stderr).toContain(aside);
    expect(readFileSync(join(bench.dataDir, String(aside)), 'utf8')).toBe('not a database'.repeat(1_000));
    expect((await cli(['order', '--eid', EID])).code).toBe(0);
  });
});

describe('an order', () => {
  it('is taken back before it is sent, once, and never sent', async () => {
    const id = await waitingOrder();
    const cancelled = await cli(['order', 'cancel', id]);
    expect([cancelled.code, lastOf(cancelled)]).toMatchObject([0, { id, status: 'cancelled' }]);
    const again = await cli(['order', 'cancel', id]);
    expect([again.code, lastOf(again)]).toMatchObject([2, { error: { code: 'order.wrongState' } }]);
    expect((await cli(['resume', '--timeout', '5'])).code).toBe(0);
    expect(creates()).toEqual([]);
  });

  it('is archived and taken out again, and never deleted', async () => {
    const id = String(lastOf(await cli(['order', '--eid', EID])).id);
    expect((await cli(['order', 'archive', id])).code).toBe(0);
    expect((await cli(['orders'])).objects()).toEqual([]);
    expect((await cli(['orders', '--archived'])).objects()).toMatchObject([{ id }]);
    expect((await cli(['order', 'archive', id, '--undo'])).code).toBe(0);
    expect((await cli(['orders'])).objects()).toMatchObject([{ id }]);
  });

  it('that was refused is ordered again as a new one, linked to it', async () => {
    bench.world.provider.setStock(0);
    const refused = await cli(['order', '--matching-id']);
    expect([refused.code, lastOf(refused)]).toMatchObject([7, { error: { code: 'provider.outOfStock' } }]);
    const id = String(refused.objects()[0]?.id);
    bench.world.provider.setStock(null);
    const again = await cli(['order', 'again', id]);
    expect([again.code, lastOf(again)]).toMatchObject([0, { status: 'available' }]);
    expect(lastOf(await cli(['order', 'show', String(lastOf(again).id)]))).toMatchObject({ replaces: id });
    expect((await cli(['order', 'again', String(lastOf(again).id)])).code).toBe(2);
  });

  it('whose EID has got a profile meanwhile waits for a choice; the choice settles it', async () => {
    const id = await waitingOrder();
    const other = mkdtempSync(join(tmpdir(), 'cli-other-'));
    writeFileSync(join(other, 'settings.json'), readFileSync(join(bench.dataDir, 'settings.json')));
    const elsewhere = await runCli(['order', '--eid', EID], { dataDir: other, env: bench.keyring.env });
    rmSync(other, { recursive: true, force: true });
    const resumed = await cli(['resume']);
    expect([resumed.code, lastOf(resumed)]).toMatchObject([8, { id, status: 'draft' }]);
    const shown = lastOf(await cli(['order', 'show', id]));
    expect(shown).toMatchObject({ heldFor: 'choice', candidates: [{ sid: lastOf(elsewhere).sid }] });
    expect((await cli(['order', 'choose', id, '--sid', 'HP1'])).code).toBe(2);
    const chosen = await cli(['order', 'choose', id, '--sid', String(lastOf(elsewhere).sid)]);
    expect([chosen.code, lastOf(chosen)]).toMatchObject([0, { id, sid: lastOf(elsewhere).sid }]);
    expect(creates()).toHaveLength(1);
  });
});

describe('credentials that do not hold any more', () => {
  it('end order and resume with exit code 6; the orders are kept and go on with the new ones', async () => {
    const { keySid } = bench.world.account;
    bench.world.provider.rotate(keySid, 'another-secret');
    const ordered = await cli(['order', '--eid', EID]);
    expect([ordered.code, lastOf(ordered)]).toMatchObject([6, { error: { code: 'account.rejected' } }]);
    expect((await cli(['orders'])).objects()).toMatchObject([{ status: 'draft' }]);
    expect((await cli(['resume'])).code).toBe(6);
    expect(creates()).toEqual([]);
    await bench.setTwilio({ secret: 'another-secret' });
    expect((await cli(['resume'])).code).toBe(0);
    expect((await cli(['orders'])).objects()).toMatchObject([{ status: 'available' }]);
    expect(creates()).toHaveLength(1);
  });

  it('a keychain that is locked ends them with exit code 6 as well', async () => {
    const id = await waitingOrder(['--matching-id']);
    await bench.keyring.lock();
    try {
      for (const args of [['resume'], ['order', '--eid', EID]]) {
        const run = await cli(args);
        expect([run.code, lastOf(run)]).toMatchObject([6, { error: { code: 'keychain.locked' } }]);
      }
    } finally {
      await bench.keyring.unlock();
    }
    expect(existsSync(join(bench.dataDir, 'ledger.sqlite'))).toBe(true);
    expect((await cli(['resume'])).code).toBe(0);
    expect((await cli(['order', 'show', id])).objects()).toMatchObject([{ status: 'available' }]);
    expect(creates()).toHaveLength(2);
  });
});
