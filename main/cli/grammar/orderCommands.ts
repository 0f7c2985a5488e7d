import { Option } from 'commander';
import { order } from '../commands/order.ts';
import { orderAgain, orderArchive, orderCancel, orderChoose } from '../commands/orderActions.ts';
import { orderShow, orders, resume } from '../commands/orders.ts';
import type { Grammar } from './grammar.ts';
import { baudOption, following, idOf, seconds } from './options.ts';

/** `order`, `orders`, `resume`: orders in the ledger. */
export function addOrderCommands(grammar: Grammar): void {
  const { program, runs } = grammar;
  const orderCommand = program
    .command('order')
    .description('order a profile and watch it, or show one order')
    .enablePositionalOptions();
  runs(
    following(orderCommand)
      .option('--port <path>', 'for the eUICC in the modem on this port')
      .addOption(baudOption())
      .option('--eid <digits>', 'for this EID')
      .option('--matching-id', 'without an EID: any device can claim it with its matching ID')
      .option('--callback-url <url>', 'called by the provider when the status changes')
      .addOption(
        new Option('--callback-method <method>', 'GET or POST').choices(['GET', 'POST', 'get', 'post']),
      )
      .option('--force', 'order for an EID whose check digits do not hold')
      .option('--another', 'order another profile though there is a live one for this EID')
      .option('--adopt <sid>', 'take a profile that the provider already has, instead of ordering'),
    order,
  );
  runs(
    orderCommand.command('show').description('show one order with its history').argument('<id>'),
    orderShow,
    idOf,
  );
  runs(
    following(
      orderCommand
        .command('again')
        .description('order again, in place of one that was refused, failed, or is nowhere to be found')
        .argument('<id>'),
    ),
    orderAgain,
    idOf,
  );
  runs(
    orderCommand
      .command('choose')
      .description('say which of the profiles on offer is the one of this order')
      .argument('<id>')
      .requiredOption('--sid <HP…>', 'SID of the profile'),
    orderChoose,
    idOf,
  );
  runs(
    orderCommand.command('cancel').description('take an order back that was not sent yet').argument('<id>'),
    orderCancel,
    idOf,
  );
  runs(
    orderCommand
      .command('archive')
      .description('put an order out of sight; it is never deleted')
      .argument('<id>')
      .option('--undo', 'take it out of the archive'),
    orderArchive,
    idOf,
  );
  runs(
    program
      .command('orders')
      .description('list the orders')
      .option('--archived', 'with those that are archived'),
    orders,
  );
  runs(
    program
      .command('resume')
      .description('take up open orders until they settle')
      .option('--timeout <seconds>', 'stop after this long', seconds),
    resume,
  );
}
