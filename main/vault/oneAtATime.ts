import type { Clock } from '../base/clock.ts';

/** The work did not end in time. It goes on; nothing else is begun before it ends. */
export class StillBusy extends Error {}

/**
 * Runs one piece of work at a time, each within a limit. keytar works on threads of Node's pool, of which there are four, and a
 * call that waits for a person (the keyring's password prompt) cannot be taken back: were each new call given a thread, some
 * clicks would leave none for files and names, and the process would stand still.
 */
export class OneAtATime {
  readonly #clock: Clock;
  readonly #limitMs: number;
  #tail: Promise<void> = Promise.resolve();

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** Settles as `work` does; rejects with {@link StillBusy} when its turn and itself together take longer than the limit. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let over = false;
      const stop = this.#clock.after(this.#limitMs, () => {
        over = true;
        reject(new StillBusy());
      });
      const turn = async () => {
        // Nobody waits for it any more, so it must not happen behind the caller's back.
        if (over) return;
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        } finally {
          stop();
        }
      };
      this.#tail = this.#tail.then(turn);
    });
  }
}
