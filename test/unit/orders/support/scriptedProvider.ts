import { type Fault, fault } from '../../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../../contract/result.ts';
import { type Clock, pause } from '../../../../main/base/clock.ts';
import type { OrderProvider } from '../../../../main/orders/orderProvider.ts';
import type {
  CallOptions,
  CreateOutcome,
  CreateRequest,
  Fleet,
  Profile,
  ProfileFilter,
  ProviderObservation,
  Sim,
  SimUpdate,
  SimUpdateOutcome,
} from '../../../../main/provider/provider.ts';
import { ACCOUNT, profile, sidOf } from './profiles.ts';
import { ScriptedSims } from './scriptedSims.ts';

/** What the provider does with the next create request instead of making a profile and saying so. */
export type Mishap =
  /** Makes the profile; the answer never comes. */
  | 'commitThenHangUp'
  /** Makes the profile at once, and says so 20 s later. */
  | 'commitThenSlow'
  /** Makes nothing; the answer never comes. */
  | 'hangUp'
  /** Makes the profile and answers in time that it failed to answer. */
  | 'commitThen500'
  | 'limited'
  | 'limitedFor7s'
  | 'outOfStock'
  | 'rejected'
  | 'forbidden'
  | 'neverConnected'
  /** Makes the profile, and answers without its SID. */
  | 'namesNoProfile';

export interface Request {
  readonly kind: 'create' | 'fetch' | 'list' | 'check' | 'fetchSim' | 'updateSim' | 'listFleets';
  readonly what: string;
  /** By the test's monotonic clock. */
  readonly at: number;
}

const TIMEOUT_MS = 30_000;

/** A provider that keeps its own true record of the profiles it has made, and fails as it is told to. */
export class ScriptedProvider implements OrderProvider {
  readonly sims: ScriptedSims;
  /** Newest first, as the real list; unless `oldestFirst`. */
  readonly profiles: Profile[] = [];
  readonly requests: Request[] = [];
  readonly mishaps: Mishap[] = [];
  /** Nothing can be reached. */
  offline = false;
  /** The credentials are wrong for everything. */
  rejected = false;
  /** Fault that every list answers with. */
  listFault: Fault | null = null;
  latencyMs = 10;
  /** The provider's clock minus the wall clock of the test's beginning. */
  clockOffsetMs = 0;
  /** Whether answers tell the provider's time. */
  tellsTime = true;
  observe: (observation: ProviderObservation) => void = () => undefined;
  /** Called when a create request has arrived, before anything comes of it. */
  onCreate: (request: CreateRequest) => void = () => undefined;
  #next = 1;
  readonly #clock: Clock;
  readonly #began: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.sims = new ScriptedSims(clock);
    this.#began = clock.now() - clock.monotonic();
  }

  /** ms since 1970 by the provider's clock, which nobody sets. */
  get now(): number {
    return this.#clock.monotonic() + this.#began + this.clockOffsetMs;
  }

  count(kind: Request['kind']): number {
    return this.requests.filter((request) => request.kind === kind).length;
  }

  /** Makes a profile as another client of the account would. */
  make(given: Partial<Profile> = {}): Profile {
    const made = profile({
      sid: sidOf(this.#next),
      dateCreated: `${new Date(this.now).toISOString().slice(0, 19)}Z`,
      ...given,
    });
    this.#next += 1;
    this.profiles.unshift(made);
    return made;
  }

  /** The provider goes on with a profile. */
  move(sid: string, status: string, more: Partial<Profile> = {}): void {
    const index = this.profiles.findIndex((one) => one.sid === sid);
    const before = this.profiles[index];
    if (before === undefined) throw new Error(`no profile ${sid}`);
    this.profiles[index] = { ...before, status, ...more };
  }

  async create(request: CreateRequest, options: CallOptions = {}): Promise<CreateOutcome> {
    this.#note('create', request.target.kind === 'eid' ? request.target.eid : 'matchingId');
    this.onCreate(request);
    const mishap = this.mishaps.shift();
    if (this.offline || mishap === 'neverConnected') {
      this.#see('offline');
      return { kind: 'notProcessed', fault: fault('provider.offline'), retryAfterMs: null };
    }
    await pause(this.#clock, this.latencyMs, options.signal);
    if (this.rejected || mishap === 'rejected') {
      this.#see('rejected');
      return { kind: 'refused', fault: fault('account.rejected') };
    }
    switch (mishap) {
      case 'forbidden':
        return { kind: 'refused', fault: fault('account.forbidden') };
      case 'limited':
      case 'limitedFor7s': {
        this.#see('reachable');
        const retryAfterMs = mishap === 'limited' ? null : 7_000;
        return { kind: 'notProcessed', fault: fault('provider.limited'), retryAfterMs };
      }
      case 'outOfStock': {
        this.#see('reachable');
        const why = fault('provider.outOfStock', { providerCode: '83500', requestId: 'RQ1' });
        return { kind: 'refused', fault: why };
      }
      case 'hangUp':
      case 'commitThenHangUp':
        if (mishap === 'commitThenHangUp') this.#order(request);
        await pause(this.#clock, TIMEOUT_MS - this.latencyMs, options.signal);
        return { kind: 'unknown', fault: fault('provider.timeout') };
      case 'commitThenSlow': {
        const late = this.#order(request);
        await pause(this.#clock, 20_000, options.signal);
        return { kind: 'created', profile: late };
      }
      case 'commitThen500':
        this.#order(request);
        this.#see('reachable');
        return { kind: 'unknown', fault: fault('provider.broken') };
      case 'namesNoProfile':
        return { kind: 'created', profile: { ...this.#order(request), sid: null } };
    }
    const made = this.#order(request);
    this.#see('reachable');
    return { kind: 'created', profile: made };
  }

  async fetch(sid: string, options: CallOptions = {}): Promise<Result<Profile>> {
    this.#note('fetch', sid);
    const obstacle = await this.#answer(options);
    if (obstacle !== null) return fail(obstacle);
    const found = this.profiles.find((one) => one.sid === sid);
    return found === undefined ? fail(fault('provider.notFound')) : ok(found);
  }

  async *list(
    filter: ProfileFilter,
    options: CallOptions = {},
  ): AsyncGenerator<Result<Profile[]>, void, void> {
    const size = filter.pageSize ?? 50;
    for (let page = 0; ; page += 1) {
      this.#note('list', JSON.stringify(filter));
      const obstacle = (await this.#answer(options)) ?? this.listFault;
      if (obstacle !== null) {
        yield fail(obstacle);
        return;
      }
      const matching = this.profiles.filter(
        (one) =>
          (filter.eid === undefined || one.eid === filter.eid) &&
          (filter.status === undefined || one.status === filter.status),
      );
      yield ok(matching.slice(page * size, (page + 1) * size));
      if ((page + 1) * size >= matching.length) return;
    }
  }

  async check(options: CallOptions = {}): Promise<Result<null>> {
    this.#note('check', '');
    const obstacle = await this.#answer(options);
    return obstacle === null ? ok(null) : fail(obstacle);
  }

  async fetchSim(sid: string, options: CallOptions = {}): Promise<Result<Sim>> {
    this.#note('fetchSim', sid);
    const obstacle = await this.#answer(options);
    return obstacle === null ? this.sims.fetch(sid) : fail(obstacle);
  }

  async updateSim(sid: string, update: SimUpdate, options: CallOptions = {}): Promise<SimUpdateOutcome> {
    this.#note('updateSim', sid);
    if (this.offline) {
      this.#see('offline');
      return { kind: 'notProcessed', fault: fault('provider.offline'), retryAfterMs: null };
    }
    if (this.rejected) return { kind: 'refused', fault: fault('account.rejected') };
    return this.sims.update(sid, update, this.latencyMs, options);
  }

  async *listFleets(_filter = {}, options: CallOptions = {}): AsyncGenerator<Result<Fleet[]>, void, void> {
    this.#note('listFleets', '');
    const obstacle = await this.#answer(options);
    if (obstacle !== null) yield fail(obstacle);
    else if (!this.sims.listsFleets) yield fail(fault('account.forbidden'));
    else yield ok(this.sims.fleets);
  }

  #order({ target }: CreateRequest): Profile {
    return this.make(target.kind === 'eid' ? { eid: target.eid } : { matchingId: `M-${this.#next}` });
  }

  async #answer(options: CallOptions): Promise<Fault | null> {
    if (this.offline) {
      this.#see('offline');
      return fault('provider.offline');
    }
    await pause(this.#clock, this.latencyMs, options.signal);
    if (options.signal?.aborted) return fault('cancelled');
    this.#see(this.rejected ? 'rejected' : 'reachable');
    return this.rejected ? fault('account.rejected') : null;
  }

  #see(reachability: ProviderObservation['reachability']): void {
    const tells = this.tellsTime && reachability !== 'offline';
    this.observe({ reachability, fault: null, skewMs: tells ? this.now - this.#clock.now() : null });
  }

  #note(kind: Request['kind'], what: string): void {
    this.requests.push({ kind, what, at: this.#clock.monotonic() });
  }
}

/** All profiles of the account, by EID; those by matching ID under ''. */
export function madeByEid(provider: ScriptedProvider): Record<string, number> {
  const made: Record<string, number> = {};
  for (const { eid } of provider.profiles) made[eid ?? ''] = (made[eid ?? ''] ?? 0) + 1;
  return made;
}

export { ACCOUNT };
