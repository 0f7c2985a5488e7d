import { Command as Commander, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PROVIDERS } from '../../contract/account.ts';
import { DEFAULT_BAUD_RATE } from '../../contract/port.ts';
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
} from './commands/account.ts';
import { chip, notifications, profiles } from './commands/chip.ts';
import {
  chipReset,
  notificationRemove,
  notificationShow,
  profileDelete,
  profileDisable,
  profileEnable,
  profileNickname,
  smdpSet,
} from './commands/chipChange.ts';
import { probe, simUnlock, slotShow, slotSwitch, verify } from './commands/device.ts';
import { eid } from './commands/eid.ts';
import { EXPORT_FORMATS, ledgerCheck, ledgerExport } from './commands/ledger.ts';
import { order } from './commands/order.ts';
import { orderAgain, orderArchive, orderCancel, orderChoose } from './commands/orderActions.ts';
import { orderShow, orders, resume } from './commands/orders.ts';
import { ports } from './commands/ports.ts';
import { fleets, profilesRemote, simShow } from './commands/provider.ts';
import type { Command } from './context.ts';

/** Which command a command line asks for, with its checked options. */
export interface Invocation {
  readonly dataDir: string | null;
  readonly json: boolean;
  readonly run: (context: Parameters<Command<unknown>>[0]) => Promise<number>;
}

export type Parsed =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  /** Help or version was asked for and is in `text`. */
  | { readonly kind: 'text'; readonly text: string }
  /** The command line is wrong; `message` says how. */
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads a command line (without program name). Does nothing else: no file is opened, nothing is printed. */
export function parseCommandLine(argv: readonly string[], version: string): Parsed {
  let invocation: Invocation | null = null;
  let text = '';
  const program = new Commander('esim-bench')
    .description('eSIM Bench without a window: read an EID, order a profile for it, watch the order.')
    .version(version)
    .option('--data-dir <folder>', 'where ledger and settings are kept')
    .option('--json', 'results as JSON, one object a line')
    .enablePositionalOptions();

  /** Commands that take a port and have commands below them, which take their own. */
  const portParents = new Set<Commander>();

  /** Adds a command that runs `command` with its own options and whatever `extra` makes of its arguments. */
  const runs = <O extends object>(
    on: Commander,
    command: Command<O>,
    extra: (args: string[]) => object = () => ({}),
  ) =>
    on.option('--json', 'results as JSON, one object a line').action((...given: unknown[]) => {
      // Commander calls back with the arguments, the options and the command, in this order.
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      const own = on.opts<O & { json?: boolean; port?: string }>();
      // Commander would ask it of the commands below this one, too, if it were required.
      if (portParents.has(on) && own.port === undefined) {
        on.error("error: required option '--port <path>' not specified", {
          code: 'commander.missingMandatoryOptionValue',
        });
      }
      const all = program.opts<{ dataDir?: string; json?: boolean }>();
      invocation = {
        dataDir: all.dataDir ?? null,
        json: all.json === true || own.json === true,
        run: (context) => command(context, { ...own, ...extra(args) }),
      };
    });

  runs(program.command('ports').description('list the serial ports'), ports);
  runs(
    program
      .command('eid')
      .description('read the EID of the eUICC in the modem on a port')
      .requiredOption(...PORT)
      .addOption(baudOption()),
    eid,
  );

  const onPort = (command: Commander) => command.requiredOption(...PORT).addOption(baudOption());
  const asking = (command: Commander) => onPort(command).option('--yes', 'do not ask whether to go on');
  const ofProfile = (command: Commander) =>
    command.requiredOption('--iccid <digits>', 'ICCID of the profile');

  const onPortWithMore = (command: Commander) => {
    portParents.add(command);
    return command
      .enablePositionalOptions()
      .option(...PORT)
      .addOption(baudOption());
  };
  const chipCommand = onPortWithMore(
    program.command('chip').description('all that the eUICC says of itself'),
  );
  runs(chipCommand, chip);
  runs(
    onPort(
      chipCommand.command('reset').description('delete every operational profile from the eUICC'),
    ).requiredOption('--confirm <digits>', 'the last 8 digits of its EID'),
    chipReset,
  );
  runs(onPort(program.command('profiles').description('list the profiles on the eUICC')), profiles);
  const profile = program.command('profile').description('change a profile on the eUICC');
  runs(
    ofProfile(asking(profile.command('enable').description('enable it; the one in use is disabled'))),
    profileEnable,
  );
  runs(ofProfile(asking(profile.command('disable').description('disable it'))), profileDisable);
  runs(
    ofProfile(asking(profile.command('delete').description('delete it; it must be disabled'))),
    profileDelete,
  );
  runs(
    ofProfile(
      onPort(
        profile
          .command('nickname')
          .description('give it a nickname; without one, take it off')
          .argument('[nickname]'),
      ),
    ),
    profileNickname,
    ([name]) => ({ name }),
  );
  runs(
    onPort(
      program
        .command('smdp')
        .description('the default SM-DP+ address of the eUICC')
        .command('set')
        .description('set it; without an address, take it off')
        .argument('[address]'),
    ),
    smdpSet,
    ([address]) => ({ address }),
  );
  const notificationsCommand = onPortWithMore(
    program.command('notifications').description('list what the eUICC has to tell its servers'),
  );
  runs(notificationsCommand, notifications);
  const ofNotification = (command: Commander) =>
    command.requiredOption('--seq <number>', 'its sequence number', (text) =>
      wholeNumber(text, 0, 999_999_999),
    );
  runs(
    ofNotification(
      onPort(notificationsCommand.command('show').description('print one, as it is signed, in hex')),
    ),
    notificationShow,
  );
  runs(
    ofNotification(asking(notificationsCommand.command('remove').description('remove one from the eUICC'))),
    notificationRemove,
  );
  runs(
    onPort(
      program.command('verify').description('wait until the profile in use is registered on a network'),
    ).option('--timeout <seconds>', 'stop waiting after this long (180)', seconds),
    verify,
  );
  runs(
    onPort(
      program
        .command('probe')
        .description('try what the modem can do, for a compatibility report without identifiers'),
    ).option('--out <file>', 'to this file instead of stdout'),
    probe,
  );
  const slot = program.command('slot').description('the SIM slots of the modem');
  runs(onPort(slot.command('show').description('print which is active')), slotShow);
  runs(
    asking(
      slot
        .command('switch')
        .description('make another one active')
        .argument('<number>', 'from 1 on', (text) => String(wholeNumber(text, 1, 8))),
    ),
    slotSwitch,
    ([number]) => ({ slot: Number(number) }),
  );
  const sim = program.command('sim').description("the SIM in the modem, and the provider's Sim");
  runs(
    sim.command('show').description('a Sim at the provider').requiredOption('--sid <HS…>', 'SID of the Sim'),
    simShow,
  );
  runs(
    onPort(sim.command('unlock').description('unlock it with its PIN, which is read from stdin')).option(
      '--puk',
      'unblock it: the PUK and a new PIN, on two lines of stdin',
    ),
    simUnlock,
  );

  const account = program.command('account').description('the account at the provider');
  runs(
    account
      .command('set')
      .description('keep an account; its secret is read from stdin and goes to the keychain')
      .addOption(new Option('--provider <name>', 'twilio or kore').choices(PROVIDERS).makeOptionMandatory())
      .option('--account <AC…>', 'twilio: Account SID')
      .option('--key <SK…>', "twilio: API key SID; without it the secret is the account's auth token")
      .option('--client-id <id>', 'kore: client id; the secret is the client secret')
      .option('--token-endpoint <url>', 'kore: where the token is had, if not at its usual place')
      .option('--endpoint <url>', 'base URL of the API (https, or http on loopback)')
      .option('--name <name>', 'what to call it; another name makes another account'),
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

  runs(
    program
      .command('profiles-remote')
      .description("list the account's profiles at the provider, and which of them are in the ledger")
      .option('--eid <digits>', 'those for this EID')
      .option('--sim <HS…>', 'that of this Sim')
      .option('--status <status>', 'those with this status'),
    profilesRemote,
  );
  runs(program.command('fleets').description("list the account's Fleets at the provider"), fleets);

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

  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (chunk) => {
        text += chunk;
      },
      writeErr: (chunk) => {
        text += chunk;
      },
    });
  }

  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text };
    if (error.code === 'commander.help') return { kind: 'wrong', message: `Give a command.\n\n${text}` };
    return { kind: 'wrong', message: error.message.replace(/^error: /, '') };
  }
  return invocation === null ? { kind: 'wrong', message: 'Give a command.' } : { kind: 'run', invocation };
}

const PORT = ['--port <path>', 'the serial port, for example /dev/ttyUSB2 or COM7'] as const;

/** The argument `<id>` as an option. */
function idOf([id = '']: readonly string[]): { readonly id: string } {
  return { id };
}

/** The options of a command that follows an order. */
function following(command: Commander): Commander {
  return command
    .option('--no-wait', 'do not wait for the profile')
    .option('--timeout <seconds>', 'stop waiting after this long', seconds)
    .option('--qr <file>', 'write the QR to a .png or .svg file');
}

function baudOption(): Option {
  return new Option('--baud <rate>', 'speed of the port')
    .default(DEFAULT_BAUD_RATE)
    .argParser((text) => wholeNumber(text, 300, 4_000_000));
}

function seconds(text: string): number {
  return wholeNumber(text, 0, 30 * 24 * 3_600);
}

function wholeNumber(text: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
}

function everyCommand(root: Commander): Commander[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}
