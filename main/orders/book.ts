import type { Fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';
import type { Ledger, Recorded, Written } from './ledger/ledger.ts';
import type { LifeEvent } from './life.ts';
import type { OrderRecord } from './record.ts';

export interface BookParts {
  readonly ledger: Ledger;
  /** An order is new or has changed. */
  readonly onChange: (order: Order) => void;
  /** The ledger cannot be read or written; null when it can again. */
  readonly onLedgerFault: (fault: Fault | null) => void;
}

/** The ledger as the desk uses it: whatever is written is told to those who watch, and a ledger in trouble too. */
export class Book {
  readonly ledger: Ledger;
  readonly #parts: BookParts;
  #inTrouble = false;

  constructor(parts: BookParts) {
    this.ledger = parts.ledger;
    this.#parts = parts;
  }

  record(id: string, event: LifeEvent): Result<Recorded> {
    const recorded = this.watched(this.ledger.record(id, event));
    if (recorded.ok && recorded.value.changed) this.#parts.onChange(recorded.value.record.order);
    return recorded;
  }

  write(
    record: OrderRecord,
    inTheWay?: (open: readonly OrderRecord[]) => OrderRecord | null,
  ): Result<Written> {
    const written = this.watched(this.ledger.write(record, inTheWay));
    if (written.ok && written.value.kind === 'written') this.#parts.onChange(written.value.record.order);
    return written;
  }

  /** Orders that another process has changed. */
  changedElsewhere(records: readonly OrderRecord[]): void {
    for (const { order } of records) this.#parts.onChange(order);
  }

  /** Passes on what the ledger gave, and says when it is in trouble. */
  watched<T>(result: Result<T>): Result<T> {
    const trouble = !result.ok && result.fault.code.startsWith('ledger.') ? result.fault : null;
    if (trouble !== null) this.#parts.onLedgerFault(trouble);
    else if (this.#inTrouble && result.ok) this.#parts.onLedgerFault(null);
    if (trouble !== null || result.ok) this.#inTrouble = trouble !== null;
    return result;
  }
}
