import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { createLineReader } from './answer.ts';
import type { AtAnswer, AtFinal, AtSendOptions } from './dialogue.ts';
import { prefixOf } from './lines.ts';
import type { Wire } from './wire.ts';

export const DEFAULT_TIMEOUT_MS = 5_000;
/** Bounds of one answer. */
const MAX_LINES = 256;
const MAX_CHARACTERS = 65_536;
/** While an answer is owed: how long a second final result is waited for, which would show that the first was the late one. */
const HOLD_MS = 250;

/** Sends one command and gathers its answer. The dialogue must be in step. Faults as `AtDialogue.send`. */
export function exchange(wire: Wire, command: string, options: AtSendOptions): Promise<Result<AtAnswer>> {
  return new Promise((resolve) => {
    const { clock, owed } = wire;
    const { signal } = options;
    owed.forgetOld(clock.monotonic());
    const reader = createLineReader(command, options.prefixes, owed.prefixes);
    const startedAt = clock.monotonic();
    const lines: string[] = [];
    let characters = 0;
    let began = false;
    /** A final result that may be an unsolicited line; counts only where nothing else comes. */
    let maybe: AtFinal | null = null;
    /** A line of a late answer came: the next final result ends that one. */
    let inLateAnswer = false;
    /** Complete, but not given out yet, since it may turn out to be a late one. */
    let held: AtAnswer | null = null;
    let stopHold = () => {};

    const stopListening = wire.listen((event) => {
      switch (event.kind) {
        case 'line':
          takeLine(event.text);
          break;
        case 'prompt':
          began = true;
          wire.escape();
          break;
        case 'overflow':
          giveUp(fail(fault('modem.garbled', { details: 'A line was too long.' })));
          break;
        case 'ended':
          settle(fail(event.fault));
          break;
        case 'bytes':
          break;
      }
    });
    const stopTimer = clock.after(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, timeIsOver);
    signal?.addEventListener('abort', cancel);
    void wire.send(command, options.logAs).then((written) => {
      if (!written.ok) settle(written);
    });

    function settle(result: Result<AtAnswer>): void {
      stopListening();
      stopTimer();
      stopHold();
      signal?.removeEventListener('abort', cancel);
      resolve(result);
    }

    /** The command's own final result may still come. */
    function giveUp(result: Result<AtAnswer>): void {
      owed.lost(command, reader.prefixes, (line) => reader.isOwn(line), clock.monotonic());
      settle(result);
    }

    function cancel(): void {
      giveUp(fail(fault('cancelled')));
    }

    function timeIsOver(): void {
      if (held !== null) settle(ok(held));
      else if (maybe !== null) giveUp(ok(answer(maybe)));
      else giveUp(fail(fault(began ? 'modem.timeout' : 'modem.noAnswer')));
    }

    function answer(final: AtFinal): AtAnswer {
      return { lines: [...lines], final, elapsedMs: clock.monotonic() - startedAt };
    }

    function takeLine(line: string): void {
      const read = reader.read(line);
      const asked = read.kind !== 'unsolicited' && read.kind !== 'maybeFinal';
      wire.log(
        asked ? 'received' : 'unsolicited',
        line === command ? (options.logAs ?? line) : line,
        command,
      );
      switch (read.kind) {
        case 'echo':
          began = true;
          break;
        case 'own':
          takeOwn(line);
          break;
        case 'late':
          inLateAnswer = owed.lineCame(line);
          break;
        case 'unsolicited':
          wire.unsolicited(line);
          break;
        case 'maybeFinal':
          maybe = read.final;
          wire.unsolicited(line);
          break;
        case 'final':
          takeFinal(read.final);
          break;
      }
    }

    function takeOwn(line: string): void {
      began = true;
      if (held !== null) {
        // A line with the command's own prefix after a bare final result: that one was late, this is the answer.
        if (held.lines.length > 0 || prefixOf(line) === null) {
          overlap();
          return;
        }
        stopHold();
        held = null;
        owed.finalCame();
      }
      lines.push(line);
      characters += line.length;
      if (lines.length > MAX_LINES || characters > MAX_CHARACTERS) {
        giveUp(fail(fault('modem.garbled', { details: 'The answer was too long.' })));
      }
    }

    function takeFinal(final: AtFinal): void {
      began = true;
      if (inLateAnswer) {
        inLateAnswer = false;
        owed.finalCame();
        wire.log('note', 'The answer to an earlier command came late and was set aside.');
        if (held !== null && owed.none) settle(ok(held));
        return;
      }
      const complete = answer(final);
      if (owed.none) {
        settle(ok(complete));
      } else if (held === null) {
        held = complete;
        stopHold = clock.after(HOLD_MS, () => settle(ok(complete)));
      } else if (held.lines.some((line) => prefixOf(line) !== null) || sameBare(held, complete)) {
        owed.finalCame();
        settle(ok(held));
      } else {
        overlap();
      }
    }

    /** Two answers came and nothing shows which is which: better none than the wrong one. */
    function overlap(): void {
      owed.finalCame();
      giveUp(fail(fault('modem.garbled', { details: 'A late answer ran into this one.' })));
    }
  });
}

function sameBare(one: AtAnswer, other: AtAnswer): boolean {
  return (
    one.lines.length === 0 &&
    other.lines.length === 0 &&
    JSON.stringify(one.final) === JSON.stringify(other.final)
  );
}
