import type { Bench } from '../bench/bench.ts';
import type { Output } from './output.ts';

/** What a command works with. */
export interface CommandContext {
  readonly output: Output;
  readonly json: boolean;
  /** Aborts on Ctrl-C and on SIGTERM: commands then end with what is kept. */
  readonly signal: AbortSignal;
  /** The chosen data folder, absolute. */
  readonly dataDir: string;
  /** The bench on the chosen data folder, put together when first asked for. */
  bench(): Bench;
  readonly stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { isTTY?: boolean };
}

/** A command: does its work and gives the exit code. */
export type Command<O> = (context: CommandContext, options: O) => Promise<number>;
