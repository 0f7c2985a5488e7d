import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import { isModemFault } from './talk.ts';

const PROBE_LIMIT_MS = 1_500;

/** Dialogues on which the echo is known to be off, so that it costs one command in all. */
const echoOff = new WeakSet<AtDialogue>();

/**
 * Finds out whether something answers AT here, by turning the echo off, which is wanted anyway. Any final result will
 * do. Asked twice: the first characters after a pause may be lost (modems that find the speed by themselves).
 * A silent port takes some 6 s. Faults: `modem.noAnswer`, `modem.timeout`, `modem.garbled`, `port.*`, `cancelled`.
 */
export async function probeAt(
  dialogue: AtDialogue,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result<null>> {
  if (echoOff.has(dialogue)) return ok(null);
  let last = fault('modem.noAnswer');
  for (let turn = 0; turn < 2; turn += 1) {
    const answer = await dialogue.send('ATE0', {
      timeoutMs: PROBE_LIMIT_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
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
