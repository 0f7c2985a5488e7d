import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where a bench keeps its data, and what can be done to it. */
export interface Disk {
  readonly dataDir: string;
  /** What runs a process that is to find the disk full; empty where the disk itself is. */
  readonly wrapper: readonly string[];
  /** Leaves room for so many bytes. */
  fill(leave: number): Promise<void>;
  /** As many as are wanted again. */
  free(): Promise<void>;
  setReadOnly(readOnly: boolean): Promise<void>;
  /** Takes away what was written and not synced, as when the power goes. Only while no process is at work. */
  cutPower(): Promise<void>;
  remove(): Promise<void>;
}

export type DiskKind = 'folder' | 'small' | 'real';

/** What cannot be had here, and why; empty where all can. */
export async function missingDisks(folder: string): Promise<Partial<Record<DiskKind, string>>> {
  const missing: Partial<Record<DiskKind, string>> = {};
  for (const kind of ['small', 'real'] as const) {
    try {
      const disk = await openDisk(kind, join(folder, `try-${kind}`));
      await disk.remove();
    } catch (error) {
      missing[kind] = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    }
  }
  return missing;
}

export function openDisk(kind: DiskKind, folder: string): Promise<Disk> {
  mkdirSync(folder, { recursive: true });
  if (kind === 'small') return smallDisk(folder);
  if (kind === 'real') return realDisk(folder);
  return Promise.resolve(plainFolder(folder));
}

const impossible = (what: string) => () => Promise.reject(new Error(`this disk cannot ${what}`));

/** A folder like any other. Where no disk can be mounted, a limit on the size of files stands for a full one. */
function plainFolder(folder: string): Disk {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  let wrapper: readonly string[] = [];
  return {
    dataDir,
    get wrapper() {
      return wrapper;
    },
    async fill(leave) {
      wrapper = ['prlimit', `--fsize=${leave}`];
    },
    async free() {
      wrapper = [];
    },
    async setReadOnly(readOnly) {
      chmodSync(dataDir, readOnly ? 0o500 : 0o700);
    },
    cutPower: impossible('lose its power'),
    async remove() {
      chmodSync(dataDir, 0o700);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SMALL_BYTES = 4 * 1024 * 1024;
const PAGE = 4096;

/** A file system in memory with little room, which really fills up and really becomes read-only. */
async function smallDisk(folder: string): Promise<Disk> {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_BYTES},mode=700`, 'tmpfs', dataDir]);
  const ballast = join(dataDir, 'ballast');
  return {
    dataDir,
    wrapper: [],
    async fill(leave) {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(dataDir);
      const size = Math.floor((bavail * bsize - leave) / PAGE) * PAGE;
      try {
        if (size > 0) writeFileSync(ballast, Buffer.alloc(size));
      } catch (error) {
        // Somebody else has taken some of it meanwhile: then it is full all the same.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    async free() {
      rmSync(ballast, { force: true });
    },
    async setReadOnly(readOnly) {
      await run('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, dataDir]);
    },
    cutPower: impossible('lose its power'),
    async remove() {
      await unmount(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const IMAGE_BYTES = 12 * 1024 * 1024;

/** Loop devices are few: one disk of this kind at a time. */
let freeLoop: Promise<void> = Promise.resolve();

/**
 * An ext4 file system in a file. What its own cache holds is lost when the file is taken as it lies there, just as a disk is found
 * after the power went: what was synced is there, what was not may be, in part.
 */
async function realDisk(folder: string): Promise<Disk> {
  const before = freeLoop;
  let letGo = () => {};
  freeLoop = before.then(
    () =>
      new Promise<void>((resolve) => {
        letGo = resolve;
      }),
  );
  await before;
  const dataDir = join(folder, 'data');
  let generation = 0;
  const image = () => join(folder, `image-${generation}`);
  try {
    mkdirSync(dataDir);
    writeFileSync(image(), '');
    truncateSync(image(), IMAGE_BYTES);
    await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-E', 'lazy_itable_init=0,nodiscard', image()]);
    // A long time between commits: only what is synced gets to the disk.
    await run('mount', ['-o', 'loop,commit=600', image(), dataDir]);
  } catch (error) {
    letGo();
    throw error;
  }
  return {
    dataDir,
    wrapper: [],
    fill: impossible('be filled'),
    free: async () => undefined,
    setReadOnly: impossible('become read-only'),
    async cutPower() {
      const old = image();
      generation += 1;
      copyFileSync(old, image());
      await unmount(dataDir);
      rmSync(old);
      await run('mount', ['-o', 'loop,commit=600', image(), dataDir]);
    },
    async remove() {
      await unmount(dataDir);
      rmSync(folder, { recursive: true, force: true });
      letGo();
    },
  };
}

async function unmount(path: string): Promise<void> {
  if (!existsSync(path)) return;
  await run('umount', [path]).catch(() => run('umount', ['-l', path]));
}
