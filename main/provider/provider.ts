import type { Fault } from '../../contract/fault.ts';
import type { Callback } from '../../contract/order.ts';
import type { AccountOf, ProviderName } from '../../contract/providerTable.ts';
import type { Result } from '../../contract/result.ts';
import type { Clock } from '../base/clock.ts';

/** The provider's eSIM profile, as it answers. Every field but `status` may be null. */
export interface Profile {
  readonly sid: string | null;
  readonly accountSid: string | null;
  readonly iccid: string | null;
  readonly simSid: string | null;
  readonly status: string;
  readonly eid: string | null;
  readonly smdpPlusAddress: string | null;
  readonly matchingId: string | null;
  readonly activationCode: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** ISO 8601, GMT, as given. */
  readonly dateCreated: string | null;
  readonly dateUpdated: string | null;
  readonly url: string | null;
  /** Fields that this version does not know, by name, as text. */
  readonly extra: Readonly<Record<string, string>>;
}

export interface CreateRequest {
  readonly target: { readonly kind: 'eid'; readonly eid: string } | { readonly kind: 'matchingId' };
  readonly callback: Callback | null;
}

/**
 * What became of a create request. The difference between the last three decides whether it may be repeated.
 * `createOutcome.ts` has the table of which answer means what.
 */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly profile: Profile }
  /**
   * Certainly not processed (429; the connection never opened; there was no secret to send): may be repeated, at the earliest
   * after `retryAfterMs` where the provider named a time. `retryPauseMs` in retry.ts gives the pause.
   */
  | { readonly kind: 'notProcessed'; readonly fault: Fault; readonly retryAfterMs: number | null }
  /** The provider said no (4xx). A fault `account.rejected` or `account.forbidden` is about the credentials, not the order. */
  | { readonly kind: 'refused'; readonly fault: Fault }
  /** May or may not have happened (time-out, broken connection, 5xx, unreadable answer): never repeat. */
  | { readonly kind: 'unknown'; readonly fault: Fault };

export interface ProfileFilter {
  readonly eid?: string;
  readonly simSid?: string;
  readonly status?: string;
  /** 1 to 1,000; the provider's default is 50. */
  readonly pageSize?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /**
   * Whole call, ms, its repetitions included; for a list, each page. Default 30,000. It starts when the secret is there: the
   * vault has a limit of its own, since a person may have to unlock the keychain first.
   */
  readonly timeoutMs?: number;
}

/** The eSIM profile operations of one account at one provider. Holds no secret: it asks the vault for each request. */
export interface Provider {
  /**
   * One attempt, never repeated by itself. Creates of one provider object run one after another: the provider limits
   * concurrency, and each has a connection of its own.
   */
  create(request: CreateRequest, options?: CallOptions): Promise<CreateOutcome>;
  fetch(sid: string, options?: CallOptions): Promise<Result<Profile>>;
  /**
   * All pages, in the provider's order, following `next_page_url` (which must stay on the endpoint's origin). Reading GETs
   * repeat by themselves after 429 and after a broken connection, a few times, with growing pauses.
   *
   * A list that ends without a fault is complete. A page that cannot be had ends it with that fault. A single profile that
   * cannot be read hides neither its page nor the next ones: all others are given, and the fault (`provider.unreadable`)
   * comes last. So whoever needs progress takes what comes; whoever must know that something is *not* there waits for the end.
   */
  list(filter: ProfileFilter, options?: CallOptions): AsyncGenerator<Result<Profile[]>, void, void>;
  /** Checks the credentials (a list of one); orders nothing. */
  check(options?: CallOptions): Promise<Result<null>>;
}

/** One page of a list. */
export interface Page<T> {
  readonly entries: T[];
  /** What to ask for the next page with; null on the last one. */
  readonly next: string | null;
  /** Why this page does not tell all: an entry that cannot be read, a next page that is not followed. */
  readonly incomplete: Fault | null;
}

/** The list of profiles a page at a time, for whoever shows it. */
export interface ProfileHistory {
  /**
   * @param cursor null for the first page, else the `next` of the page before, with the same filter
   */
  page(filter: ProfileFilter, cursor: string | null, options?: CallOptions): Promise<Result<Page<Profile>>>;
}

/** The provider's Sim (`supersim.v1.sim`), as it answers. Every field but `status` may be null. */
export interface Sim {
  readonly sid: string | null;
  readonly accountSid: string | null;
  readonly uniqueName: string | null;
  readonly iccid: string | null;
  /** `new`, `ready`, `active`, `inactive`, `scheduled` while a change is under way, or one that this version does not know. */
  readonly status: string;
  readonly fleetSid: string | null;
  /** ISO 8601, GMT, as given. */
  readonly dateCreated: string | null;
  readonly dateUpdated: string | null;
  readonly url: string | null;
  /** Fields that this version does not know, by name, as text. */
  readonly extra: Readonly<Record<string, string>>;
}

/** The provider's Fleet (`supersim.v1.fleet`): what Sims of one kind have in common. */
export interface Fleet {
  readonly sid: string | null;
  readonly accountSid: string | null;
  readonly uniqueName: string | null;
  readonly dataEnabled: boolean | null;
  /** MB a month; 0: the provider's own limit. */
  readonly dataLimit: number | null;
  readonly smsCommandsEnabled: boolean | null;
  readonly networkAccessProfileSid: string | null;
  readonly dateCreated: string | null;
  readonly dateUpdated: string | null;
  readonly url: string | null;
  readonly extra: Readonly<Record<string, string>>;
}

/** What a Sim's status can be asked to become. */
export type SimStatusWish = 'ready' | 'active' | 'inactive';

/** What is to be changed of a Sim; what is left out stays as it is. */
export interface SimUpdate {
  /** Unique in the account. */
  readonly uniqueName?: string;
  /** SID or unique name. */
  readonly fleet?: string;
  readonly status?: SimStatusWish;
  readonly callback?: Callback;
}

/** What became of a request to change a Sim. */
export type SimUpdateOutcome =
  | { readonly kind: 'updated'; readonly sim: Sim }
  /** Taken, and done later (202, or `status: "scheduled"`): ask for the Sim until its status is another one. */
  | { readonly kind: 'scheduled'; readonly sim: Sim }
  /** Certainly not processed: may be repeated, at the earliest after `retryAfterMs`. */
  | { readonly kind: 'notProcessed'; readonly fault: Fault; readonly retryAfterMs: number | null }
  /** The provider said no. */
  | { readonly kind: 'refused'; readonly fault: Fault }
  /** May or may not have happened. Ask for the Sim, and send what `missingOf` (simUpdate.ts) says is still missing. */
  | { readonly kind: 'unknown'; readonly fault: Fault };

export interface SimFilter {
  readonly status?: string;
  /** SID or unique name. */
  readonly fleet?: string;
  readonly iccid?: string;
  /** 1 to 1,000; the provider's default is 50. */
  readonly pageSize?: number;
}

/** The operations on Sims and Fleets of one account. */
export interface SimOperations {
  fetchSim(sid: string, options?: CallOptions): Promise<Result<Sim>>;
  /** One attempt, never repeated by itself. It does not wait for creates, nor do they for it. */
  updateSim(sid: string, update: SimUpdate, options?: CallOptions): Promise<SimUpdateOutcome>;
  /** All pages, as {@link Provider.list} gives them. */
  listSims(filter: SimFilter, options?: CallOptions): AsyncGenerator<Result<Sim[]>, void, void>;
  listFleets(
    filter?: { readonly pageSize?: number },
    options?: CallOptions,
  ): AsyncGenerator<Result<Fleet[]>, void, void>;
}

/** All that a provider of the Super SIM API can be asked for. */
export interface ProviderClient extends Provider, ProfileHistory, SimOperations {}

/** What every answer (or its absence) tells about the provider; the bench listens. */
export interface ProviderObservation {
  readonly reachability: 'reachable' | 'offline' | 'rejected';
  readonly fault: Fault | null;
  /** The provider's clock minus ours, ms, from the `Date` header (±0.5 s and the way back); null without one. */
  readonly skewMs: number | null;
}

/** `fetch` as the provider uses it: Node's own, Electron's `session.fetch`, or the demo's. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What is used of a `Response`: each `fetch` has a class of its own. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly redirected: boolean;
  readonly type: string;
  readonly url: string;
  readonly body: FetchBody | null;
}

export interface FetchBody {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
  cancel(): Promise<void>;
}

/** `cache` is Chromium's: Node's `fetch` has no cache and its types do not know the field. */
export type FetchInit = Omit<RequestInit, 'body' | 'headers'> & {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cache?: 'no-store';
};

export interface ProviderDeps {
  readonly fetch: Fetch;
  /**
   * A `fetch` that opens a new connection for every request; used for creates, one at a time. Needed where `fetch` is
   * Chromium's: that sends a request again by itself, POST too, when a connection that was used before breaks ahead of the
   * answer, and an order would be made twice. Without it creates use `fetch`, and Chromium's errors count as `unknown`.
   */
  readonly fetchOnNewConnection?: Fetch;
  /** Asks the vault; called at most once for each call. */
  readonly secret: () => Promise<Result<string>>;
  readonly clock: Clock;
  /** In [0, 1), for jitter. Default `Math.random`. */
  readonly random?: () => number;
  /** Called for every exchange but a cancelled one. */
  readonly observe?: (observation: ProviderObservation) => void;
  readonly userAgent: string;
}

/** Makes the client of one account; one file and one row in `providers.ts` each. */
export type ProviderFactory<Name extends ProviderName> = (
  account: AccountOf<Name>,
  deps: ProviderDeps,
) => ProviderClient;
