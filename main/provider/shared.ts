/**
 * Work that is done once for all who ask for it while it goes on. It is told to stop when the last of them has given up; whoever
 * asks after that begins it anew.
 */
export class Shared<T> {
  #current: { readonly work: Promise<T>; readonly controller: AbortController; waiting: number } | null =
    null;

  /** What the work gives, or null as soon as `signal` aborts. Rejects as the work does. */
  async join(begin: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T | null> {
    if (signal?.aborted) return null;
    const current = this.#current ?? this.#begin(begin);
    current.waiting += 1;
    return new Promise<T | null>((resolve, reject) => {
      const giveUp = () => {
        current.waiting -= 1;
        if (current.waiting === 0) {
          if (this.#current === current) this.#current = null;
          current.controller.abort();
        }
        resolve(null);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      current.work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
    });
  }

  #begin(begin: (signal: AbortSignal) => Promise<T>) {
    const controller = new AbortController();
    const work = begin(controller.signal);
    const current = { work, controller, waiting: 0 };
    this.#current = current;
    const end = () => {
      if (this.#current === current) this.#current = null;
    };
    work.then(end, end);
    return current;
  }
}
