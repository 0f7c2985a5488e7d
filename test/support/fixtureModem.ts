import type { reportToFixture } from '../../tools/lib/reportToFixture.mjs';

/** A modem made of a compatibility report (tools/lib/reportToFixture.mjs). */
export type ModemFixture = ReturnType<typeof reportToFixture>;

/** What it says to a command; null where it says nothing. */
export type FixtureReply = { readonly text: string; readonly afterMs: number } | null;

/**
 * Plays a fixture: each command is answered as in the report, one time after the other, and the last time for ever. A command
 * that the report does not have is refused; `AT` and `ATE0` are always fine.
 * @param times how often this command came before.
 */
export function replyOf(fixture: ModemFixture, command: string, times: number): FixtureReply {
  const answers = fixture.answers[command];
  const answer = answers?.[Math.min(times, answers.length - 1)];
  if (answer === undefined) {
    const isPlain = /^AT(E[01])?$/i.test(command);
    return { text: said([isPlain ? 'OK' : 'ERROR']), afterMs: 0 };
  }
  if (answer.final === null) return null;
  return { text: said([...answer.lines, answer.final]), afterMs: answer.afterMs };
}

function said(lines: readonly string[]): string {
  return lines.map((line) => `\r\n${line}\r\n`).join('');
}
