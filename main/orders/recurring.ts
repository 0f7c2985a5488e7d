import type { Clock } from '../base/clock.ts';

export interface RecurringOptions {
  readonly clock: Clock;
  /** Does what is to be done now, and says in how many ms to come again; null: when woken. Runs never overlap. */
  readonly run: () => Promise<number | null>;
  /** A run has thrown, which none should. It is tried again after {@link AFTER_ERROR_MS}. */
  readonly onError: (error: unknown) => void;
}

const AFTER_ERROR_MS = 30_000;

/** Work that is done again and again: when its time has come, or when it is woken before. */
export class Recurring {
  readonly #options: RecurringOptions;
  #stopTimer: (() => void) | null = null;
  #due = Number.POSITIVE_INFINITY;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(options: RecurringOptions) {
    this.#options = options;
  }

  /** Has it run in `ms` at the latest; during a run, after that run. */
  wake(ms = 0): void {
    if (this.#stopped) return;
    const due = this.#options.clock.monotonic() + ms;
    if (due >= this.#due) return;
    this.#due = due;
    if (this.#running === null) this.#schedule();
  }

  /** No run begins any more; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopTimer?.();
    await this.#running;
  }

  #schedule(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    if (this.#stopped || this.#due === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#options;
    this.#stopTimer = clock.after(Math.max(0, this.#due - clock.monotonic()), () => {
      this.#stopTimer = null;
      this.#running = this.#once();
    });
  }

  async #once(): Promise<void> {
    this.#due = Number.POSITIVE_INFINITY;
    let next: number | null;
    try {
      next = await this.#options.run();
    } catch (error) {
      next = AFTER_ERROR_MS;
      this.#options.onError(error);
    }
    this.#running = null;
    if (next !== null) this.wake(next);
    this.#schedule();
  }
}
