import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** How long a lock is waited for, ms: what is done under one takes some milliseconds. */
const WAIT_MS = 3_000;

/** A lock this old is of a process that died with it, ms. */
const STALE_MS = 2_000;

/** How often it is tried again, ms. */
const PAUSE_MS = 10;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs something short while no other process does so under the same lock, which is a file that is there meanwhile. Where it cannot be
 * had, as on a disk that is full, it runs without: what it writes fails by itself then, with a better reason. Not the ledger's lock of
 * SQLite's, which knows no stale ones: that one is waited for asynchronously, and would load the database before the window opens.
 */
export function withFileLock<T>(path: string, run: () => T): T {
  const held = takeLock(path);
  try {
    return run();
  } finally {
    if (held) rmSync(path, { force: true });
  }
}

function takeLock(path: string): boolean {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const taken = tryLock(path);
    if (taken !== 'held') return taken === 'taken';
    if (isStale(path)) rmSync(path, { force: true });
    else if (performance.now() > until) return false;
    else Atomics.wait(sleeper, 0, 0, PAUSE_MS);
  }
}

function tryLock(path: string): 'taken' | 'held' | 'impossible' {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'wx'));
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'held' : 'impossible';
  }
}

function isStale(path: string): boolean {
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs) > STALE_MS;
  } catch {
    // Gone meanwhile.
    return false;
  }
}
