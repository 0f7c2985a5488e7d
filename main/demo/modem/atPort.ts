import { concat, fromLatin1, toLatin1 } from '../bytes.ts';
import {
  type AnswerLine,
  CME,
  type CommandResult,
  cme,
  finalLine,
  frame,
  lineText,
  OK,
  type PortSettings,
} from './answer.ts';
import { type AtCommand, readCommandLine } from './commandLine.ts';
import { APDU, closeByItself } from './commands/apdu.ts';
import { freshSettings, GENERAL } from './commands/general.ts';
import { NETWORK } from './commands/network.ts';
import { simCommands } from './commands/sim.ts';
import { vendorCommands } from './commands/vendor.ts';
import type { AnswerHarm, FaultList } from './faults.ts';
import type { CommandEntry, CommandTable, ModemCore } from './modemCore.ts';
import type { UnsolicitedLine } from './quirks.ts';

/** Longest command line; what is longer is answered `ERROR` (V.250 §5.2.4 leaves the limit to the modem). */
const LONGEST_LINE = 4096;

const CR = 0x0d;
const LF = 0x0a;
const BACKSPACE = 0x08;

/** A command as it came, and how long its answer took. */
export interface CommandRecord {
  /** ms since 1970. */
  readonly at: number;
  readonly interfaceNumber: number;
  readonly line: string;
  /** From its CR to the end of the answer; null where none came. */
  readonly answerMs: number | null;
}

export interface AtPortOptions {
  readonly core: ModemCore;
  readonly faults: FaultList;
  readonly interfaceNumber: number;
  /** Where bytes go. */
  readonly send: (bytes: Uint8Array) => void;
  readonly unplug: () => void;
  readonly record: (entry: CommandRecord) => void;
}

export interface AtPort {
  write(bytes: Uint8Array): void;
  /** A line that nobody asked for. */
  say(text: string): void;
  /** As after power-on: nothing under way, settings fresh. */
  restart(): void;
}

/** The commands that a modem with these switches has. */
function commandsOf(core: ModemCore): CommandTable {
  const all: Record<string, CommandEntry> = {
    ...GENERAL,
    ...simCommands(core.quirks),
    ...APDU,
    ...NETWORK,
    ...vendorCommands(core.quirks),
  };
  for (const name of core.quirks.missing) delete all[name];
  if (core.quirks.cchc === 'missing') delete all['+CCHC'];
  return all;
}

/** The command interpreter behind one AT port (V.250 §5): one line at a time; what comes meanwhile waits. */
export function createAtPort(options: AtPortOptions): AtPort {
  const { core, faults } = options;
  const { quirks, clock } = core;
  const commands = commandsOf(core);
  const settings: PortSettings = freshSettings(quirks.echo);
  let input: number[] = [];
  let line: number[] = [];
  let busy = false;
  /** After a `stop`: deaf and dumb until the next restart. */
  let dead = false;
  let stopTimer = () => {};

  function write(bytes: Uint8Array): void {
    if (dead) return;
    input.push(...bytes);
    pump();
  }

  /** Takes waiting bytes up to the end of a line, echoing them, and runs the line. */
  function pump(): void {
    while (!busy && !dead) {
      const end = input.indexOf(CR);
      const taken = input.splice(0, end < 0 ? input.length : end + 1);
      if (taken.length === 0) return;
      if (settings.echo) options.send(Uint8Array.from(taken));
      for (const byte of taken) edit(byte);
      if (end >= 0) run();
    }
  }

  function edit(byte: number): void {
    if (byte === BACKSPACE) line.pop();
    else if (byte !== CR && byte !== LF && line.length <= LONGEST_LINE) line.push(byte);
  }

  function run(): void {
    const text = toLatin1(Uint8Array.from(line));
    const tooLong = line.length > LONGEST_LINE;
    line = [];
    const parsed = readCommandLine(text);
    if (parsed === null) return;
    busy = true;
    const began = clock.monotonic();
    const at = clock.now();
    const harms = faults.take(text.trim());
    const refused = harms.find((harm) => harm.kind === 'error');
    for (const unsolicited of linesAt('afterEcho', text)) options.send(frame(unsolicited.text, quirks));

    const finish = (lines: readonly AnswerLine[], result: CommandResult) => {
      const late = harms.reduce((sum, harm) => sum + (harm.kind === 'late' ? harm.ms : 0), 0);
      wait(late, () => {
        const silent = harms.some((harm) => harm.kind === 'silent');
        if (!silent) sendAnswer(text, lines, result, harms);
        const answerMs = silent ? null : clock.monotonic() - began;
        options.record({ at, interfaceNumber: options.interfaceNumber, line: text, answerMs });
        busy = false;
        if (result.kind === 'ok') result.after?.();
        pump();
      });
    };

    if (refused !== undefined) finish([], refused.cme === null ? { kind: 'error' } : cme(refused.cme));
    else if (tooLong) finish([], { kind: 'error' });
    else if (parsed.length === 0) wait(quirks.latency.command, () => finish([], OK));
    else perform(parsed, [], finish);
  }

  /** Carries commands out one after another; the first error ends the line (V.250 §5.7). */
  function perform(
    rest: readonly AtCommand[],
    lines: readonly AnswerLine[],
    finish: (lines: readonly AnswerLine[], result: CommandResult) => void,
  ): void {
    const [command, ...others] = rest;
    if (command === undefined) {
      finish(lines, OK);
      return;
    }
    const entry = commands[command.name];
    wait(quirks.latency[entry?.cost ?? 'command'], () => {
      const result = carryOut(command, entry);
      if (result.kind !== 'ok') finish(lines, result);
      else if (others.length === 0) finish([...lines, ...result.lines], result);
      else perform(others, [...lines, ...result.lines], finish);
    });
  }

  function carryOut(command: AtCommand, entry: CommandEntry | undefined): CommandResult {
    const handler = entry?.[command.form];
    closeByItself(core, command.name);
    if (handler !== undefined) return handler({ core, settings, args: command.args });
    if (entry !== undefined) return cme(CME.notSupported);
    return quirks.unknownCommand === 'ERROR' ? { kind: 'error' } : cme(quirks.unknownCommand);
  }

  function sendAnswer(
    text: string,
    lines: readonly AnswerLine[],
    result: CommandResult,
    harms: readonly AnswerHarm[],
  ): void {
    const texts = [
      ...lines.map((one) => lineText(one, quirks)),
      ...linesAt('beforeFinal', text).map((unsolicited) => unsolicited.text),
      finalLine(result, settings, quirks),
      ...linesAt('afterFinal', text).map((unsolicited) => unsolicited.text),
    ];
    harmed(concat(...texts.map((one) => frame(one, quirks))), harms);
  }

  function harmed(answer: Uint8Array, harms: readonly AnswerHarm[]): void {
    let bytes = answer;
    let stops = false;
    let unplugs = false;
    for (const harm of harms) {
      switch (harm.kind) {
        case 'drop':
          bytes = concat(bytes.slice(0, harm.from), bytes.slice(harm.from + harm.count));
          break;
        case 'garble':
          bytes = bytes.map((byte, at) =>
            at >= harm.from && at < harm.from + harm.count ? byte ^ harm.xor : byte,
          );
          break;
        case 'line':
          bytes = concat(bytes.slice(0, harm.at), frame(harm.text, quirks), bytes.slice(harm.at));
          break;
        case 'stop':
        case 'unplug':
          bytes = bytes.slice(0, harm.after);
          stops ||= harm.kind === 'stop';
          unplugs ||= harm.kind === 'unplug';
          break;
        default:
          // Dealt with before the answer was made.
          break;
      }
    }
    options.send(bytes);
    if (stops) dead = true;
    if (unplugs) options.unplug();
  }

  function linesAt(when: UnsolicitedLine['when'], command: string): UnsolicitedLine[] {
    return quirks.unsolicited.filter(
      (one) => one.when === when && command.toUpperCase().startsWith((one.only ?? '').toUpperCase()),
    );
  }

  /** Without a delay at once, so that a modem without latency answers within `write`. */
  function wait(ms: number, then: () => void): void {
    if (ms <= 0) then();
    else stopTimer = clock.after(ms, then);
  }

  return {
    write,
    say: (text) => options.send(frame(text, quirks)),
    restart() {
      stopTimer();
      input = [];
      line = [];
      busy = false;
      dead = false;
      Object.assign(settings, freshSettings(quirks.echo));
    },
  };
}

/** Text as a terminal would send it, for tests: with a CR. */
export function typed(line: string): Uint8Array {
  return fromLatin1(`${line}\r`);
}
