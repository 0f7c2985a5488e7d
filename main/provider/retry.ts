import { type Clock, pause } from '../base/clock.ts';

/** How often and how patiently something is repeated. Times in ms. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** The first pause, before jitter; each one after it is twice as long. */
  readonly firstMs: number;
  /** No pause grows beyond this, but for a longer one that the provider asks for. */
  readonly capMs: number;
}

/** For a request that only reads. */
export const READ_RETRY: RetryPolicy = { attempts: 4, firstMs: 500, capMs: 8_000 };

/** What the provider may ask for at most; a longer `Retry-After` is cut to this. */
export const RETRY_AFTER_LIMIT_MS = 60 * 60 * 1000;

/** So that benches that were told the same moment do not all come back at it. */
const RETRY_AFTER_SPREAD_MS = 1_000;

/**
 * The pause before the next attempt, ms. What the provider asked for (`Retry-After`) is the least, up to a second is added at
 * random; else the policy's pause doubles from attempt to attempt, of which between half and all is taken at random.
 * @param attempt how many attempts there were; 1 after the first
 * @param random in [0, 1)
 */
export function retryPauseMs(
  policy: RetryPolicy,
  attempt: number,
  retryAfterMs: number | null,
  random: () => number,
): number {
  if (retryAfterMs !== null)
    return Math.round(Math.min(retryAfterMs, RETRY_AFTER_LIMIT_MS) + random() * RETRY_AFTER_SPREAD_MS);
  const grown = Math.min(policy.capMs, policy.firstMs * 2 ** (attempt - 1));
  return Math.round(grown * (0.5 + random() / 2));
}

/** What an attempt means for the next one. */
export type Verdict =
  | { readonly again: false }
  | { readonly again: true; readonly retryAfterMs: number | null };

export interface RepeatOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly random?: () => number;
  /** Ends a pause at once; no attempt follows. */
  readonly signal?: AbortSignal;
  /** ms that are left for pauses. A pause that would not fit is not begun. */
  readonly remainingMs?: () => number;
}

/**
 * Runs `attempt` until `judge` is satisfied, the attempts are used up, the next pause would not fit into what is left, or the
 * signal aborts. Gives the last attempt's outcome, whichever it is.
 */
export async function repeat<T>(
  attempt: (count: number) => Promise<T>,
  judge: (outcome: T) => Verdict,
  options: RepeatOptions,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    const outcome = await attempt(count);
    const verdict = judge(outcome);
    if (!verdict.again || count >= options.policy.attempts || options.signal?.aborted) return outcome;
    const wait = retryPauseMs(options.policy, count, verdict.retryAfterMs, options.random ?? Math.random);
    if (options.remainingMs !== undefined && wait >= options.remainingMs()) return outcome;
    await pause(options.clock, wait, options.signal);
    if (options.signal?.aborted) return outcome;
  }
}

/**
 * `Retry-After` in ms: seconds, or an HTTP date (RFC 9110 §10.2.3), which is taken against the answer's own `Date` where it
 * has one, so that a wrong clock here does not matter. Null where there is none or it makes no sense; never beyond an hour.
 * @param now ms since 1970
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, RETRY_AFTER_LIMIT_MS);
  if (!/^[A-Za-z]{3}/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), RETRY_AFTER_LIMIT_MS);
}
