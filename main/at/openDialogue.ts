import type { AtLogEntry } from '../../contract/atLog.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { ByteLink } from '../serial/byteLink.ts';
import { createLineReader } from './answer.ts';
import type { AtAnswer, AtDialogue, AtSendOptions } from './dialogue.ts';
import { DEFAULT_TIMEOUT_MS, exchange } from './exchange.ts';
import { createFramer } from './framer.ts';
import { maskAtText } from './mask.ts';
import { OwedAnswers } from './owed.ts';
import { resynchronise } from './resync.ts';
import type { Wire, WireEvent } from './wire.ts';

/** One line of the AT log, masked: it may leave the computer in a report. */
export interface AtLogLine {
  readonly direction: AtLogEntry['direction'];
  readonly text: string;
}

export interface DialogueOptions {
  readonly clock: Clock;
  readonly log?: (line: AtLogLine) => void;
}

const MAX_COMMAND_LENGTH = 8_192;
const CR = '\r';
const ESCAPE = 0x1b;
/** Getting back into step has the command's own time, within these bounds. */
/** A modem that asks for text again at each ESC must not make us answer without end. */
const ESCAPE_PAUSE_MS = 100;
const RESYNC_LIMIT_MS = { least: 4_000, most: 10_000 } as const;

interface Waiting {
  readonly command: string;
  readonly options: AtSendOptions;
  readonly resolve: (result: Result<AtAnswer>) => void;
}

/** Opens the dialogue on an open port. It owns the port from now on: closing the dialogue closes it. */
export function openAtDialogue(link: ByteLink, { clock, log }: DialogueOptions): AtDialogue {
  const framer = createFramer();
  const owed = new OwedAnswers();
  const unsolicitedListeners = new Set<(line: string) => void>();
  const endListeners = new Set<(fault: Fault | null) => void>();
  const queue: Waiting[] = [];
  let taker: ((event: WireEvent) => void) | null = null;
  let end: { readonly fault: Fault | null } | null = null;
  let working = false;
  let commandsSent = 0;
  let nextEscapeAt = 0;

  const wire: Wire = {
    clock,
    owed,
    listen(next) {
      taker = next;
      return () => {
        if (taker === next) taker = null;
      };
    },
    send(command, logAs) {
      commandsSent += 1;
      wire.log('sent', logAs ?? command);
      return link.write(Buffer.from(command + CR, 'latin1'));
    },
    escape() {
      const now = clock.monotonic();
      if (now < nextEscapeAt) return;
      nextEscapeAt = now + ESCAPE_PAUSE_MS;
      wire.log('note', 'The modem asked for text. Sent ESC.');
      void link.write(Uint8Array.of(ESCAPE));
    },
    log(direction, text, command) {
      log?.({ direction, text: maskAtText(text, command ?? null) });
    },
    unsolicited(line) {
      for (const listener of unsolicitedListeners) listener(line);
    },
  };

  link.onBytes((bytes) => {
    taker?.({ kind: 'bytes' });
    for (const framed of framer.push(bytes)) {
      // The taker changes in the middle of a chunk: what follows a final result belongs to nobody.
      if (taker !== null) taker(framed);
      else if (framed.kind === 'line') takeIdle(framed.text);
      else if (framed.kind === 'prompt') wire.escape();
    }
  });

  link.onClosed((reason) => {
    end = { fault: reason };
    const left = endFault(reason);
    taker?.({ kind: 'ended', fault: left });
    for (const { resolve } of queue.splice(0)) resolve(fail(left));
    for (const listener of endListeners) listener(reason);
    endListeners.clear();
  });

  /** A line while no command is under way. */
  function takeIdle(line: string): void {
    const { kind } = createLineReader('AT', [], owed.prefixes).read(line);
    const late = owed.lineCame(line) || (!owed.none && kind !== 'unsolicited' && kind !== 'maybeFinal');
    wire.log(late ? 'received' : 'unsolicited', line);
    if (kind === 'final') owed.finalCame();
    else if (!late) wire.unsolicited(line);
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) next.resolve(await run(next));
    working = false;
  }

  async function run({ command, options }: Waiting): Promise<Result<AtAnswer>> {
    if (end !== null) return fail(endFault(end.fault));
    if (options.signal?.aborted) return fail(fault('cancelled'));
    if (!owed.inStep) {
      const limitMs = Math.min(
        Math.max(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, RESYNC_LIMIT_MS.least),
        RESYNC_LIMIT_MS.most,
      );
      const stuck = await resynchronise(wire, { limitMs, signal: options.signal });
      if (stuck !== null) return fail(stuck);
    }
    if (options.signal?.aborted) return fail(fault('cancelled'));
    return exchange(wire, command, options);
  }

  return {
    path: link.path,
    get closed() {
      return end !== null;
    },
    get commandsSent() {
      return commandsSent;
    },
    send(command, options = {}) {
      if (end !== null) return Promise.resolve(fail(endFault(end.fault)));
      if (!isOneLine(command)) {
        return Promise.resolve(
          fail(fault('internal', { details: 'A command must be one line of printable ASCII.' })),
        );
      }
      const { signal } = options;
      if (signal?.aborted) return Promise.resolve(fail(fault('cancelled')));
      return new Promise((resolve) => {
        const waiting: Waiting = {
          command,
          options,
          resolve(result) {
            signal?.removeEventListener('abort', leaveQueue);
            resolve(result);
          },
        };
        function leaveQueue(): void {
          const place = queue.indexOf(waiting);
          if (place < 0) return;
          queue.splice(place, 1);
          waiting.resolve(fail(fault('cancelled')));
        }
        signal?.addEventListener('abort', leaveQueue);
        queue.push(waiting);
        void work();
      });
    },
    doubt() {
      owed.doubt(clock.monotonic());
    },
    onUnsolicited(listener) {
      unsolicitedListeners.add(listener);
      return () => unsolicitedListeners.delete(listener);
    },
    onClosed(listener) {
      if (end !== null) {
        listener(end.fault);
        return () => {};
      }
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
    close: () => link.close(),
  };
}

function endFault(reason: Fault | null): Fault {
  return reason ?? fault('cancelled', { message: 'The port was closed.' });
}

/** No control characters: a CR inside would be a second command, unlogged and unanswered. */
function isOneLine(command: string): boolean {
  return command.length <= MAX_COMMAND_LENGTH && /^[\x20-\x7e]+$/.test(command);
}
