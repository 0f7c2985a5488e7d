import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { isModemFault } from './talk.ts';

/** For each try, ms. */
const LIMITS_MS = [1_500, 1_500] as const;
/** A modem that boots, or is slow, may take 5 s for any command. */
const PATIENT_LIMITS_MS = [6_500, 1_500] as const;

/** Dialogues on which the echo is known to be off, so that it costs one command in all. */
const echoOff = new WeakSet<AtDialogue>();

export interface ProbeAtOptions {
  readonly signal?: AbortSignal;
  /** The port is known to be for AT, so that it is worth waiting for. */
  readonly patient?: boolean;
}

/**
 * Finds out whether something answers AT here, by turning the echo off, which is wanted anyway. Any final result will
 * do. Asked twice: the first characters after a pause may be lost (modems that find the speed by themselves).
 * A silent port takes some 6 s, with patience some 11 s.
 * Faults: `modem.noAnswer`, `modem.timeout`, `modem.garbled`, `port.*`, `cancelled`.
 */
export async function probeAt(dialogue: AtDialogue, options: ProbeAtOptions = {}): Promise<Result<null>> {
  if (echoOff.has(dialogue)) return ok(null);
  const { signal, patient = false } = options;
  let last = fault('modem.noAnswer');
  for (const timeoutMs of patient ? PATIENT_LIMITS_MS : LIMITS_MS) {
    const answer = await dialogue.send('ATE0', {
      timeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
    if (answer.ok) {
      if (answer.value.lines.length === 0) echoOff.add(dialogue);
      // A line cannot be an answer to this: something owed to another program came first.
      else dialogue.doubt();
      return ok(null);
    }
    last = answer.fault;
    if (!isModemFault(last.code)) break;
  }
  return fail(last);
}
