import {
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { checkLedger } from '../../../../main/orders/checkLedger.ts';
import { inspectLedger } from '../../../../main/orders/ledger/inspectLedger.ts';
import { openLedger } from '../../../../main/orders/ledger/openLedger.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../../../main/orders/ledger/schema.ts';
import { draftOf } from '../../../../main/orders/record.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { must, mustOpen, temporaryFolder } from '../support/ledgers.ts';
import { EID, intent } from '../support/profiles.ts';

const clock = createFakeClock();
const ids = (opened: ReturnType<typeof mustOpen>) => must(opened.ledger.list()).map(({ order }) => order.id);

/** A ledger file with one order in it, tidied up into the one file, that nobody holds open. */
function ledgerFile(): string {
  const { ledger } = mustOpen({ path: join(temporaryFolder(), 'ledger.sqlite'), clock });
  must(ledger.write(draftOf('a', intent(), 1)));
  const tidy = new Database(ledger.path);
  tidy.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const path = join(temporaryFolder(), 'ledger.sqlite');
  copyFileSync(ledger.path, path);
  return path;
}

function damage(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(3_000, 0xa5), 0, 3_000, at);
}

describe('opening the ledger', () => {
  it('makes the folder and the file where there is none', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'ledger.sqlite');
    const opened = mustOpen({ path, clock });
    expect(opened).toMatchObject({ notice: null, setAside: null });
    expect(ids(opened)).toEqual([]);
  });

  it('finds again what was written, without anything having been closed', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    must(mustOpen({ path, clock }).ledger.write(draftOf('a', intent(), 1)));
    expect(ids(mustOpen({ path, clock }))).toEqual(['a']);
  });

  it.each([
    ['text', (path: string) => writeFileSync(path, 'not a database '.repeat(500))],
    ['a damaged first page', (path: string) => damage(path, 30)],
    ['a damaged table', (path: string) => damage(path, 4_096 * 2)],
    ['half of the file', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 6_000))],
    [
      "another program's database",
      (path: string) => {
        writeFileSync(path, '');
        const other = new Database(path);
        other.exec('CREATE TABLE songs (name TEXT)');
        other.close();
      },
    ],
    [
      'a ledger of a newer version',
      (path: string) => {
        const newer = new Database(path);
        newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
        newer.close();
      },
    ],
  ])('sets %s aside, unchanged and named, and begins a new one', (_what, spoil) => {
    const path = ledgerFile();
    spoil(path);
    const before = readFileSync(path);
    const opened = mustOpen({ path, clock });
    expect(ids(opened)).toEqual([]);
    expect(opened.setAside).toMatch(/ledger\.set-aside-2026-11-24T08-00-00Z\.sqlite$/);
    expect(opened.notice).toMatchObject({
      code: 'ledger.setAside',
      message: expect.stringContaining('ledger.set-aside-2026-11-24T08-00-00Z.sqlite'),
    });
    expect(readFileSync(opened.setAside ?? '').equals(before)).toBe(true);
    must(opened.ledger.write(draftOf('b', intent(), 1)));
    expect(ids(mustOpen({ path, clock }))).toEqual(['b']);
  });

  it('never sets one file aside over another', () => {
    const path = ledgerFile();
    const names = [1, 2, 3].map(() => {
      const opened = openLedger({ path, clock });
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      writeFileSync(path, 'spoilt');
      return opened.ok ? opened.value.setAside : null;
    });
    expect(new Set(names).size).toBe(3);
    expect(names.slice(1).every((name) => name !== null && existsSync(name))).toBe(true);
  });

  it('takes an empty file for a new ledger', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    writeFileSync(path, '');
    expect(mustOpen({ path, clock }).setAside).toBeNull();
  });

  it('takes the newer steps of the schema after a backup of what was there', () => {
    const path = ledgerFile();
    const migrations = [
      ...MIGRATIONS,
      'ALTER TABLE orders ADD COLUMN colour TEXT',
      'CREATE TABLE more (x) STRICT',
    ];
    const broken = openLedger({ path, clock, migrations });
    expect(broken).toMatchObject({ ok: true, value: { notice: { code: 'ledger.unwritable' } } });
    const opened = mustOpen({ path, clock, migrations: migrations.slice(0, -1) });
    expect(ids(opened)).toEqual(['a']);
    expect(new Database(path).prepare('PRAGMA user_version').all()).toEqual([
      { user_version: MIGRATIONS.length + 1 },
    ]);
    const backup = `ledger.before-version-${MIGRATIONS.length + 1}-2026-11-24T08-00-00Z.sqlite`;
    const backups = readdirSync(join(path, '..')).filter((name) => name.includes('before-version'));
    expect(backups).toContain(backup);
    const copy = join(temporaryFolder(), 'copy.sqlite');
    copyFileSync(join(path, '..', backup), copy);
    const kept = mustOpen({ path: copy, clock });
    expect(kept.setAside).toBeNull();
    expect(ids(kept)).toEqual(['a']);
  });

  it('takes up the ledger of each earlier version, which can be looked through before that', () => {
    for (let version = 1; version < MIGRATIONS.length; version += 1) {
      const path = join(temporaryFolder(), 'ledger.sqlite');
      const old = new Database(path);
      for (const step of MIGRATIONS.slice(0, version)) old.exec(step);
      old.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`);
      old.exec(`INSERT INTO orders (id, created_at, updated_at, status, kind, eid, provider, account_sid, endpoint, sid, sim_sid)
        VALUES ('old', 1, 2, 'available', 'eid', '${EID}', 'twilio', 'AC1', 'https://supersim.twilio.com', 'HP1', 'HS1');
        INSERT INTO history (order_id, at, status, note) VALUES ('old', 1, 'available', 'Written down.')`);
      old.close();
      expect(inspectLedger(path, clock)).toEqual({ ok: true, value: { orders: 1, problems: [] } });
      const opened = mustOpen({ path, clock });
      expect(opened).toMatchObject({ setAside: null, notice: null });
      expect(must(opened.ledger.list())).toMatchObject([
        { order: { id: 'old', simSid: 'HS1', activation: null, sim: null } },
      ]);
      expect(must(checkLedger(opened.ledger)).problems).toEqual([]);
    }
  });

  it('says so where the place cannot be written', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(openLedger({ path: join(folder, 'file', 'ledger.sqlite'), clock })).toMatchObject({
      ok: false,
      fault: { code: 'ledger.unwritable' },
    });
  });

  it('opens for reading alone where the disk is full, with every order in sight', () => {
    const path = ledgerFile();
    const opened = mustOpen({
      path,
      clock,
      connect: (file) => {
        if (file.endsWith('.opening')) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
        return new Database(file);
      },
    });
    expect(opened.notice).toMatchObject({ code: 'ledger.unwritable' });
    expect(ids(opened)).toEqual(['a']);
    expect(opened.ledger.write(draftOf('b', intent(), 1))).toMatchObject({
      ok: false,
      fault: { code: 'ledger.unwritable' },
    });
  });

  it('writes nothing, and keeps what it has, when the disk fills up', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    let connection: Database.Database | null = null;
    const opened = mustOpen({
      path,
      clock,
      connect: (file) => {
        connection = new Database(file);
        return connection;
      },
    });
    must(opened.ledger.write(draftOf('a', intent(), 1)));
    connection = connection as Database.Database | null;
    connection?.exec('PRAGMA max_page_count = 1');
    const big = { ...intent().account, endpoint: `https://example.com/${'x'.repeat(20_000)}` };
    expect(opened.ledger.write(draftOf('b', intent({ account: big }), 1))).toMatchObject({
      ok: false,
      fault: { code: 'ledger.unwritable', message: expect.stringContaining('full') },
    });
    expect(ids(opened)).toEqual(['a']);
    connection?.exec('PRAGMA max_page_count = 100000');
    must(opened.ledger.write(draftOf('b', intent({ account: big }), 1)));
    expect(ids(opened)).toEqual(['b', 'a']);
  });
});
