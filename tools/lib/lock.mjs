import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';
import { atExit } from './tool.mjs';

/** A holder touches its lock this often; one that has not for `STALE_MS` is gone, whatever its process id says. */
const TOUCH_MS = 2_000;
const STALE_MS = 60_000;

/** @param {string} path */
function create(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Has its holder died without letting go? @param {string} path */
function isAbandoned(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const text = readFileSync(path, 'utf8');
    // A holder that was killed between creating the file and writing its id leaves it empty.
    if (text === '') return age > TOUCH_MS;
    return age > STALE_MS || !isAlive(Number(text));
  } catch {
    return false;
  }
}

/** Not so after a long sleep of the computer, when another process took it over. @param {string} path */
function isOurs(path) {
  try {
    return readFileSync(path, 'utf8') === String(process.pid);
  } catch {
    return false;
  }
}

/**
 * Takes an abandoned lock away. Two who find it abandoned must not both do so (the second would take away the
 * first one's new lock), hence a lock for this, held for moments, and a second look under it.
 * @param {string} path
 */
function clearAbandoned(path) {
  const broom = `${path}.clearing`;
  if (!create(broom)) {
    if (isAbandoned(broom)) rmSync(broom, { force: true });
    return;
  }
  try {
    if (isAbandoned(path)) rmSync(path, { force: true });
  } finally {
    rmSync(broom, { force: true });
  }
}

/**
 * Does `work` while no other process on this computer does work under the same lock file. Waits for its turn; the
 * lock of a process that died is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{waitingFor?: string, everyMs?: number}} [options] `waitingFor`: said once when there is a wait
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { waitingFor, everyMs = 200 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  let said = false;
  while (!create(path)) {
    if (isAbandoned(path)) clearAbandoned(path);
    else {
      if (waitingFor && !said) say(`waiting for ${waitingFor}`);
      said = true;
      await pause(everyMs);
    }
  }
  const touch = setInterval(() => {
    const now = new Date();
    if (isOurs(path)) utimesSync(path, now, now);
  }, TOUCH_MS);
  touch.unref();
  const release = atExit(() => {
    if (isOurs(path)) rmSync(path, { force: true });
  });
  try {
    return await work();
  } finally {
    clearInterval(touch);
    release();
  }
}
