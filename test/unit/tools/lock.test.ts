import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../../tools/lib/lock.mjs';
import { folderWith } from './tempFolder.ts';

/** The id of a process that has ended. */
const DEAD = String(spawnSync(process.execPath, ['-e', '']).pid);

const LOCK = new URL('../../../tools/lib/lock.mjs', import.meta.url).href;

describe('a lock', () => {
  it('is held while the work is done, and then gone, whatever came of it', async () => {
    const path = join(folderWith(), 'a.lock');
    expect(await withLock(path, async () => existsSync(path))).toBe(true);
    expect(existsSync(path)).toBe(false);
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('lets one process in at a time', async () => {
    const folder = folderWith();
    const program = `
      import { withLock } from ${JSON.stringify(LOCK)};
      import { appendFileSync } from 'node:fs';
      for (let turn = 0; turn < 5; turn += 1) {
        await withLock(process.argv[1], async () => {
          appendFileSync(process.argv[2], 'in ');
          await new Promise((resolve) => setImmediate(resolve));
          appendFileSync(process.argv[2], 'out ');
        }, { everyMs: 1 });
      }`;
    const log = join(folder, 'log');
    const processes = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', program, join(folder, 'a.lock'), log], {
        stdio: 'inherit',
      }),
    );
    expect(await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]))).toEqual([
      0, 0, 0,
    ]);
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(15));
  });

  it('of a process that died is taken over', async () => {
    const path = join(folderWith({ 'a.lock': DEAD }), 'a.lock');
    expect(await withLock(path, async () => readFileSync(path, 'utf8'))).toBe(String(process.pid));
  });

  it('that is not kept fresh is taken over, though its process id is in use again', async () => {
    const path = join(folderWith({ 'a.lock': String(process.ppid) }), 'a.lock');
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(path, longAgo, longAgo);
    expect(await withLock(path, async () => 'done')).toBe('done');
  });

  it('of a process that lives is waited for', async () => {
    const path = join(folderWith({ 'a.lock': String(process.ppid) }), 'a.lock');
    let done = false;
    const waiting = withLock(
      path,
      async () => {
        done = true;
      },
      { everyMs: 1 },
    );
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(String(process.ppid));
    writeFileSync(path, DEAD);
    await waiting;
    expect(done).toBe(true);
  });
});
