import { join, resolve } from 'node:path';
import { EXIT, fault } from '../../../contract/fault.ts';
import { writeWholeFile } from '../../base/wholeFile.ts';
import { LEDGER_FILE } from '../../bench/bench.ts';
import { ordersAsCsv, ordersAsJsonLines } from '../../orders/exportOrders.ts';
import { inspectLedger } from '../../orders/ledger/inspectLedger.ts';
import type { Command } from '../context.ts';
import { openDesk } from '../openDesk.ts';

const WRITERS = { jsonl: ordersAsJsonLines, csv: ordersAsCsv } as const;
export type ExportFormat = keyof typeof WRITERS;
export const EXPORT_FORMATS = Object.keys(WRITERS) as ExportFormat[];

export interface LedgerExportOptions {
  readonly format: ExportFormat;
  /** A file; without it stdout. */
  readonly out?: string;
}

/** `ledger export`: every order, oldest first, the archived ones too. */
export const ledgerExport: Command<LedgerExportOptions> = async (context, { format, out }) => {
  const { output } = context;
  if (out === undefined && context.json && format !== 'jsonl') {
    return output.fault(
      fault('usage.invalid', { message: 'With --json, give a file for the CSV with --out.' }),
    );
  }
  const desk = openDesk(context);
  if (!desk.ok) return output.fault(desk.fault);
  const listed = desk.value.list();
  if (!listed.ok) return output.fault(listed.fault);
  const lines = WRITERS[format](listed.value.toReversed());
  if (out === undefined) {
    for (const line of lines) context.stdout.write(line);
    return EXIT.done;
  }
  const path = resolve(out);
  const written = writeWholeFile(path, lines);
  if (!written.ok) return output.fault(written.fault);
  const count = listed.value.length;
  output.result({ path, orders: count }, `${count} order(s) written to ${path}`);
  return EXIT.done;
};

/** `ledger check`: what is wrong with the ledger; changes nothing. Exit 70 where something is. */
export const ledgerCheck: Command<object> = async ({ dataDir, output }) => {
  const path = join(dataDir, LEDGER_FILE);
  const report = inspectLedger(path);
  if (!report.ok) return output.fault(report.fault);
  const { orders, problems } = report.value;
  const lines = problems.map(({ orderId, problem }) => `${orderId ?? 'ledger'}: ${problem}`);
  const verdict = problems.length === 0 ? 'nothing wrong' : `${problems.length} problem(s)`;
  output.result({ path, orders, problems }, [`${path}: ${orders} order(s), ${verdict}`, ...lines].join('\n'));
  return problems.length === 0 ? EXIT.done : EXIT.ours;
};
