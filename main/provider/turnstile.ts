/** Lets one through at a time, in the order in which they came. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn. Gives the function that ends it, or null when `signal` aborted first (then the turn is given up).
   */
  async enter(signal?: AbortSignal): Promise<(() => void) | null> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => turn);
    const aborted = await settledOrAborted(before, signal);
    if (!aborted) return leave;
    leave();
    return null;
  }
}

function settledOrAborted(before: Promise<void>, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve(true);
      return;
    }
    const abort = () => resolve(true);
    signal?.addEventListener('abort', abort, { once: true });
    void before.then(() => {
      signal?.removeEventListener('abort', abort);
      resolve(false);
    });
  });
}
