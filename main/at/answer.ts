import type { AtFinal } from './dialogue.ts';
import {
  announcesSecondLine,
  callResult,
  commandPrefix,
  endsWithCallResult,
  finalResult,
  isBareUnsolicited,
  prefixOf,
} from './lines.ts';

/** What a line is, seen from the command under way. */
export type LineKind =
  | { readonly kind: 'echo' }
  | { readonly kind: 'own' }
  /** A line that belongs to the answer of an earlier command, which was given up. */
  | { readonly kind: 'late' }
  | { readonly kind: 'unsolicited' }
  | { readonly kind: 'final'; readonly final: AtFinal }
  /** `NO CARRIER` and its like though no call was asked for: mostly unsolicited, but nothing else may come. */
  | { readonly kind: 'maybeFinal'; readonly final: AtFinal };

export interface LineReader {
  /** Prefixes of the command's own answer, in upper case. */
  readonly prefixes: readonly string[];
  read(line: string): LineKind;
  /** Whether the line has one of these prefixes: then it can be no other command's. */
  isOwn(line: string): boolean;
}

/** Basic commands with an answer of their own; its lines may have any prefix (`ATI` → `+GCAP: +CGSM`). */
const ANSWERS_ANYTHING = /^AT(I|S\d|[&\\%][A-Z])/i;

/**
 * Tells the lines of one command's answer from the others that come meanwhile.
 * @param command as sent, without CR.
 * @param prefixes that answers to it have; by default its own name.
 * @param latePrefixes prefixes of commands that were given up and may yet be answered.
 */
export function createLineReader(
  command: string,
  prefixes: readonly string[] = [],
  latePrefixes: ReadonlySet<string> = new Set(),
): LineReader {
  const name = commandPrefix(command);
  const own = new Set([...prefixes.map((prefix) => prefix.toUpperCase()), ...(name === null ? [] : [name])]);
  const takesAnyPrefix = own.size === 0 && ANSWERS_ANYTHING.test(command);
  const sent = command.trim().toUpperCase();
  let secondLineDue = false;

  return {
    prefixes: [...own],
    isOwn: (line) => own.has(prefixOf(line) ?? ''),
    read(line) {
      if (secondLineDue) {
        // Whatever it says: a text message may well read OK.
        secondLineDue = false;
        return { kind: 'unsolicited' };
      }
      if (isEcho(line, sent)) return { kind: 'echo' };
      const final = finalResult(line);
      if (final !== null) return { kind: 'final', final };
      const call = callResult(line);
      if (call !== null) return { kind: endsWithCallResult(command) ? 'final' : 'maybeFinal', final: call };
      if (isBareUnsolicited(line)) return { kind: 'unsolicited' };
      const prefix = prefixOf(line);
      if (prefix === null || own.has(prefix)) return { kind: 'own' };
      if (latePrefixes.has(prefix)) return { kind: 'late' };
      secondLineDue = announcesSecondLine(line);
      return secondLineDue || !takesAnyPrefix ? { kind: 'unsolicited' } : { kind: 'own' };
    },
  };
}

/** An echo, also where what was on the line before runs into it. `AT` alone is too short to be sought in a line. */
function isEcho(line: string, sent: string): boolean {
  const upper = line.toUpperCase();
  return upper === sent || (sent.length > 3 && upper.endsWith(sent));
}
