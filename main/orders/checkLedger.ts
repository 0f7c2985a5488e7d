import { ok, type Result } from '../../contract/result.ts';
import type { Ledger } from './ledger/ledger.ts';
import { problemsOf } from './legal.ts';

export interface LedgerProblem {
  /** Null where it is about the file as a whole. */
  readonly orderId: string | null;
  readonly problem: string;
}

export interface LedgerReport {
  /** How many orders can be read. */
  readonly orders: number;
  readonly problems: readonly LedgerProblem[];
}

/** Looks through the whole ledger: SQLite's own check of the file, rows that cannot be read, orders that cannot be. Changes nothing. */
export function checkLedger(ledger: Ledger): Result<LedgerReport> {
  const damage = ledger.damage();
  if (!damage.ok) return damage;
  const unreadable = ledger.unreadable();
  if (!unreadable.ok) return unreadable;
  const records = ledger.list();
  if (!records.ok) return records;
  return ok({
    orders: records.value.length,
    problems: [
      ...damage.value.map((problem) => ({ orderId: null, problem })),
      ...unreadable.value,
      ...records.value.flatMap((record) =>
        problemsOf(record).map((problem) => ({ orderId: record.order.id, problem })),
      ),
    ],
  });
}
