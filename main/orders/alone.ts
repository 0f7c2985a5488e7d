import { fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { Book } from './book.ts';
import type { SenderLock } from './ledger/senderLock.ts';
import { sweepLeftOvers } from './leftOvers.ts';

export interface AloneParts {
  readonly book: Book;
  readonly lock: SenderLock;
  readonly signal: AbortSignal;
}

/**
 * Does `work` under the sender lock: while no create request is under way and nobody else binds profiles to orders, here or in
 * another process. What a sender that died has left is set right first. `cancelled` where the signal came first.
 */
export async function alone<T>(
  { book, lock, signal }: AloneParts,
  work: () => Promise<Result<T>> | Result<T>,
  sweep: (book: Book) => Result<null> = sweepLeftOvers,
): Promise<Result<T>> {
  const held = book.watched(await lock.acquire(signal));
  if (!held.ok) return held;
  if (held.value === null) return fail(fault('cancelled'));
  try {
    const swept = sweep(book);
    return swept.ok ? await work() : swept;
  } finally {
    held.value.release();
  }
}
