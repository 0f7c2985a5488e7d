import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { writeWholeFile } from '../../../main/base/wholeFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A disk that has room for so many bytes: what does not fit is not taken, and then nothing is. */
function diskWithRoomFor(room: number): void {
  const real = fs.writeSync;
  let left = room;
  fs.writeSync = ((handle: number, bytes: Uint8Array, offset: number) => {
    const taken = Math.min(left, bytes.length - offset);
    if (taken === 0)
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    left -= taken;
    return real(handle, bytes, offset, taken);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.writeSync = real;
    syncBuiltinESMExports();
  });
}

describe('writing a whole file', () => {
  it('puts the pieces together and lets nobody else read them', () => {
    const path = join(folder, 'orders.csv');
    expect(writeWholeFile(path, ['one,', 'two\r\n'])).toEqual({ ok: true, value: null });
    expect(readFileSync(path, 'utf8')).toBe('one,two\r\n');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['orders.csv']);
  });

  it('goes on where the system takes a part of it at a time', () => {
    diskWithRoomFor(1_000);
    const path = join(folder, 'a');
    expect(writeWholeFile(path, ['é'.repeat(400), 'end']).ok).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(`${'é'.repeat(400)}end`);
  });

  it('leaves the old file as it was when the disk fills up in the middle, and nothing beside it', () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'before');
    diskWithRoomFor(5);
    expect(writeWholeFile(path, ['0123456789'])).toMatchObject({
      ok: false,
      fault: { code: 'file.unwritable', details: expect.stringContaining('ENOSPC') },
    });
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.each([
    ['whose folder is not there', ['missing', 'a']],
    ['that is a folder', ['taken']],
  ])('says so for a path %s', (_what, parts) => {
    mkdirSync(join(folder, 'taken'));
    expect(writeWholeFile(join(folder, ...parts), ['x'])).toMatchObject({
      ok: false,
      fault: { code: 'file.unwritable' },
    });
  });
});
