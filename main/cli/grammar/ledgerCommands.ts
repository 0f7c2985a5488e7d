import { Option } from 'commander';
import { EXPORT_FORMATS, ledgerCheck, ledgerExport } from '../commands/ledger.ts';
import type { Grammar } from './grammar.ts';

/** `ledger`: the file that holds the orders. */
export function addLedgerCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  const ledger = program.command('ledger').description('the file that holds the orders');
  runs(
    ledger
      .command('export')
      .description('write every order, oldest first, with the archived ones')
      .addOption(
        new Option('--format <format>', 'jsonl: whole orders, one a line; csv: a table')
          .choices(EXPORT_FORMATS)
          .default('jsonl'),
      )
      .option('--out <file>', 'to this file instead of stdout'),
    ledgerExport,
  );
  runs(ledger.command('check').description('look for what is wrong in it; changes nothing'), ledgerCheck);
}
