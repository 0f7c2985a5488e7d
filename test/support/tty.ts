import { spawn } from 'node:child_process';
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Tty {
  /** A real tty, for serialport or any other program. It never appears in `SerialPort.list()`. */
  readonly path: string;
  /** Resolves when the tty is gone: the other side went away, or it was closed. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

const LINK_LIMIT_MS = 5_000;
const LOOK_EVERY_MS = 10;

/**
 * Joins a TCP port of loopback to a new pseudo-terminal, with `socat`. It stays through any number of opens
 * and closes, until the TCP side ends.
 *
 * @param path where the tty is to appear; default: in a folder of its own that is taken away again.
 */
export async function openTty(tcpPort: number, path?: string): Promise<Tty> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'esim-bench-tty-')) : null;
  const link = path ?? join(folder ?? tmpdir(), 'ttyDEMO0');
  // Opened in this order: with the pseudo-terminal first, its link would be there for a moment where nothing listens.
  const socat = spawn('socat', [`TCP:127.0.0.1:${tcpPort}`, `PTY,link=${link},raw,echo=0`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  socat.stderr.on('data', (text: Buffer) => {
    complaint += text.toString();
  });
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      resolve();
    };
    socat.once('error', (error) => {
      complaint += error.message;
      end();
    });
    socat.once('exit', end);
  });

  const close = async () => {
    if (!ended) socat.kill('SIGTERM');
    await gone;
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    else await rm(link, { force: true });
  };

  const end = Date.now() + LINK_LIMIT_MS;
  while (!(await isThere(link))) {
    if (ended || Date.now() > end) {
      await close();
      throw new Error(`no tty at ${link}: ${complaint || 'socat did not make it in time'}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { path: link, gone, close };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
