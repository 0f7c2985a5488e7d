import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import { GrowingPause, jittered } from './growingPause.ts';
import { obstacleOf } from './obstacles.ts';
import { Recurring } from './recurring.ts';

/** Why no request to the provider is worth making now. */
export interface Blocked {
  readonly by: 'network' | 'limit' | 'account';
  readonly fault: Fault;
}

export interface GateOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Asks the provider for next to nothing, to see whether it answers. */
  readonly probe: () => Promise<Result<null>>;
  /** Whether anything waits for the gate: nobody is asked for nothing. */
  readonly wanted: () => boolean;
  /** The way is free again. */
  readonly onOpen: () => void;
  /** It has become blocked, or is now for another reason. */
  readonly onBlocked: (blocked: Blocked) => void;
  readonly onError: (error: unknown) => void;
}

const FIRST_PROBE_MS = 2_000;
const LONGEST_PROBE_MS = 60_000;
/** How long to wait after 429 where nothing says how long, ms. */
const LIMIT_MS = 30_000;

/**
 * Whether the provider can be asked, for one account. Requests are not tried one by one against a wall: the first that meets it
 * closes the gate, and one small probe looks from time to time, less and less often, whether it is open again. A wall of
 * credentials is not probed: it opens when they change, or when a technician asks.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #prober: Recurring;
  #blocked: Blocked | null = null;
  readonly #pause: GrowingPause;
  /** When the provider takes requests again, by the monotonic clock. */
  #limitedUntil = 0;
  #credentials = 0;

  constructor(options: GateOptions) {
    const { random } = options;
    this.#options = options;
    this.#pause = new GrowingPause({ first: FIRST_PROBE_MS, longest: LONGEST_PROBE_MS, random });
    this.#prober = new Recurring({
      clock: options.clock,
      onError: options.onError,
      run: () => this.#probe(),
    });
  }

  /** Null while the way is free. */
  get blocked(): Blocked | null {
    return this.#blocked;
  }

  /** Which credentials are in use, as a number that goes up with each change. To be noted before a request. */
  get credentials(): number {
    return this.#credentials;
  }

  /**
   * Takes in a fault that a request met. Gives whether it is about the way to the provider, and not about this one request.
   * @param credentials those that it was made with: a no to old ones says nothing about the new
   * @param retryAfterMs what the provider asked for with a 429
   */
  meet(fault: Fault, credentials: number, retryAfterMs: number | null = null): boolean {
    const obstacle = obstacleOf(fault);
    if (obstacle === 'refusal' || obstacle === 'stopped') return false;
    if (obstacle === 'account' && credentials !== this.#credentials) return true;
    const before = this.#blocked;
    this.#blocked = { by: obstacle, fault };
    if (before?.by !== obstacle) this.#pause.reset();
    if (before?.by !== obstacle || before.fault.code !== fault.code) this.#options.onBlocked(this.#blocked);
    if (obstacle === 'network') this.#prober.wake(this.#pause.next());
    if (obstacle === 'limit') {
      const wait = retryAfterMs ?? jittered(LIMIT_MS, this.#options.random());
      this.#limitedUntil = this.#options.clock.monotonic() + wait;
      this.#prober.wake(wait);
    }
    return true;
  }

  /** Other credentials are there: what was in the way because of the old ones is gone. */
  credentialsChanged(): void {
    this.#credentials += 1;
    if (this.#blocked?.by === 'account') this.open();
    else this.probeNow();
  }

  /** An answer came: what was in the way of reaching the provider is gone. */
  passed(): void {
    if (this.#blocked?.by !== 'limit') this.open();
  }

  open(): void {
    if (this.#blocked === null) return;
    this.#blocked = null;
    this.#pause.reset();
    this.#options.onOpen();
  }

  /** Looks now instead of later: a technician waits, or the system says that a network is there. */
  probeNow(): void {
    if (this.#blocked !== null && this.#blocked.by !== 'limit') this.#prober.wake();
  }

  /** Something waits that did not before. */
  wantedNow(): void {
    if (this.#blocked?.by === 'network') this.#prober.wake(this.#pause.most);
  }

  stop(): Promise<void> {
    return this.#prober.stop();
  }

  async #probe(): Promise<number | null> {
    if (this.#blocked === null) return null;
    if (this.#blocked.by === 'limit') {
      const left = this.#limitedUntil - this.#options.clock.monotonic();
      if (left > 0) return left;
      this.open();
      return null;
    }
    if (!this.#options.wanted()) return null;
    const credentials = this.#credentials;
    const answer = await this.#options.probe();
    // An answer that refuses this one request came from the provider all the same.
    if (answer.ok || obstacleOf(answer.fault) === 'refusal') this.open();
    else this.meet(answer.fault, credentials);
    return null;
  }
}
