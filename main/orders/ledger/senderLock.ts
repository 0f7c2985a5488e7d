import { fail, ok, type Result } from '../../../contract/result.ts';
import { type Clock, pause } from '../../base/clock.ts';
import { type Connect, type Connection, connect, isBusy, ledgerFault } from './sqlite.ts';

/** The right to send orders and to bind profiles to them, until let go. */
export interface Held {
  release(): void;
}

export interface SenderLock {
  /**
   * Waits for the lock, first come first served within this process, and asks again every {@link RETRY_MS} while another
   * process holds it. Null where `signal` aborted first.
   */
  acquire(signal: AbortSignal): Promise<Result<Held | null>>;
  close(): void;
}

export interface SenderLockOptions {
  /** A small file beside the ledger. */
  readonly path: string;
  readonly clock: Clock;
  readonly connect?: Connect;
}

/** How often a lock that another process holds is asked for again, ms. */
const RETRY_MS = 200;

/**
 * One sender at a time, across processes. The lock is SQLite's write lock on a file of its own: the operating system lets it go
 * the moment that a process dies, however it dies, so there is no stale lock and no process id to guess about.
 *
 * Who holds it may trust that no create request of another process is under way, and that no other process binds a profile
 * to an order meanwhile.
 */
export function createSenderLock({ path, clock, connect: open = connect }: SenderLockOptions): SenderLock {
  let connection: Connection | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** No prepared statement on this connection, so that closing it closes the file at once. */
  function opened(): Connection {
    if (connection === null) {
      connection = open(path);
      connection.exec('PRAGMA busy_timeout = 0');
    }
    return connection;
  }

  function tryLock(): boolean {
    try {
      opened().exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }

  async function lock(signal: AbortSignal): Promise<Result<boolean>> {
    try {
      while (!signal.aborted && !closed) {
        if (tryLock()) return ok(true);
        await pause(clock, RETRY_MS, signal);
      }
      return ok(false);
    } catch (error) {
      return fail(ledgerFault(error));
    }
  }

  function unlock(): void {
    try {
      if (connection?.inTransaction === true) connection.exec('ROLLBACK');
    } catch {
      // A connection that cannot even roll back is given up; its file lock goes with it.
      connection?.close();
      connection = null;
    }
  }

  return {
    async acquire(signal) {
      const before = queue;
      let leave = () => {};
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      queue = before.then(() => mine);
      await before;
      const locked = await lock(signal);
      if (!locked.ok || !locked.value) {
        leave();
        return locked.ok ? ok(null) : locked;
      }
      let released = false;
      return ok({
        release() {
          if (released) return;
          released = true;
          unlock();
          leave();
        },
      });
    },
    close() {
      closed = true;
      unlock();
      connection?.close();
      connection = null;
    },
  };
}
