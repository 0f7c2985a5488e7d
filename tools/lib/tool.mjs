import { say } from './say.mjs';

/** A tool ends here for a reason that is no bug: the message is for the person, without a stack. */
export class Stop extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Stop';
    this.exitCode = exitCode;
  }
}

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Has something undone when this process ends, however it ends short of SIGKILL. Must be synchronous.
 * @param {() => void} cleanup
 * @returns {() => void} does it now, once
 */
export function atExit(cleanup) {
  const once = () => {
    if (cleanups.delete(once)) cleanup();
  };
  cleanups.add(once);
  return once;
}

process.on('exit', () => {
  for (const cleanup of [...cleanups]) cleanup();
});

/** How many are looking after signals by themselves (a child that is told of them): see run.mjs. */
let signalKeepers = 0;

/** While the returned function has not been called, a signal does not end this process: the caller ends it. */
export function keepSignals() {
  signalKeepers += 1;
  return () => {
    signalKeepers -= 1;
  };
}

/** 128 + the signal's number, as a shell has it. @param {NodeJS.Signals} signal */
export const exitCodeOf = (signal) =>
  128 + ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }[String(signal)] ?? 0);

/**
 * Runs a tool: its number is the exit code; a {@link Stop} is shown as a sentence, anything else with its stack.
 * @param {() => Promise<number | undefined>} body
 */
export async function tool(body) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (signalKeepers === 0) process.exit(exitCodeOf(signal));
    });
  }
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (error instanceof Stop) say(error.message);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = error instanceof Stop ? error.exitCode : 70;
  }
  for (const cleanup of [...cleanups]) cleanup();
}
