import type { Fault } from '../../contract/fault.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Profile, Provider } from '../provider/provider.ts';
import type { FollowedOrder } from './ledger/ledger.ts';
import { throughPages } from './listing.ts';
import { obstacleOf } from './obstacles.ts';
import { freshFor, pauseBefore } from './tempo.ts';

export interface PollerParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** The orders to be asked about now, as the ledger has them. */
  readonly followed: () => Result<FollowedOrder[]>;
  /** The provider has told how an order stands. Gives whether that was taken in. */
  readonly tell: (orderId: string, profile: Profile) => boolean;
  /** The provider says that there is no such profile, or that it does not tell. */
  readonly tellMissing: (orderId: string, fault: Fault) => void;
  readonly signal: AbortSignal;
}

/** Pages of a list that one round reads at most: an account may have far more profiles than open orders. */
const MOST_PAGES = 5;
/** Profiles that one round asks about one by one at most. */
const MOST_FETCHES = 5;
const SMALLEST_PAGE = 50;
const LARGEST_PAGE = 1_000;

/**
 * Asks the provider how the open orders of one account stand, in as few requests as that takes: one order by its SID, many by one
 * list. An order that the first pages of the list do not show (`deep`: the account has many newer profiles) is looked for in the list
 * of its own status, and by its SID where it has left that.
 */
export class Poller {
  readonly #parts: PollerParts;
  /** When each order was last told about, by the monotonic clock. */
  readonly #toldAt = new Map<string, number>();
  /** What was last told of each order: most answers are the same again, and need not be held against the ledger. */
  readonly #lastTold = new Map<string, string>();
  /** Orders that were told about in this round. */
  readonly #told = new Set<string>();
  readonly #deep = new Set<string>();
  #round = 0;
  #pageSize = SMALLEST_PAGE;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  /** Begins the rhythm anew; gives the ms to the first round. */
  restart(): number {
    this.#round = 0;
    return this.#nextPause();
  }

  /** One round. Gives the ms to the next one, null where no order is open, or the fault that the requests met. */
  async round(provider: Provider): Promise<Result<number | null>> {
    const followed = this.#parts.followed();
    if (!followed.ok) return followed;
    this.#forgetOthers(followed.value);
    if (followed.value.length === 0) return ok(null);
    const due = followed.value.filter((order) => this.#untilDue(order) <= 0);
    this.#told.clear();
    const asked = await this.#ask(provider, due, followed.value);
    if (!asked.ok) return asked;
    const next = Math.min(...followed.value.map((order) => this.#untilDue(order)));
    return ok(Math.max(this.#nextPause(), next));
  }

  async #ask(
    provider: Provider,
    due: readonly FollowedOrder[],
    followed: readonly FollowedOrder[],
  ): Promise<Result<null>> {
    const shallow = due.filter((order) => !this.#deep.has(order.sid));
    if (shallow.length > 1) {
      const listed = await this.#askRecent(provider, shallow, followed);
      if (!listed.ok) return listed;
    }
    const deep = due.filter((order) => this.#deep.has(order.sid));
    if (deep.length > 1) {
      const listed = await this.#askByStatus(provider, deep);
      if (!listed.ok) return listed;
    }
    const rest = due
      .filter((order) => !this.#told.has(order.id))
      .sort((a, b) => (this.#toldAt.get(a.id) ?? 0) - (this.#toldAt.get(b.id) ?? 0));
    for (const order of rest.slice(0, MOST_FETCHES)) {
      const fetched = await this.#fetch(provider, order);
      if (!fetched.ok) return fetched;
    }
    return ok(null);
  }

  /** The first pages of the whole list, until all that are due have been seen. */
  async #askRecent(
    provider: Provider,
    due: readonly FollowedOrder[],
    followed: readonly FollowedOrder[],
  ): Promise<Result<unknown>> {
    const bySid = new Map(followed.map((order) => [order.sid, order]));
    const missing = new Set(due.map((order) => order.sid));
    let pages = 0;
    const pageSize = Math.min(LARGEST_PAGE, Math.max(this.#pageSize, 2 * followed.length));
    const seen = await throughPages(provider, { pageSize }, { signal: this.#parts.signal }, (page) => {
      pages += 1;
      for (const profile of page) {
        const order = profile.sid === null ? undefined : bySid.get(profile.sid);
        if (order === undefined) continue;
        this.#tell(order, profile);
        missing.delete(order.sid);
        this.#deep.delete(order.sid);
      }
      return missing.size > 0 && pages < MOST_PAGES;
    });
    if (!seen.ok) return seen;
    // A second page cost a second request: with larger pages the next round does without.
    if (pages > 1) this.#pageSize = Math.min(LARGEST_PAGE, pageSize * pages);
    for (const sid of missing) this.#deep.add(sid);
    return ok(null);
  }

  /** The list of each status that orders are in: those that it does not show any more have moved on. */
  async #askByStatus(provider: Provider, due: readonly FollowedOrder[]): Promise<Result<unknown>> {
    const byStatus = new Map<string, Map<string, FollowedOrder>>();
    for (const order of due) {
      const group = byStatus.get(order.status) ?? new Map<string, FollowedOrder>();
      byStatus.set(order.status, group.set(order.sid, order));
    }
    for (const [status, group] of byStatus) {
      if (group.size < 2) continue;
      let pages = 0;
      const filter = { status, pageSize: LARGEST_PAGE };
      const seen = await throughPages(provider, filter, { signal: this.#parts.signal }, (page) => {
        pages += 1;
        for (const profile of page) {
          const order = profile.sid === null ? undefined : group.get(profile.sid);
          if (order !== undefined) this.#tell(order, profile);
        }
        return pages < MOST_PAGES;
      });
      // A status that the provider does not filter by: those orders are asked about one by one.
      if (!seen.ok && obstacleOf(seen.fault) !== 'refusal') return seen;
    }
    return ok(null);
  }

  async #fetch(provider: Provider, order: FollowedOrder): Promise<Result<null>> {
    const fetched = await provider.fetch(order.sid, { signal: this.#parts.signal });
    if (fetched.ok) {
      this.#tell(order, fetched.value);
      return ok(null);
    }
    if (obstacleOf(fetched.fault) !== 'refusal') return fetched;
    this.#markTold(order);
    this.#lastTold.delete(order.id);
    this.#parts.tellMissing(order.id, fetched.fault);
    return ok(null);
  }

  #tell(order: FollowedOrder, profile: Profile): void {
    this.#markTold(order);
    const text = JSON.stringify(profile);
    // One that the ledger could not take is told again.
    if (this.#lastTold.get(order.id) !== text && this.#parts.tell(order.id, profile)) {
      this.#lastTold.set(order.id, text);
    }
  }

  #markTold(order: FollowedOrder): void {
    this.#told.add(order.id);
    this.#toldAt.set(order.id, this.#parts.clock.monotonic());
  }

  /** ms until an order has to be asked about again; 0 or less: now. */
  #untilDue(order: FollowedOrder): number {
    const toldAt = this.#toldAt.get(order.id);
    if (toldAt === undefined) return 0;
    const { clock } = this.#parts;
    const age = clock.monotonic() - toldAt;
    // A wall clock that was set back makes an order look as if it had changed in the future.
    const still = Math.max(0, clock.now() - order.updatedAt);
    return freshFor(order.status, order.missing, still) - age;
  }

  #forgetOthers(followed: readonly FollowedOrder[]): void {
    const ids = new Set(followed.map((order) => order.id));
    const sids = new Set(followed.map((order) => order.sid));
    for (const id of this.#toldAt.keys()) if (!ids.has(id)) this.#toldAt.delete(id);
    for (const id of this.#lastTold.keys()) if (!ids.has(id)) this.#lastTold.delete(id);
    for (const sid of this.#deep) if (!sids.has(sid)) this.#deep.delete(sid);
  }

  #nextPause(): number {
    const pause = pauseBefore(this.#round, this.#parts.random());
    this.#round += 1;
    return pause;
  }
}
