import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { inspectLedger } from '../../../../main/orders/ledger/inspectLedger.ts';
import { draftOf } from '../../../../main/orders/record.ts';
import { must, mustOpen, temporaryFolder } from '../support/ledgers.ts';
import { intent } from '../support/profiles.ts';

/** The path of a ledger with one order, closed and tidied up. */
function ledgerFile(): string {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const { ledger } = mustOpen({ path });
  must(ledger.write(draftOf('a', intent(), 1)));
  new Database(path).exec('PRAGMA wal_checkpoint(TRUNCATE)');
  ledger.close();
  return path;
}

/** Everything but SQLite's companions, which come and go. */
function filesBeside(path: string): string[] {
  return readdirSync(join(path, '..')).filter((name) => !/-(wal|shm|journal)$/.test(name));
}

describe('inspecting the file of a ledger', () => {
  it('finds nothing wrong with one that is as it should be', () => {
    expect(inspectLedger(ledgerFile())).toEqual({ ok: true, value: { orders: 1, problems: [] } });
  });

  it('counts what another process has written and not tidied up yet', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const { ledger } = mustOpen({ path });
    must(ledger.write(draftOf('a', intent(), 1)));
    expect(inspectLedger(path)).toEqual({ ok: true, value: { orders: 1, problems: [] } });
    ledger.close();
  });

  it('takes no file for a ledger without orders, and makes none', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    expect(inspectLedger(path)).toEqual({ ok: true, value: { orders: 0, problems: [] } });
    expect(filesBeside(path)).toEqual([]);
  });

  it.each<[string, (path: string) => void]>([
    ['empty', (path) => writeFileSync(path, '')],
    ['that was only begun', (path) => void new Database(path).exec('PRAGMA journal_mode = WAL')],
  ])('finds nothing wrong with a file %s: the next process makes a ledger of it', (_what, begin) => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    begin(path);
    expect(inspectLedger(path)).toEqual({ ok: true, value: { orders: 0, problems: [] } });
    expect(mustOpen({ path }).notice).toBeNull();
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['damaged', (path) => writeFileSync(path, 'no database, only words'.repeat(100)), /damaged|not a ledger/],
    [
      'damaged in its middle',
      (path) => {
        const bytes = readFileSync(path);
        bytes.fill(0x5a, 4096, 4096 + 2048);
        writeFileSync(path, bytes);
      },
      /./,
    ],
    ['cut short', (path) => writeFileSync(path, readFileSync(path).subarray(0, 6_000)), /./],
    ['newer', (path) => void new Database(path).exec('PRAGMA user_version = 99'), /newer version/],
    [
      'of another program',
      (path) => void new Database(path).exec('PRAGMA application_id = 7'),
      /not a ledger/,
    ],
  ])('says that one is %s, and leaves it where and as it is', (_what, spoil, words) => {
    const path = ledgerFile();
    spoil(path);
    const before = readFileSync(path);
    const beside = filesBeside(path);
    const report = must(inspectLedger(path));
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.problems.map(({ problem }) => problem).join('\n')).toMatch(words);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(filesBeside(path)).toEqual(beside);
  });
});
