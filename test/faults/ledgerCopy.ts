import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Activation, SimView } from '../../contract/activation.ts';
import { inspectLedger } from '../../main/orders/ledger/inspectLedger.ts';

/** An order as it stands in the file, read with plain SQL: nothing of ours between the file and the verdict. */
export interface LedgerOrder {
  readonly id: string;
  readonly status: string;
  readonly heldFor: string | null;
  readonly kind: string;
  readonly eid: string | null;
  readonly sid: string | null;
  readonly simSid: string | null;
  /** What is wished of its Sim, and how far that is. */
  readonly activation: Activation | null;
  /** The Sim as the provider last told. */
  readonly sim: SimView | null;
  readonly iccid: string | null;
  readonly matchingId: string | null;
  readonly activationCode: string | null;
  readonly smdpAddress: string | null;
  readonly callbackUrl: string | null;
  readonly replaces: string | null;
  readonly orderAnother: boolean;
  readonly fault: string | null;
  /** SIDs. */
  readonly candidates: readonly string[];
  /** `status: note`, in the order in which it grew. */
  readonly history: readonly string[];
}

export interface LedgerState {
  /** In the order of writing. */
  readonly orders: readonly LedgerOrder[];
  /** What the check of the ledger finds, and files that were set aside. */
  readonly problems: readonly string[];
}

const LEDGER = 'ledger.sqlite';

/**
 * Reads the ledger of a data folder in which no process is at work. It is copied before: what a reader opens it may also change, and
 * it would hold the disk.
 */
export function readLedger(dataDir: string): LedgerState {
  if (!existsSync(dataDir)) return { orders: [], problems: [] };
  const aside = readdirSync(dataDir).filter(
    (name) => name.includes('set-aside') || name.includes('unreadable'),
  );
  const problems = aside.map((name) => `set aside: ${name}`);
  if (!existsSync(join(dataDir, LEDGER))) return { orders: [], problems };
  const folder = mkdtempSync(join(tmpdir(), 'faults-ledger-'));
  try {
    for (const suffix of ['', '-wal']) {
      if (existsSync(join(dataDir, LEDGER + suffix)))
        copyFileSync(join(dataDir, LEDGER + suffix), join(folder, LEDGER + suffix));
    }
    const path = join(folder, LEDGER);
    const orders = readOrders(path);
    const report = inspectLedger(path);
    if (!report.ok) problems.push(`${report.fault.code}: ${report.fault.details ?? report.fault.message}`);
    else
      problems.push(
        ...report.value.problems.map(({ orderId, problem }) => `${orderId ?? 'file'}: ${problem}`),
      );
    return { orders, problems };
  } catch (error) {
    return { orders: [], problems: [...problems, `cannot be read: ${String(error)}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOrders(path: string): LedgerOrder[] {
  const database = new Database(path);
  try {
    const hasOrders = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'orders'").all().length > 0;
    // A process may have died before it made the tables.
    if (!hasOrders) return [];
    const lines = database.prepare('SELECT order_id, status, note FROM history ORDER BY number').all() as {
      order_id: string;
      status: string;
      note: string;
    }[];
    const rows = database.prepare('SELECT * FROM orders ORDER BY number').all() as Record<string, unknown>[];
    return rows.map((row) => {
      const text = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
      const json = (name: string): unknown => JSON.parse(text(name) ?? 'null');
      const id = String(row.id);
      return {
        id,
        status: String(row.status),
        heldFor: text('held_for'),
        kind: String(row.kind),
        eid: text('eid'),
        sid: text('sid'),
        simSid: text('sim_sid'),
        activation: json('activation') as Activation | null,
        sim: json('sim') as SimView | null,
        iccid: text('iccid'),
        matchingId: text('matching_id'),
        activationCode: text('activation_code'),
        smdpAddress: text('smdp_address'),
        callbackUrl: text('callback_url'),
        replaces: text('replaces'),
        orderAnother: row.order_another === 1,
        fault: text('fault'),
        candidates: (JSON.parse(String(row.candidates)) as { sid: string }[]).map(({ sid }) => sid),
        history: lines.filter((line) => line.order_id === id).map(({ status, note }) => `${status}: ${note}`),
      };
    });
  } finally {
    database.close();
  }
}
