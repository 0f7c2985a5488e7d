import { statSync } from 'node:fs';
import { z } from 'zod';
import { OPEN_ACTIVATIONS } from '../../../contract/activation.ts';
import { type Fault, fault } from '../../../contract/fault.ts';
import { FINAL_STATUSES } from '../../../contract/order.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Clock } from '../../base/clock.ts';
import { type LifeEvent, live } from '../life.ts';
import { type AccountRef, accountKey, type OrderRecord } from '../record.ts';
import { COLUMNS, historyOf, idOf, recordOf, valuesOf } from './rows.ts';
import {
  type Connection,
  LedgerMovedError,
  ledgerFault,
  pragmaValue,
  transact,
  type Values,
} from './sqlite.ts';

type Statement = ReturnType<typeof prepareOn>;

function prepareOn(connection: Connection, sql: string) {
  return connection.prepare<[values: Values]>(sql);
}

/** Which file a path leads to now; empty where to none. */
function fileId(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

/** What {@link Ledger.write} did with an order that was to be written. */
export type Written =
  | { readonly kind: 'written'; readonly record: OrderRecord }
  /** Another order stands in its way; nothing was written. */
  | { readonly kind: 'inTheWay'; readonly record: OrderRecord };

/** What {@link Ledger.record} did with an event. */
export interface Recorded {
  readonly record: OrderRecord;
  /** Whether anything was written. */
  readonly changed: boolean;
}

/** An order that the provider works on, or that waits for its download. */
export interface FollowedOrder {
  readonly id: string;
  readonly sid: string;
  readonly status: string;
  /** The provider has said that it does not know it. */
  readonly missing: boolean;
  /** ms since 1970. */
  readonly updatedAt: number;
}

const OPEN = `status NOT IN (${[...FINAL_STATUSES].map((status) => `'${status}'`).join(', ')})`;

/** SQLite does not choose the index of open orders by itself, and a ledger of many years has few that are open. */
const AMONG_OPEN = `INDEXED BY open_orders WHERE ${OPEN}`;

const INSERT_ORDER = `INSERT INTO orders (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;
const UPDATE_ORDER = `UPDATE orders SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`;

/** Orders whose Sim is still to become what was wished. */
const ACTIVATED = `activation_status IN (${OPEN_ACTIVATIONS.map((status) => `'${status}'`).join(', ')})
  AND sim_sid IS NOT NULL AND status <> 'failed'`;

const FollowedSchema = z.object({
  id: z.string(),
  sid: z.string(),
  status: z.string(),
  missing: z.number().transform((value) => value !== 0),
  updatedAt: z.number(),
});
const NameSchema = z.object({ name: z.string().nullable() });
const AccountSchema = z.object({ provider: z.string(), accountSid: z.string(), endpoint: z.string() });

/** Orders that changed since a moment, whoever changed them. */
export interface Changes {
  readonly records: readonly OrderRecord[];
  /** Give this back to ask for what comes after. */
  readonly upTo: number;
}

/** A row that cannot be read as an order. It is left as it is. */
export interface UnreadableRow {
  readonly orderId: string | null;
  readonly problem: string;
}

export interface LedgerFile {
  readonly connection: Connection;
  readonly path: string;
  readonly clock: Clock;
}

/**
 * The orders in their SQLite file. Every write is one transaction, durable when the call returns, together with its line of
 * history. Nothing here throws: what SQLite says comes back as a fault. One ledger may be open in several processes.
 */
export class Ledger {
  readonly path: string;
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #statements = new Map<string, Statement>();
  readonly #file: string;

  constructor({ connection, path, clock }: LedgerFile) {
    this.#connection = connection;
    this.path = path;
    this.#clock = clock;
    this.#file = fileId(path);
  }

  /**
   * Writes a new order, unless `inTheWay` names one of the orders that are open with the same account for the same EID, or in place
   * of the same order: then nothing is written. Look and write are one transaction, so that two processes cannot both write.
   */
  write(
    record: OrderRecord,
    inTheWay: (open: readonly OrderRecord[]) => OrderRecord | null = () => null,
  ): Result<Written> {
    return this.#try(() =>
      this.#transact((): Written => {
        const { eid, account, replaces } = record.order;
        const other = inTheWay([
          ...(eid === null ? [] : this.#openForEid(account, eid)),
          ...(replaces === null
            ? []
            : this.#read(`WHERE replaces = ? AND ${OPEN} ORDER BY number`, [replaces])),
        ]);
        if (other !== null) return { kind: 'inTheWay', record: other };
        this.#run(INSERT_ORDER, valuesOf(record));
        this.#appendHistory(record, 0);
        return { kind: 'written', record };
      }),
    );
  }

  /**
   * Lets an event happen to an order: what {@link live} makes of it is written. A refusal comes back as its fault, an event
   * that tells nothing new writes nothing.
   */
  record(id: string, event: LifeEvent): Result<Recorded> {
    // First without the write lock: most answers of the provider tell nothing new.
    const seen = this.get(id);
    if (!seen.ok) return seen;
    const step = live(seen.value, event, this.#clock.now());
    if (step.kind === 'refused') return fail(step.fault);
    if (step.kind === 'same') return ok({ record: seen.value, changed: false });
    const written = this.#try(() => this.#transact(() => this.#apply(id, event)));
    return written.ok ? written.value : written;
  }

  get(id: string): Result<OrderRecord> {
    const found = this.#select('WHERE id = ?', [id]);
    if (!found.ok) return found;
    const [record] = found.value;
    return record === undefined ? fail(fault('order.notFound', { details: id })) : ok(record);
  }

  /** All orders, newest first. */
  list(): Result<OrderRecord[]> {
    return this.#select('ORDER BY number DESC', []);
  }

  /** The latest orders of an account that have been `available`, newest first. */
  latestAvailable(account: AccountRef, count: number): Result<OrderRecord[]> {
    return this.#select(
      `WHERE provider = ? AND account_sid = ? AND endpoint = ? AND EXISTS
         (SELECT 1 FROM history WHERE history.order_id = orders.id AND history.status = 'available')
       ORDER BY number DESC LIMIT ?`,
      [account.provider, account.accountSid, account.endpoint, count],
    );
  }

  /** The order that holds this profile, or null. */
  bySid(account: AccountRef, sid: string): Result<OrderRecord | null> {
    const found = this.#select('WHERE account_sid = ? AND sid = ?', [account.accountSid, sid]);
    return found.ok ? ok(found.value[0] ?? null) : found;
  }

  /** Which order holds which profile, of one account. */
  sidsOf(account: AccountRef): Result<ReadonlyMap<string, string>> {
    return this.#try(() => {
      const rows = this.#rows('SELECT sid, id FROM orders WHERE account_sid = ? AND sid IS NOT NULL', [
        account.accountSid,
      ]);
      const sids = new Map<string, string>();
      for (const row of rows) {
        const { sid, id } = row as { sid: unknown; id: unknown };
        if (typeof sid === 'string' && typeof id === 'string') sids.set(sid, id);
      }
      return sids;
    });
  }

  /** Orders that no profile is bound to yet and that have this status, of all accounts, oldest first. */
  unbound(status: 'draft' | 'sending' | 'unconfirmed'): Result<OrderRecord[]> {
    return this.#select(`${AMONG_OPEN} AND status = ? AND sid IS NULL ORDER BY number`, [status]);
  }

  /** Orders with a profile that has not reached a final status, oldest first: what the poller needs of them, without their history. */
  followed(account: AccountRef): Result<FollowedOrder[]> {
    return this.#try(() =>
      this.#rows(
        `SELECT id, sid, status, fault IS NOT NULL AS missing, updated_at AS updatedAt FROM orders
         ${AMONG_OPEN} AND sid IS NOT NULL
           AND provider = ? AND account_sid = ? AND endpoint = ? ORDER BY number`,
        [account.provider, account.accountSid, account.endpoint],
      ).map((row) => FollowedSchema.parse(row)),
    );
  }

  /** Orders of an account whose Sim is there and still to become what was wished, oldest first. */
  activated(account: AccountRef): Result<OrderRecord[]> {
    return this.#select(
      `WHERE ${ACTIVATED} AND provider = ? AND account_sid = ? AND endpoint = ? ORDER BY number`,
      [account.provider, account.accountSid, account.endpoint],
    );
  }

  /** Orders, of all accounts, for whose Sim a request may be under way. */
  activating(): Result<OrderRecord[]> {
    return this.#select("WHERE activation_status = 'sending' ORDER BY number", []);
  }

  /** The unique names that Sims of an account's orders have or are to get, but for those of one order. */
  simNames(account: AccountRef, exceptOf: string): Result<ReadonlySet<string>> {
    return this.#try(() => {
      const rows = this.#rows(
        // What is no JSON any more is an error to SQLite: one spoilt row must not keep the other Sims from their names.
        `SELECT coalesce(
           CASE WHEN json_valid(activation) THEN activation ->> '$.uniqueName' END,
           CASE WHEN json_valid(sim) THEN sim ->> '$.uniqueName' END
         ) AS name FROM orders
         WHERE activation_status IS NOT NULL AND provider = ? AND account_sid = ? AND endpoint = ? AND id <> ?`,
        [account.provider, account.accountSid, account.endpoint, exceptOf],
      );
      return new Set(rows.flatMap((row) => NameSchema.parse(row).name ?? []));
    });
  }

  /** Every account that an order is still to be sent, found or followed with, or a Sim to be changed with. */
  openAccounts(): Result<AccountRef[]> {
    return this.#try(() =>
      this.#rows(
        `SELECT provider, account_sid AS accountSid, endpoint FROM orders ${AMONG_OPEN}
         UNION SELECT provider, account_sid, endpoint FROM orders WHERE ${ACTIVATED}`,
        [],
      ).map((row) => AccountSchema.parse(row)),
    );
  }

  /** Open orders of this account for an EID, oldest first. */
  openForEid(account: AccountRef, eid: string): Result<OrderRecord[]> {
    return this.#try(() => this.#openForEid(account, eid));
  }

  /** A number that changes when another connection, of this or another process, has written. */
  version(): Result<number> {
    return this.#try(() => Number(pragmaValue(this.#connection, 'data_version')));
  }

  /** Where the feed of changes stands. */
  latestChange(): Result<number> {
    return this.#try(() => this.#latestChange());
  }

  changesSince(after: number): Result<Changes> {
    return this.#try(() => {
      const upTo = this.#latestChange();
      if (upTo <= after) return { records: [], upTo };
      const where =
        'WHERE id IN (SELECT order_id FROM history WHERE number > ? AND number <= ?) ORDER BY number';
      return { records: this.#read(where, [after, upTo]), upTo };
    });
  }

  /** Something that another room wants to keep beside the orders; JSON. `undefined` where there is nothing. */
  kept(key: string): Result<unknown> {
    return this.#try((): unknown => {
      const [row] = this.#rows('SELECT value FROM kept WHERE key = ?', [key]);
      const value = (row as { value?: unknown } | undefined)?.value;
      if (typeof value !== 'string') return undefined;
      try {
        return JSON.parse(value);
      } catch {
        return undefined;
      }
    });
  }

  keep(key: string, value: unknown): Result<null> {
    return this.#try(() => {
      this.#run(
        'INSERT INTO kept (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
        [key, JSON.stringify(value), this.#clock.now()],
      );
      return null;
    });
  }

  /** SQLite's own full check of the file; empty where it finds nothing. */
  damage(): Result<string[]> {
    return this.#try(() =>
      this.#connection
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => String((row as { integrity_check?: unknown }).integrity_check))
        .filter((line) => line !== 'ok'),
    );
  }

  /** Rows that no order can be made of. */
  unreadable(): Result<UnreadableRow[]> {
    return this.#try(() => {
      const problems: UnreadableRow[] = [];
      for (const row of this.#rows('SELECT * FROM orders ORDER BY number', [])) {
        const read = recordOf(row, []);
        if (!read.ok) problems.push({ orderId: idOf(row), problem: read.problem });
      }
      return problems;
    });
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #apply(id: string, event: LifeEvent): Result<Recorded> {
    const [record] = this.#read('WHERE id = ?', [id]);
    if (record === undefined) return fail(fault('order.notFound', { details: id }));
    const step = live(record, event, this.#clock.now());
    if (step.kind === 'refused') return fail(step.fault);
    if (step.kind === 'same') return ok({ record, changed: false });
    this.#run(UPDATE_ORDER, [...valuesOf(step.record), id]);
    this.#appendHistory(step.record, record.order.history.length);
    return ok({ record: step.record, changed: true });
  }

  #appendHistory({ order }: OrderRecord, from: number): void {
    for (const entry of order.history.slice(from)) {
      this.#run('INSERT INTO history (order_id, at, status, note) VALUES (?, ?, ?, ?)', [
        order.id,
        entry.at,
        entry.status,
        entry.note,
      ]);
    }
  }

  #openForEid(account: AccountRef, eid: string): OrderRecord[] {
    return this.#read(`WHERE eid = ? AND account_sid = ? AND ${OPEN} ORDER BY number`, [
      eid,
      account.accountSid,
    ]).filter((record) => accountKey(record.order.account) === accountKey(account));
  }

  #latestChange(): number {
    const [row] = this.#rows('SELECT max(number) AS latest FROM history', []);
    return Number((row as { latest?: unknown } | undefined)?.latest ?? 0);
  }

  #select(where: string, values: Values): Result<OrderRecord[]> {
    return this.#try(() => this.#read(where, values));
  }

  /** Orders with their histories. A row that cannot be read is left out here, and named by {@link unreadable}. */
  #read(where: string, values: Values): OrderRecord[] {
    const rows = this.#rows(`SELECT * FROM orders ${where}`, values);
    if (rows.length === 0) return [];
    const histories = this.#histories(rows);
    const records: OrderRecord[] = [];
    for (const row of rows) {
      const read = recordOf(row, histories.get(idOf(row) ?? '') ?? []);
      if (read.ok) records.push(read.value);
    }
    return records;
  }

  #histories(rows: readonly unknown[]): ReturnType<typeof historyOf> {
    const columns = 'SELECT order_id, at, status, note FROM history';
    const ids = rows.map(idOf).filter((id) => id !== null);
    // One question for few, one for all: SQLite limits how many values a statement may name.
    return ids.length <= 100
      ? historyOf(
          this.#rows(`${columns} WHERE order_id IN (${ids.map(() => '?').join(', ')}) ORDER BY number`, ids),
        )
      : historyOf(this.#rows(`${columns} ORDER BY number`, []));
  }

  /** An order in a file that nobody will open again would be lost: that is looked for before each write. */
  #transact<T>(work: () => T): T {
    if (fileId(this.path) !== this.#file) throw new LedgerMovedError(this.path);
    return transact(this.#connection, work);
  }

  #rows(sql: string, values: Values): unknown[] {
    return this.#prepare(sql).all(values);
  }

  #run(sql: string, values: Values): void {
    this.#prepare(sql).run(values);
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = prepareOn(this.#connection, sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #try<T>(work: () => T): Result<T> {
    try {
      return ok(work());
    } catch (error) {
      return fail<Fault>(ledgerFault(error));
    }
  }
}
