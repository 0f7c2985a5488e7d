import type { Account } from '../../contract/account.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { outcomeOf } from './createOutcome.ts';
import { unreadableFault } from './errors.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http.ts';
import { type Limit, startLimit, within } from './limit.ts';
import { PageTrail, readPage } from './paging.ts';
import { readProfile } from './profile.ts';
import type {
  CallOptions,
  CreateOutcome,
  CreateRequest,
  Fetch,
  Profile,
  ProfileFilter,
  Provider,
  ProviderDeps,
} from './provider.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { observationOf, type Reply, replyOf, worthAnotherRead } from './reply.ts';
import { READ_RETRY, repeat } from './retry.ts';
import { Turnstile } from './turnstile.ts';

/** What a request carries to prove whose it is. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** Everything in `headers` that nobody else may see, for the redactor. */
  readonly secrets: readonly string[];
}

/** Gets the credentials for one call; all in which the providers of this API differ. */
export type Authorise = (signal: AbortSignal | undefined) => Promise<Result<Credentials>>;

const PROFILES = '/v1/ESimProfiles';
const TIMEOUT_MS = 30_000;
const ONE_BYTES = 256 * 1024;
/** A page of 1,000 profiles is about 700 KB. */
const LIST_BYTES = 4 * 1024 * 1024;
const PAGE_SIZE = { min: 1, max: 1_000 };

/** The form of a create request; an order by EID and one by matching ID never share it (what both together mean is not known). */
export function createForm(request: CreateRequest): URLSearchParams {
  const form = new URLSearchParams();
  if (request.target.kind === 'eid') form.set('Eid', request.target.eid);
  else form.set('GenerateMatchingId', 'true');
  if (request.callback !== null) {
    form.set('CallbackUrl', request.callback.url);
    form.set('CallbackMethod', request.callback.method);
  }
  return form;
}

/** The query of a list request. */
export function listQuery(filter: ProfileFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.eid !== undefined) query.set('Eid', filter.eid);
  if (filter.simSid !== undefined) query.set('SimSid', filter.simSid);
  if (filter.status !== undefined) query.set('Status', filter.status);
  if (filter.pageSize !== undefined) query.set('PageSize', String(filter.pageSize));
  return query;
}

/**
 * The eSIM profile operations of the Super SIM API, which Twilio made and KORE took over: same paths, forms, fields and errors.
 * What differs comes in as `authorise`.
 */
export function createSuperSimProvider(account: Account, authorise: Authorise, deps: ProviderDeps): Provider {
  const creates = new Turnstile();

  function address(path: string, query = new URLSearchParams()): URL {
    const url = new URL(account.endpoint + path);
    url.search = query.toString();
    return url;
  }

  async function send(
    request: Omit<HttpRequest, 'headers' | 'redactor'>,
    via: { readonly fetch: Fetch; readonly ownConnection: boolean },
    call: Authorised,
  ): Promise<Reply> {
    const exchanged = await exchange(
      { ...request, headers: call.credentials.headers, redactor: call.redactor },
      { ...via, clock: deps.clock, userAgent: deps.userAgent },
      call.limit,
    );
    const reply = replyOf(exchanged, call.redactor);
    const observation = observationOf(reply);
    if (observation !== null) deps.observe?.(observation);
    return reply;
  }

  /** Runs `work` with credentials and within the call's limit. */
  async function authorised<T>(
    options: CallOptions | undefined,
    work: (call: Authorised) => Promise<T>,
    without: (reason: Fault) => T,
  ): Promise<T> {
    const credentials = await credentialsFor(authorise, options?.signal);
    if (!credentials.ok) return without(credentials.fault);
    const limit = startLimit(deps.clock, options?.timeoutMs ?? TIMEOUT_MS, options?.signal);
    try {
      const redactor = createRedactor(credentials.value.secrets);
      return await work({ credentials: credentials.value, redactor, limit });
    } finally {
      limit.dispose();
    }
  }

  /** A GET, repeated where that helps, and what `read` makes of it. */
  function get<T>(
    url: string,
    maxBytes: number,
    read: Reading<T>,
    options?: CallOptions,
  ): Promise<Result<T>> {
    const attempt = async (call: Authorised): Promise<Result<T>> => {
      const reply = await repeat(
        () => send({ method: 'GET', url, maxBytes }, { fetch: deps.fetch, ownConnection: false }, call),
        worthAnotherRead,
        {
          policy: READ_RETRY,
          clock: deps.clock,
          signal: call.limit.signal,
          remainingMs: () => call.limit.remainingMs(),
          ...(deps.random === undefined ? {} : { random: deps.random }),
        },
      );
      return reply.kind === 'good' ? read(reply.value, reply.answer, call.redactor) : fail(reply.fault);
    };
    return authorised(options, attempt, (reason) => fail(reason));
  }

  async function create(request: CreateRequest, options?: CallOptions): Promise<CreateOutcome> {
    const url = address(PROFILES).href;
    const fresh = deps.fetchOnNewConnection;
    const leave = await creates.enter(options?.signal);
    if (leave === null) return notSent(fault('cancelled'));
    try {
      return await authorised<CreateOutcome>(
        options,
        async (call) => {
          const reply = await send(
            { method: 'POST', url, form: createForm(request), maxBytes: ONE_BYTES },
            { fetch: fresh ?? deps.fetch, ownConnection: fresh !== undefined },
            call,
          );
          return outcomeOf(reply, call.redactor);
        },
        notSent,
      );
    } finally {
      leave();
    }
  }

  async function* list(
    filter: ProfileFilter,
    options?: CallOptions,
  ): AsyncGenerator<Result<Profile[]>, void, void> {
    const size = filter.pageSize ?? PAGE_SIZE.min;
    if (!Number.isInteger(size) || size < PAGE_SIZE.min || size > PAGE_SIZE.max) {
      yield fail(fault('usage.invalid', { message: 'A page holds 1 to 1,000 profiles.' }));
      return;
    }
    const trail = new PageTrail(address(PROFILES, listQuery(filter)));
    let incomplete: Fault | null = null;
    for (;;) {
      const page = await get(trail.current, LIST_BYTES, readingOfPage(trail), options);
      if (!page.ok) {
        yield page;
        return;
      }
      yield ok(page.value.profiles);
      incomplete ??= page.value.incomplete;
      if (page.value.last) break;
    }
    if (incomplete !== null) yield fail(incomplete);
  }

  return {
    create,
    list,
    async fetch(sid, options) {
      if (!/^[A-Za-z0-9]{2,64}$/.test(sid))
        return fail(
          fault('usage.invalid', { message: 'The SID of a profile has letters and digits alone.' }),
        );
      return get(address(`${PROFILES}/${sid}`).href, ONE_BYTES, readingOfProfile, options);
    },
    check(options) {
      const url = address(PROFILES, listQuery({ pageSize: 1 })).href;
      return get(url, LIST_BYTES, readingOfCheck, options);
    },
  };
}

interface Authorised {
  readonly credentials: Credentials;
  readonly redactor: Redactor;
  readonly limit: Limit;
}

type Reading<T> = (value: unknown, answer: HttpAnswer, redactor: Redactor) => Result<T>;

function notSent(reason: Fault): CreateOutcome {
  return { kind: 'notProcessed', fault: reason, retryAfterMs: null };
}

/** The credentials, or the fault of the vault, or `cancelled` as soon as the caller gives up. */
async function credentialsFor(
  authorise: Authorise,
  signal: AbortSignal | undefined,
): Promise<Result<Credentials>> {
  if (signal === undefined) return authorise(signal);
  try {
    return await within(signal, authorise(signal));
  } catch (error) {
    if (signal.aborted) return fail(fault('cancelled'));
    throw error;
  }
}

const readingOfProfile: Reading<Profile> = (value, answer, redactor) => {
  const read = readProfile(value);
  return read.ok ? ok(read.profile) : fail(unreadableFault(answer, read.why, redactor));
};

/** The list may be empty, but it has to be one: a page that answers 200 to everything is no provider. */
const readingOfCheck: Reading<null> = (value, answer, redactor) => {
  const page = readPage(value);
  return page.ok ? ok(null) : fail(unreadableFault(answer, page.why, redactor));
};

interface ListPage {
  readonly profiles: Profile[];
  /** Why this page does not tell all. */
  readonly incomplete: Fault | null;
  readonly last: boolean;
}

/** Reads a page and moves the trail on to the next one. */
function readingOfPage(trail: PageTrail): Reading<ListPage> {
  return (value, answer, redactor) => {
    const page = readPage(value);
    if (!page.ok) return fail(unreadableFault(answer, page.why, redactor));
    const problem = page.nextPageUrl === null ? null : trail.follow(page.nextPageUrl);
    const why = [page.unreadable, problem].filter((text) => text !== null).join('; ');
    return ok({
      profiles: page.profiles,
      incomplete: why === '' ? null : unreadableFault(answer, why, redactor),
      last: page.nextPageUrl === null || problem !== null,
    });
  };
}
