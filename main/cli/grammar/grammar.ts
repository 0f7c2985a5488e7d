import type { Command as Commander } from 'commander';
import type { Command } from '../context.ts';

/** What the groups of commands are added to. */
export interface Grammar {
  readonly program: Commander;
  /** Makes `on` run `command` with its own options and whatever `extra` makes of its arguments. */
  readonly runs: <O extends object>(
    on: Commander,
    command: Command<O>,
    extra?: (args: string[]) => object,
  ) => void;
  /** Marks a command that takes a port and has commands below it, which take their own. */
  readonly askForPort: (command: Commander) => void;
}
