import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Fault, fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import { Ledger } from './ledger.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import { freePathBeside, setAside } from './setAside.ts';
import {
  type Connect,
  type Connection,
  connect,
  isDamage,
  ledgerFault,
  pragmaValue,
  sqliteErrorText,
  transact,
} from './sqlite.ts';

export interface OpenLedgerOptions {
  /** The file. Its folder is made where it is missing. */
  readonly path: string;
  readonly clock?: Clock;
  /** Tests put their own in. */
  readonly connect?: Connect;
  readonly migrations?: readonly string[];
}

export interface OpenedLedger {
  readonly ledger: Ledger;
  /** What the technician must know: the ledger was set aside, or it can only be read. */
  readonly notice: Fault | null;
  /** Where the file that could not be used is now. */
  readonly setAside: string | null;
}

/** How long one process waits for another that is writing or opening, ms. */
const BUSY_MS = 5_000;

type Verdict = 'usable' | 'damaged' | 'newer' | 'foreign';

const WHY: Record<Exclude<Verdict, 'usable'>, string> = {
  damaged: 'The ledger is damaged.',
  newer: 'The ledger was written by a newer version of eSIM Bench.',
  foreign: 'The file in the place of the ledger is not a ledger.',
};

/**
 * Opens the ledger, makes it where there is none, and brings an older one up to date after a backup. A file that is damaged,
 * newer than we know, or not ours is never written to: it is set aside under a new name and a new ledger is begun. Where the
 * disk or a permission is in the way the file stays where it is and is opened for reading alone, if it can be.
 */
export function openLedger(options: OpenLedgerOptions): Result<OpenedLedger> {
  const { path, clock = systemClock } = options;
  const open = options.connect ?? connect;
  const migrations = options.migrations ?? MIGRATIONS;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return alone(open, `${path}.opening`, () => {
      const verdict = existsSync(path) ? examine(open, path, migrations.length) : 'usable';
      const moved = verdict === 'usable' ? null : setAside(path, clock.now());
      const connection = open(path);
      prepare(connection);
      migrate(connection, path, migrations, clock);
      return ok({
        ledger: new Ledger({ connection, path, clock }),
        notice: verdict === 'usable' || moved === null ? null : setAsideNotice(verdict, moved),
        setAside: moved,
      });
    });
  } catch (error) {
    const why = openFault(error);
    return existsSync(path) ? openToRead(open, path, clock, why) : fail(why);
  }
}

function setAsideNotice(verdict: Exclude<Verdict, 'usable'>, moved: string): Fault {
  return fault('ledger.setAside', {
    message: `${WHY[verdict]} It was set aside as ${basename(moved)}, and a new one was begun.`,
    details: moved,
  });
}

/** Faults of the file system (a folder that cannot be made, a file that cannot be renamed) besides those of SQLite. */
function openFault(error: unknown): Fault {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? fault('ledger.unwritable', { details: sqliteErrorText(error).slice(0, 2000) })
    : ledgerFault(error);
}

/**
 * Runs `work` while no other process opens this ledger: two that begin at once must not both set a file aside. The lock is
 * SQLite's on a small file of its own, which the operating system lets go when a process dies.
 */
function alone<T>(open: Connect, path: string, work: () => T): T {
  const lock = open(path);
  try {
    lock.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    lock.exec('BEGIN IMMEDIATE');
    return work();
  } finally {
    if (lock.inTransaction) lock.exec('ROLLBACK');
    lock.close();
  }
}

/**
 * Looks whether a file can be our ledger. It prepares no statement, but lets CHECK constraints answer: libsql closes a
 * connection only when its statements have been garbage-collected, and Windows does not rename a file that is open.
 */
function examine(open: Connect, path: string, latest: number): Verdict {
  const connection = open(path);
  const holds = (value: string, check: string): boolean => {
    connection.exec(`CREATE TEMP TABLE answer (value CHECK (${check}))`);
    try {
      connection.exec(`INSERT INTO answer ${value}`);
      return true;
    } catch (error) {
      if (sqliteErrorText(error).startsWith('SQLITE_CONSTRAINT_CHECK')) return false;
      throw error;
    } finally {
      connection.exec('DROP TABLE answer');
    }
  };
  try {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    if (!holds('SELECT * FROM pragma_quick_check', "value = 'ok'")) return 'damaged';
    const empty = holds('SELECT count(*) FROM sqlite_schema', 'value = 0');
    const ours = holds('SELECT * FROM pragma_application_id', `value = ${APPLICATION_ID}`);
    if (!ours && !empty) return 'foreign';
    return holds('SELECT * FROM pragma_user_version', `value <= ${latest}`) ? 'usable' : 'newer';
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    throw error;
  } finally {
    connection.close();
  }
}

/** `synchronous = FULL`: what is written is on the disk before a request leaves (macOS needs `fullfsync` for that). */
function prepare(connection: Connection): void {
  connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA fullfsync = ON');
  connection.exec('PRAGMA foreign_keys = ON');
}

/** Takes the steps that the file has not taken yet, all or none. An older file is copied first. */
function migrate(connection: Connection, path: string, migrations: readonly string[], clock: Clock): void {
  const version = Number(pragmaValue(connection, 'user_version'));
  if (version >= migrations.length) return;
  if (version > 0) {
    const backup = freePathBeside(path, `before-version-${migrations.length}`, clock.now());
    connection.exec(`VACUUM INTO '${backup.replaceAll("'", "''")}'`);
  }
  transact(connection, () => {
    for (const step of migrations.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    connection.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * The way out where a ledger cannot be written: history and QR codes are still there. First with what other processes
 * have in the write-ahead log; where not even that file can be opened, the database alone as it was last tidied up.
 */
function openToRead(open: Connect, path: string, clock: Clock, why: Fault): Result<OpenedLedger> {
  if (why.code !== 'ledger.unwritable') return fail(why);
  for (const mode of ['mode=ro', 'immutable=1']) {
    try {
      const connection = open(`${pathToFileURL(path).href}?${mode}`);
      connection.exec('PRAGMA query_only = ON');
      const ledger = new Ledger({ connection, path, clock });
      if (ledger.list().ok) return ok({ ledger, notice: why, setAside: null });
    } catch {
      // The next way, or the fault that brought us here.
    }
  }
  return fail(why);
}
