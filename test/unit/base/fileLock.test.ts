import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withFileLock } from '../../../main/base/fileLock.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'file-lock-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('a lock between processes', () => {
  it('is there while something runs under it, and gone afterwards', () => {
    const path = join(folder(), 'lock');
    expect(withFileLock(path, () => existsSync(path))).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('is gone after a failure too', () => {
    const path = join(folder(), 'lock');
    expect(() =>
      withFileLock(path, () => {
        throw new Error('it failed');
      }),
    ).toThrow('it failed');
    expect(existsSync(path)).toBe(false);
  });

  it('is taken over from a process that died with it', () => {
    const path = join(folder(), 'lock');
    writeFileSync(path, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path, longAgo, longAgo);
    expect(withFileLock(path, () => 'done')).toBe('done');
    expect(existsSync(path)).toBe(false);
  });

  it('is made with its folder', () => {
    const path = join(folder(), 'not', 'there', 'lock');
    expect(withFileLock(path, () => existsSync(path))).toBe(true);
  });

  it('that cannot be had holds nothing up, and leaves what is in its place', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, 'mine');
    expect(withFileLock(join(file, 'lock'), () => 'done')).toBe('done');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is waited for while another process has it', async () => {
    const dir = folder();
    const [path, released] = [join(dir, 'lock'), join(dir, 'released')];
    const child = spawn(process.execPath, ['-e', HOLDER, path, released], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(withFileLock(path, () => existsSync(released))).toBe(true);
    await once(child, 'exit');
  });
});

/** Holds the lock, says so, and notes down that it has let go just before it does. */
const HOLDER = `
const { rmSync, writeFileSync } = require('node:fs');
const [path, released] = process.argv.slice(1);
writeFileSync(path, '', { flag: 'wx' });
console.log('held');
setTimeout(() => { writeFileSync(released, ''); rmSync(path); }, 100);
`;
