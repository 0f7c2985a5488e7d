import { ok } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import { type AloneParts, alone } from './alone.ts';
import { Recurring } from './recurring.ts';

export interface WatcherParts extends AloneParts {
  readonly clock: Clock;
  /** How often it is looked whether another process has written to the ledger, ms. */
  readonly watchMs: number;
  readonly onError: (error: unknown) => void;
}

/** How often orders in `sending` are looked after, ms. */
const LEFT_OVERS_MS = 5_000;

/** Sees what other processes with the same ledger do: the window what the CLI has ordered, and either what a process that died has left. */
export class Watcher {
  readonly #parts: WatcherParts;
  readonly #watching: Recurring;
  readonly #sweeping: Recurring;
  #version = -1;
  #change = 0;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
    const { clock, onError } = parts;
    this.#watching = new Recurring({ clock, onError, run: () => this.#watch() });
    this.#sweeping = new Recurring({ clock, onError, run: () => this.#sweep() });
  }

  start(): void {
    const { ledger } = this.#parts.book;
    const change = ledger.latestChange();
    const version = ledger.version();
    if (change.ok) this.#change = change.value;
    if (version.ok) this.#version = version.value;
    this.#watching.wake(this.#parts.watchMs);
    this.#sweeping.wake();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#watching.stop(), this.#sweeping.stop()]);
  }

  async #watch(): Promise<number> {
    const { book, watchMs } = this.#parts;
    const version = book.watched(book.ledger.version());
    if (!version.ok || version.value === this.#version) return watchMs;
    const changes = book.watched(book.ledger.changesSince(this.#change));
    if (!changes.ok) return watchMs;
    this.#version = version.value;
    this.#change = changes.value.upTo;
    book.changedElsewhere(changes.value.records);
    if (changes.value.records.some(({ order }) => order.status === 'sending')) {
      this.#sweeping.wake(LEFT_OVERS_MS);
    }
    return watchMs;
  }

  /** Orders in `sending`: whether the process that sends them lives, its lock tells. */
  async #sweep(): Promise<number | null> {
    const { book } = this.#parts;
    const sending = book.watched(book.ledger.unbound('sending'));
    if (!sending.ok) return LEFT_OVERS_MS;
    if (sending.value.length === 0) return null;
    await alone(this.#parts, () => ok(null));
    return LEFT_OVERS_MS;
  }
}
