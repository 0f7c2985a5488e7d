import type { Fault } from '../../../contract/fault.ts';
import { fault } from '../../../contract/fault.ts';
import { fail, ok } from '../../../contract/result.ts';
import type { Clock } from '../../../main/base/clock.ts';
import type { ByteLink } from '../../../main/serial/byteLink.ts';

/** What a scripted modem says to a command: raw text with its own line ends, at once or later; null says nothing. */
export type Reply = string | { readonly text: string; readonly afterMs: number } | null;
export type Script =
  | Readonly<Record<string, Reply>>
  | ((command: string, times: number) => Reply | undefined);

export interface ScriptedLinkOptions {
  readonly clock: Clock;
  /** By command without CR; a function also gets how often the command came before. Commands without a reply get `ERROR`. */
  readonly script: Script;
  readonly echo?: boolean;
  /**
   * What happens to a command that comes while another is worked on: `queue` (taken when its turn comes), `drop` (lost
   * without a word), `parallel` (answered at its own time; no real modem does, but nothing worse can come).
   */
  readonly whileBusy?: 'queue' | 'drop' | 'parallel';
  /** Cuts what is said into chunks; whole by default. */
  readonly split?: (bytes: Uint8Array) => Uint8Array[];
  /** The speed at which the modem understands and is understood; any where left out. */
  readonly baudRate?: number;
}

export interface ScriptedLink {
  readonly link: ByteLink;
  /** Commands as they came, without CR. */
  readonly sent: string[];
  /** Says something unasked. */
  say(text: string | Uint8Array): void;
  /** The port goes away. */
  vanish(reason?: Fault): void;
  /** Makes writes fail, or never end. */
  breakWrites(how: 'fail' | 'hang'): void;
  /** Speeds that were set since it was opened. */
  readonly speeds: readonly number[];
}

const ESC = '\x1b';

/** An answer as most modems write it: lines and final result, each between CR LF. */
export function answer(...lines: string[]): string {
  return lines.map((line) => `\r\n${line}\r\n`).join('');
}

/** A byte link with a modem made of a table behind it. */
export function scriptedLink(options: ScriptedLinkOptions): ScriptedLink {
  const { clock, script, echo = false, whileBusy = 'queue', split = (bytes) => [bytes] } = options;
  const byteListeners = new Set<(bytes: Uint8Array) => void>();
  const endListeners = new Set<(reason: Fault | null) => void>();
  const sent: string[] = [];
  const seen = new Map<string, number>();
  const waiting: string[] = [];
  let ended: { readonly reason: Fault | null } | null = null;
  let busy = false;
  let written = '';
  let writes: 'work' | 'fail' | 'hang' = 'work';
  const speeds: number[] = [];
  let speed = 115200;
  const isReadable = () => options.baudRate === undefined || options.baudRate === speed;

  function say(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    const heard = isReadable() ? bytes : bytes.map((byte) => ((byte << 1) & 0xff) | 0x80);
    for (const chunk of split(heard)) for (const listener of byteListeners) listener(chunk);
  }

  function end(reason: Fault | null): void {
    if (ended !== null) return;
    ended = { reason };
    for (const listener of endListeners) listener(reason);
  }

  function replyTo(command: string): Reply {
    const times = seen.get(command) ?? 0;
    seen.set(command, times + 1);
    const reply = typeof script === 'function' ? script(command, times) : script[command];
    return reply === undefined ? answer('ERROR') : reply;
  }

  function take(command: string): void {
    if (busy && whileBusy === 'drop') return;
    if (busy && whileBusy === 'queue') {
      waiting.push(command);
      return;
    }
    if (echo) say(`${command}\r`);
    const reply = replyTo(command);
    if (reply === null) return;
    busy = true;
    const { text, afterMs } = typeof reply === 'string' ? { text: reply, afterMs: 0 } : reply;
    clock.after(afterMs, () => {
      busy = false;
      if (ended === null) say(text);
      const next = waiting.shift();
      if (next !== undefined) take(next);
    });
  }

  const link: ByteLink = {
    path: '/dev/scripted',
    get baudRate() {
      return speed;
    },
    get closed() {
      return ended !== null;
    },
    write(bytes) {
      if (ended !== null) return Promise.resolve(fail(ended.reason ?? fault('cancelled')));
      if (writes === 'hang') return new Promise(() => {});
      if (writes === 'fail') return Promise.resolve(fail(fault('port.failed')));
      written += Buffer.from(bytes).toString('latin1');
      // A command ends with its CR; ESC is one by itself.
      const commands = written.replaceAll(ESC, `${ESC}\r`).split('\r');
      written = commands.pop() ?? '';
      for (const command of commands) {
        sent.push(command);
        if (!isReadable()) continue;
        // A modem never answers from within the write.
        queueMicrotask(() => take(command));
      }
      return Promise.resolve(ok(null));
    },
    setBaudRate(baudRate) {
      if (ended !== null) return Promise.resolve(fail(ended.reason ?? fault('cancelled')));
      speeds.push(baudRate);
      speed = baudRate;
      return Promise.resolve(ok(null));
    },
    onBytes(listener) {
      byteListeners.add(listener);
      return () => byteListeners.delete(listener);
    },
    onClosed(listener) {
      if (ended !== null) {
        listener(ended.reason);
        return () => {};
      }
      endListeners.add(listener);
      return () => endListeners.delete(listener);
    },
    async close() {
      end(null);
    },
  };

  return {
    link,
    sent,
    say,
    vanish: (reason = fault('port.vanished')) => end(reason),
    breakWrites(how) {
      writes = how;
    },
    speeds,
  };
}
