import { ok, type Result } from '../../contract/result.ts';
import type { Book } from './book.ts';
import { isLedgerFault } from './obstacles.ts';

/**
 * Orders that a bench which died left in `sending` become `unconfirmed`. To be called by who holds the sender lock: then no
 * create request can be under way, so every `sending` is one of these.
 */
export function sweepLeftOvers(book: Book): Result<null> {
  const sending = book.watched(book.ledger.unbound('sending'));
  if (!sending.ok) return sending;
  for (const { order } of sending.value) {
    const recorded = book.record(order.id, { kind: 'leftOver' });
    if (!recorded.ok) return recorded;
  }
  return ok(null);
}

/** The same for changes of Sims, by who holds their lock: every one that is `sending` was left by a bench that died. */
export function sweepActivations(book: Book): Result<null> {
  const sending = book.watched(book.ledger.activating());
  if (!sending.ok) return sending;
  for (const { order } of sending.value) {
    const recorded = book.record(order.id, { kind: 'activation', event: { kind: 'leftOver' } });
    // A row that is not what its index says must not keep the others waiting.
    if (!recorded.ok && isLedgerFault(recorded.fault)) return recorded;
  }
  return ok(null);
}
