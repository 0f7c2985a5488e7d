export interface GrowingPauseOptions {
  /** The first one, ms. */
  readonly first: number;
  /** None is longer, ms. */
  readonly longest: number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A pause, up to a quarter of it taken off. @param random in [0, 1) */
export function jittered(ms: number, random: number): number {
  return ms * (0.75 + random / 4);
}

/** A pause that is twice as long from time to time; up to a quarter of it is taken off at random, so that many do not come at once. */
export class GrowingPause {
  readonly #options: GrowingPauseOptions;
  #ms: number;

  constructor(options: GrowingPauseOptions) {
    this.#options = options;
    this.#ms = options.first;
  }

  /** How long the next one is at most, ms. */
  get most(): number {
    return this.#ms;
  }

  /** How long to wait this time, ms. */
  next(): number {
    const { longest, random } = this.#options;
    const ms = jittered(this.#ms, random());
    this.#ms = Math.min(this.#ms * 2, longest);
    return ms;
  }

  /** It went well: the next one is as long as the first. */
  reset(): void {
    this.#ms = this.#options.first;
  }
}
