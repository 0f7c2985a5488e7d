import type { Fault } from '../../contract/fault.ts';
import type { Order } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';
import type { Ledger, Recorded, Written } from './ledger/ledger.ts';
import type { LifeEvent } from './life.ts';
import { isLedgerFault } from './obstacles.ts';
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
  /** Reading may be well while writing is not: each is set right by its own success alone. */
  readonly #troubles: { read: Fault | null; write: Fault | null } = { read: null, write: null };

  constructor(parts: BookParts) {
    this.ledger = parts.ledger;
    this.#parts = parts;
  }

  record(id: string, event: LifeEvent): Result<Recorded> {
    const recorded = this.watched(this.ledger.record(id, event));
    if (recorded.ok && recorded.value.changed) this.#wrote(recorded.value.record);
    return recorded;
  }

  write(
    record: OrderRecord,
    inTheWay?: (open: readonly OrderRecord[]) => OrderRecord | null,
  ): Result<Written> {
    const written = this.watched(this.ledger.write(record, inTheWay));
    if (written.ok && written.value.kind === 'written') this.#wrote(written.value.record);
    return written;
  }

  /** Orders that another process has changed. */
  changedElsewhere(records: readonly OrderRecord[]): void {
    for (const { order } of records) this.#parts.onChange(order);
  }

  /** Passes on what reading the ledger, or a lock beside it, gave; and says when it is in trouble. */
  watched<T>(result: Result<T>): Result<T> {
    if (result.ok) this.#set('read', null);
    else if (result.fault.code === 'ledger.unwritable') this.#set('write', result.fault);
    else if (isLedgerFault(result.fault)) this.#set('read', result.fault);
    return result;
  }

  #wrote({ order }: OrderRecord): void {
    this.#set('write', null);
    this.#parts.onChange(order);
  }

  #set(which: 'read' | 'write', fault: Fault | null): void {
    const before = this.#troubles.read ?? this.#troubles.write;
    this.#troubles[which] = fault;
    const now = this.#troubles.read ?? this.#troubles.write;
    if (before?.code !== now?.code || before?.message !== now?.message) this.#parts.onLedgerFault(now);
  }
}
