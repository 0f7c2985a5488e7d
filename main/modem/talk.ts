import { fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { AtAnswer, AtDialogue } from '../at/dialogue.ts';
import { type Clock, pause, systemClock } from '../base/clock.ts';
import { refusalOf } from './errors.ts';
import type { ModemOptions } from './modem.ts';

/** Time limits, ms: commands that the modem answers by itself, which may take 5 s, and those for which it asks the SIM. */
export const LIMIT = { own: 8_000, sim: 30_000, close: 10_000 } as const;

/** A modem that has just started has a busy SIM for some seconds. */
const BUSY_PAUSE_MS = 1_000;
const BUSY_PAUSES = 10;

/** What every function of this room needs. */
export interface Talk {
  readonly dialogue: AtDialogue;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** How many more times a busy SIM is waited for, all commands together. */
  readonly patience: { pauses: number };
}

export function talkOn(dialogue: AtDialogue, options: ModemOptions): Talk {
  const { clock = systemClock, signal } = options;
  return { dialogue, clock, signal, patience: { pauses: BUSY_PAUSES } };
}

interface AskOptions {
  readonly timeoutMs: number;
  readonly prefixes?: readonly string[];
  /**
   * The command is not broken off by the signal, since its answer is needed to put things right again (the handle of
   * a channel that may have been opened).
   */
  readonly toTheEnd?: boolean;
  /** Whether an answer means that the SIM is not ready yet; `+CME ERROR` says so anyway. */
  readonly isBusy?: (answer: AtAnswer) => boolean;
}

/** Sends a command, again and again for some seconds while the SIM is busy. Faults as `AtDialogue.send`. */
export async function ask(talk: Talk, command: string, options: AskOptions): Promise<Result<AtAnswer>> {
  const { dialogue, clock, signal, patience } = talk;
  for (;;) {
    if (signal?.aborted) return fail(fault('cancelled'));
    const answer = await dialogue.send(command, {
      timeoutMs: options.timeoutMs,
      ...(signal === undefined || options.toTheEnd ? {} : { signal }),
      ...(options.prefixes === undefined ? {} : { prefixes: options.prefixes }),
    });
    if (!answer.ok || patience.pauses === 0) return answer;
    if (refusalOf(answer.value.final) !== 'busy' && !options.isBusy?.(answer.value)) return answer;
    patience.pauses -= 1;
    await pause(clock, BUSY_PAUSE_MS, signal);
  }
}

/** Whether the modem just did not answer as it should; else nothing more can be asked of it. */
export function isModemFault(code: string): boolean {
  return code.startsWith('modem.');
}
