import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import { checkLedger, type LedgerReport } from '../checkLedger.ts';
import { Ledger } from './ledger.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';
import { connect, firstValue, isDamage, ledgerFault, sqliteErrorText } from './sqlite.ts';

/**
 * Checks the file of a ledger as it lies there. In contrast to {@link import('./openLedger.ts').openLedger} nothing is set aside,
 * made or brought up to date: who asks what is wrong with a file does not want it moved. No file, or an empty one, is a ledger without
 * orders. A fault where the file cannot be opened at all.
 */
export function inspectLedger(path: string, clock: Clock = systemClock): Result<LedgerReport> {
  if (!existsSync(path)) return ok({ orders: 0, problems: [] });
  try {
    const connection = connect(`${pathToFileURL(path).href}?mode=ro`);
    try {
      connection.exec('PRAGMA query_only = ON');
      // A process that died before it had made the tables: the next one makes them.
      if (Number(firstValue(connection, 'SELECT count(*) FROM sqlite_schema')) === 0) {
        return ok({ orders: 0, problems: [] });
      }
      if (Number(firstValue(connection, 'PRAGMA application_id')) !== APPLICATION_ID) {
        return ok(unusable('The file is not a ledger.'));
      }
      if (Number(firstValue(connection, 'PRAGMA user_version')) > MIGRATIONS.length) {
        return ok(unusable('The ledger was written by a newer version of eSIM Bench.'));
      }
      const report = checkLedger(new Ledger({ connection, path, clock }));
      return !report.ok && report.fault.code === 'ledger.unreadable'
        ? ok(unusable(`The ledger is damaged: ${report.fault.details ?? report.fault.message}`))
        : report;
    } finally {
      connection.close();
    }
  } catch (error) {
    if (isDamage(error)) return ok(unusable(`The ledger is damaged: ${sqliteErrorText(error)}`));
    return fail(ledgerFault(error));
  }
}

function unusable(problem: string): LedgerReport {
  return { orders: 0, problems: [{ orderId: null, problem }] };
}
