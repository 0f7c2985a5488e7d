import Database from 'libsql';
import { type Fault, type FaultCode, fault } from '../../../contract/fault.ts';

/** A connection of libsql's, whose API is that of better-sqlite3. */
export type Connection = Database.Database;

/** What a statement of ours takes: its values, as one array. */
export type Values = readonly (string | number | null)[];

/** How a connection is opened; tests put their own in to make a disk full. */
export type Connect = (path: string) => Connection;

export const connect: Connect = (path) => new Database(path);

/** The text of an error that SQLite threw, with its code (`SQLITE_FULL`) in front where it has one. */
export function sqliteErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && code !== '' ? `${code}: ${error.message}` : error.message;
}

/** Which of our faults a code of SQLite's is; the first that its name begins with. */
const FAULT_OF: readonly (readonly [prefix: string, code: FaultCode])[] = [
  ['SQLITE_CORRUPT', 'ledger.unreadable'],
  ['SQLITE_NOTADB', 'ledger.unreadable'],
  ['SQLITE_IOERR_READ', 'ledger.unreadable'],
  ['SQLITE_IOERR_SHORT_READ', 'ledger.unreadable'],
  ['SQLITE_', 'ledger.unwritable'],
  // libsql's own error at opening ends with SQLite's number: 14, SQLITE_CANTOPEN.
  ['Unable to open', 'ledger.unwritable'],
  ['ConnectionFailed', 'ledger.unwritable'],
];

/** Words for the codes that a technician can do something about. */
const MESSAGES: readonly (readonly [prefix: string, message: string])[] = [
  ['SQLITE_FULL', 'The disk is full, so the ledger cannot be written. Nothing was ordered.'],
  ['SQLITE_READONLY', 'The ledger is read-only. Nothing was ordered.'],
  ['SQLITE_BUSY', 'Another program holds the ledger. Nothing was ordered.'],
];

/** Thrown where the ledger's file is no longer the one that was opened. */
export class LedgerMovedError extends Error {}

/** What SQLite threw, as a fault. */
export function ledgerFault(error: unknown): Fault {
  const text = sqliteErrorText(error);
  if (error instanceof LedgerMovedError) {
    return fault('ledger.unwritable', {
      message: 'The file of the ledger was moved away or replaced while it was open. Nothing was ordered.',
      hint: 'Start eSIM Bench again, so that it opens the file that is there now.',
      details: text,
    });
  }
  const code = FAULT_OF.find(([prefix]) => text.startsWith(prefix))?.[1] ?? 'internal';
  const message = MESSAGES.find(([prefix]) => text.startsWith(prefix))?.[1];
  return fault(code, { details: text.slice(0, 2000), ...(message === undefined ? {} : { message }) });
}

/** Codes that speak of the disk, of permissions or of other programs, not of the file's content. */
const SURROUNDINGS =
  /^SQLITE_(BUSY|LOCKED|CANTOPEN|READONLY|PERM|AUTH|IOERR|FULL|NOMEM|PROTOCOL|NOLFS|INTERRUPT)/;

/** Whether SQLite cannot make anything of the file itself, in contrast to a disk or a permission in the way. */
export function isDamage(error: unknown): boolean {
  const text = sqliteErrorText(error);
  return text.startsWith('SQLITE_') && !SURROUNDINGS.test(text);
}

/** Whether another connection holds a lock that is wanted. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteErrorText(error));
}

/** Runs `work` in one transaction that takes the write lock at once; undone as a whole where anything throws. */
export function transact<T>(connection: Connection, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    // SQLite has undone it already after some errors (a full disk); then there is nothing to roll back.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** The first value that a question gives; `all` since libsql adds a field of its own to the row of `get`. */
export function firstValue(connection: Connection, sql: string): unknown {
  const rows: unknown = connection.prepare(sql).all();
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

/** The single value of a pragma. */
export function pragmaValue(connection: Connection, name: string): unknown {
  return firstValue(connection, `PRAGMA ${name}`);
}
