import { type Command as Commander, Option } from 'commander';
import { fieldsOfProvider, PROVIDERS } from '../../../contract/providerTable.ts';
import {
  accountClear,
  accountExport,
  accountImport,
  accountList,
  accountRename,
  accountSet,
  accountShow,
  accountTest,
  accountUse,
} from '../commands/account.ts';
import { accountAfterOrdering } from '../commands/sim.ts';
import type { Grammar } from './grammar.ts';
import { wishing } from './options.ts';

/** `account`: the accounts at the providers. */
export function addAccountCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  const account = program.command('account').description('the account at the provider');
  runs(
    withFields(
      account
        .command('set')
        .description('keep an account; its secret is read from stdin and goes to the keychain')
        .addOption(
          new Option('--provider <name>', PROVIDERS.join(' or ')).choices(PROVIDERS).makeOptionMandatory(),
        ),
    ).option('--name <name>', 'what to call it; another name makes another account'),
    accountSet,
  );
  runs(account.command('show').description('print the account in use, without its secret'), accountShow);
  runs(account.command('test').description('check the credentials; orders nothing'), accountTest);
  runs(account.command('list').description('list the accounts; * is the one in use'), accountList);
  runs(
    account.command('use').description('order with this one from now on').argument('<name>'),
    accountUse,
    ([name = '']) => ({ name }),
  );
  runs(
    account.command('rename').description('give it another name').argument('<name>').argument('<new name>'),
    accountRename,
    ([name = '', newName = '']) => ({ name, newName }),
  );
  runs(
    account
      .command('clear')
      .description('forget account and secret; without a name, those in use')
      .argument('[name]'),
    accountClear,
    ([name]) => ({ name }),
  );
  runs(
    account
      .command('export')
      .description('write all accounts to a file, without their secrets')
      .requiredOption('--out <file>', 'to this file'),
    accountExport,
  );
  runs(
    account.command('import').description('add the accounts of such a file').argument('<file>'),
    accountImport,
    ([file = '']) => ({ file }),
  );
  runs(
    wishing(
      account
        .command('after-ordering')
        .description('what every order has done with its SIM by itself; without options, say it'),
    ).option('--off', 'nothing any more'),
    accountAfterOrdering,
  );
}

/** An option for each field of each provider's accounts. */
function withFields(command: Commander): Commander {
  const rows = PROVIDERS.flatMap((provider) =>
    fieldsOfProvider(provider).map((field) => ({ provider, field })),
  );
  for (const flag of new Set(rows.map(({ field }) => field.flag))) {
    const same = rows.filter(({ field }) => field.flag === flag);
    const [first] = same;
    if (first === undefined) continue;
    const whose =
      same.length === PROVIDERS.length ? '' : `${same.map(({ provider }) => provider).join(', ')}: `;
    command.option(`--${flag} ${first.field.argument}`, `${whose}${first.field.help}`);
  }
  return command;
}
