import type { AtLogEntry } from '../../../contract/atLog.ts';

/** Lines kept in the window; the export has what main keeps. */
export const MAX_LINES = 2000;

/** The log after more entries came: in order, each once, the oldest let go. */
export function appended(
  lines: readonly AtLogEntry[],
  entries: readonly AtLogEntry[],
  max = MAX_LINES,
): readonly AtLogEntry[] {
  const last = lines.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  const fresh = entries.filter((entry) => entry.seq > last);
  if (fresh.length === 0) return lines;
  return [...lines, ...fresh].slice(-max);
}

export const ARROWS: Readonly<Record<AtLogEntry['direction'], string>> = {
  sent: '→',
  received: '←',
  unsolicited: '⇠',
  note: '·',
};

export const DIRECTION_WORDS: Readonly<Record<AtLogEntry['direction'], string>> = {
  sent: 'sent',
  received: 'received',
  unsolicited: 'unsolicited',
  note: 'note',
};

/** The ports that appear in the log, in the order of their first line. */
export function portsIn(lines: readonly AtLogEntry[]): string[] {
  return [...new Set(lines.map((line) => line.port))];
}
