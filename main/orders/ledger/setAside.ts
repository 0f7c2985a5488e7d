import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/** The files that SQLite keeps beside a database. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** A moment as it may stand in a file name: `2026-11-24T08-00-00Z`. */
function stamp(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/** A path beside `path` that is free: its name, then what and when, then a number where that is taken. */
export function freePathBeside(path: string, what: string, at: number): string {
  const extension = extname(path);
  const stem = join(dirname(path), `${basename(path, extension)}.${what}-${stamp(at)}`);
  for (let number = 1; ; number += 1) {
    const candidate = `${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    if (COMPANIONS.every((suffix) => !existsSync(candidate + suffix))) return candidate;
  }
}

/**
 * Moves a database with everything that belongs to it out of the way, under a name that says when. Returns its new path.
 * @throws where the system refuses: another program holds it (Windows), or the folder is read-only.
 */
export function setAside(path: string, at: number): string {
  const to = freePathBeside(path, 'set-aside', at);
  // The database last: were we killed in between, the next start would find it where it was and go on.
  for (const suffix of [...COMPANIONS].reverse()) {
    if (existsSync(path + suffix)) renameSync(path + suffix, to + suffix);
  }
  return to;
}
