import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { errorText } from './errorText.ts';

/**
 * Writes a file so that a crash leaves either what was there before or all of the new one; readable by its owner alone. Fault:
 * `file.unwritable`.
 */
export function writeWholeFile(path: string, pieces: Iterable<string>): Result<null, Fault> {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      for (const piece of pieces) writeAll(handle, Buffer.from(piece));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
    syncFolderOf(path);
    return ok(null);
  } catch (error) {
    removeLeftover(temporary);
    return fail(fault('file.unwritable', { details: errorText(error) }));
  }
}

/** The new name is on the disk too: otherwise the power may go, and the file with it. Windows cannot open a folder, and need not. */
function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(dirname(path), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** `write` may take a part alone, as when a disk fills up: what is left then meets the error. */
function writeAll(handle: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}

function removeLeftover(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder may not even exist; the fault that is on its way says why.
  }
}
