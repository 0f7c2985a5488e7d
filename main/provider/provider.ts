import type { Fault } from '../../contract/fault.ts';
import type { Callback } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';

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

/** What became of a create request. The difference between the last three decides whether it may be repeated. */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly profile: Profile }
  /** Certainly not processed (429; the connection never opened): may be repeated. */
  | { readonly kind: 'notProcessed'; readonly fault: Fault; readonly retryAfterMs: number | null }
  /** The provider said no (4xx). */
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
  /** Whole call, ms. Default 30,000. */
  readonly timeoutMs?: number;
}

/** The eSIM profile operations of one account at one provider. Holds no secret: it asks the vault for each request. */
export interface Provider {
  /** One attempt, never repeated by itself. */
  create(request: CreateRequest, options?: CallOptions): Promise<CreateOutcome>;
  fetch(sid: string, options?: CallOptions): Promise<Result<Profile>>;
  /**
   * All pages, in the provider's order, following `next_page_url` (which must stay on the endpoint's origin). Ends after the
   * first fault. Reading GETs repeat by themselves after 429 and after a broken connection, a few times, with growing pauses.
   */
  list(filter: ProfileFilter, options?: CallOptions): AsyncGenerator<Result<Profile[]>, void, void>;
  /** Checks the credentials (a list of one); orders nothing. */
  check(options?: CallOptions): Promise<Result<null>>;
}

/** What every answer (or its absence) tells about the provider; the bench listens. */
export interface ProviderObservation {
  readonly reachability: 'reachable' | 'offline' | 'rejected';
  readonly fault: Fault | null;
  /** The provider's clock minus ours, ms, from the `Date` header (±0.5 s and the way back); null without one. */
  readonly skewMs: number | null;
}
