import { Command as Commander, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Command } from './context.ts';
import { addAccountCommands } from './grammar/accountCommands.ts';
import { addDeviceCommands } from './grammar/deviceCommands.ts';
import type { Grammar } from './grammar/grammar.ts';
import { addLedgerCommands } from './grammar/ledgerCommands.ts';
import { addOrderCommands } from './grammar/orderCommands.ts';
import { addProviderCommands } from './grammar/providerCommands.ts';
import { addSimCommands } from './grammar/simCommands.ts';

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
  /** The command line is wrong; `message` says how. `help`: what could stand there, where that is all that is missing. */
  | { readonly kind: 'wrong'; readonly message: string; readonly help?: string };

/** Reads a command line (without program name). Does nothing else: no file is opened, nothing is printed. */
export function parseCommandLine(argv: readonly string[], version: string): Parsed {
  let invocation: Invocation | null = null;
  let text = '';
  const program = new Commander('esim-bench')
    .description('eSIM Bench without a window: read an EID, order a profile for it, watch the order.')
    .version(version)
    .enablePositionalOptions();

  /** Commands that take a port and have commands below them, which take their own. */
  const portParents = new Set<Commander>();

  /** Adds a command that runs `command` with its own options and whatever `extra` makes of its arguments. */
  const runs = <O extends object>(
    on: Commander,
    command: Command<O>,
    extra: (args: string[]) => object = () => ({}),
  ) =>
    on.action((...given: unknown[]) => {
      // Commander calls back with the arguments, the options and the command, in this order.
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      const own = on.opts<O & { port?: string }>();
      // Commander would ask it of the commands below this one, too, if it were required.
      if (portParents.has(on) && own.port === undefined) {
        on.error("error: required option '--port <path>' not specified", {
          code: 'commander.missingMandatoryOptionValue',
        });
      }
      const all = withParents(on).map((each) => each.opts<{ dataDir?: string; json?: boolean }>());
      invocation = {
        dataDir: all.find(({ dataDir }) => dataDir !== undefined)?.dataDir ?? null,
        json: all.some(({ json }) => json === true),
        run: (context) => command(context, { ...own, ...extra(args) }),
      };
    });

  const grammar: Grammar = {
    program,
    runs,
    askForPort: (command) => void portParents.add(command),
  };
  for (const add of GROUPS) add(grammar);

  for (const command of everyCommand(program)) {
    for (const option of commonOptions(command === program)) command.addOption(option);
    command
      .hook('preSubcommand', refuseLostOptions)
      .exitOverride()
      .configureOutput({
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
    if (error.code === 'commander.help') return { kind: 'wrong', message: 'Give a command.', help: text };
    return { kind: 'wrong', message: error.message.replace(/^error: /, '') };
  }
  return invocation === null ? { kind: 'wrong', message: 'Give a command.' } : { kind: 'run', invocation };
}

/** In the order in which help lists them. */
const GROUPS = [
  addDeviceCommands,
  addSimCommands,
  addAccountCommands,
  addOrderCommands,
  addProviderCommands,
  addLedgerCommands,
];

/** What holds for every command may stand anywhere on the command line; help lists the folder once, with the program. */
function commonOptions(isProgram: boolean): Option[] {
  const folder = new Option('--data-dir <folder>', 'where ledger and settings are kept').argParser((text) => {
    // As of a variable that is not set: the folder where one happens to be is never meant.
    if (text === '') throw new InvalidArgumentError('It must not be empty.');
    return text;
  });
  return [isProgram ? folder : folder.hideHelp(), new Option('--json', 'results as JSON, one object a line')];
}

/** `order --no-wait again ID`: the option would be of `order`, and nobody would hear of it. */
function refuseLostOptions(command: Commander, below: Commander): void {
  const common = new Set(commonOptions(false).map((option) => option.attributeName()));
  const lost = command.options.find(
    (option) =>
      !common.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (lost !== undefined) {
    command.error(`error: option '${lost.flags}' must stand behind '${below.name()}', if it takes it`);
  }
}

/** A command, the one that it stands below, and so on. */
function withParents(command: Commander): Commander[] {
  return command.parent === null ? [command] : [command, ...withParents(command.parent)];
}

function everyCommand(root: Commander): Commander[] {
  return [root, ...root.commands.flatMap(everyCommand)];
}
