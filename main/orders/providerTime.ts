import type { Clock } from '../base/clock.ts';
import type { SentAt } from './record.ts';

/**
 * What time it is for the provider. Its clock is measured from the `Date` of its answers and carried on with our monotonic
 * clock, so that neither a wrong wall clock nor one that is set meanwhile matters.
 */
export class ProviderTime {
  readonly #clock: Clock;
  #measured: { readonly offset: number; readonly at: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param skewMs the provider's clock minus ours, just now */
  measure(skewMs: number): void {
    const at = this.#clock.monotonic();
    this.#measured = { offset: this.#clock.now() + skewMs - at, at };
  }

  /** ms since the last measurement; infinite where there was none. */
  get ageMs(): number {
    return this.#measured === null ? Number.POSITIVE_INFINITY : this.#clock.monotonic() - this.#measured.at;
  }

  now(): SentAt {
    return this.#measured === null
      ? { ms: this.#clock.now(), by: 'local' }
      : { ms: Math.round(this.#clock.monotonic() + this.#measured.offset), by: 'provider' };
  }
}
