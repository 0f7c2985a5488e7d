import { type Fault, fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import type { Authority, BadReply, Credentials } from './authority.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http.ts';
import { type Limit, startLimit, within } from './limit.ts';
import type { CallOptions, Fetch, ProviderDeps } from './provider.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { observationOf, type Reply, replyOf, worthAnotherRead } from './reply.ts';
import { READ_RETRY, repeat } from './retry.ts';
import { Turnstile } from './turnstile.ts';

const TIMEOUT_MS = 30_000;
/** One resource is about 1 KB. */
const ONE_BYTES = 256 * 1024;

/** What an operation makes of a good answer's JSON. */
export type Reading<T> = (value: unknown, answer: HttpAnswer, redactor: Redactor) => Result<T>;

/** What an operation makes of any reply to something that changes things. */
export type Judging<T> = (reply: Reply, redactor: Redactor) => T;

/** Requests to the Super SIM API of one account: with its credentials, within the call's limit, observed. */
export interface SuperSimCalls {
  address(path: string, query?: URLSearchParams): URL;
  /** A GET, repeated where that helps, and what `read` makes of it. */
  get<T>(url: string, read: Reading<T>, options?: CallOptions, maxBytes?: number): Promise<Result<T>>;
  /**
   * A POST, one attempt.
   * @param way `once` for what must not be done twice: such requests run one after another, each on a connection of its own where there
   *   is a `fetchOnNewConnection`. `again` for what may be: it waits for nobody, and a transport that sends it again by itself does no harm.
   * @param notSent what to give where there was nothing to send it with, or the caller gave up before
   */
  post<T>(
    url: string,
    form: URLSearchParams,
    judge: Judging<T>,
    notSent: (reason: Fault) => T,
    way: 'once' | 'again',
    options?: CallOptions,
  ): Promise<T>;
}

export function createSuperSimCalls(
  endpoint: string,
  authority: Authority,
  deps: ProviderDeps,
): SuperSimCalls {
  const posts = new Turnstile();

  async function exchangeOnce(request: Sendable, via: Via, call: Call): Promise<Reply> {
    const exchanged = await exchange(
      { ...request, headers: call.credentials.headers, redactor: call.redactor },
      { ...via, clock: deps.clock, userAgent: deps.userAgent },
      call.limit,
    );
    return replyOf(exchanged, call.redactor);
  }

  function observed(reply: Reply): Reply {
    const observation = observationOf(reply);
    if (observation !== null) deps.observe?.(observation);
    return reply;
  }

  /** One exchange; where it says that the credentials have run out, one more with others. At most once in a call. */
  async function send(request: Sendable, via: Via, call: Call): Promise<Reply> {
    const reply = await exchangeOnce(request, via, call);
    const { renewal } = authority;
    const isDue = (one: Reply): one is BadReply =>
      renewal !== undefined && one.kind === 'bad' && renewal.isDue(one, request.method);
    if (!isDue(reply)) return observed(reply);
    renewal?.discard(call.credentials);
    if (call.renewed) return observed(rejected(reply, renewal?.hint));
    call.renewed = true;
    const fresh = await credentialsFor(authority, call.limit.signal);
    // Whoever gives the credentials observes why there are none.
    if (!fresh.ok) return unrenewed(reply, call.limit, fresh.fault);
    call.credentials = fresh.value;
    call.redactor = createRedactor([...call.secrets, ...fresh.value.secrets]);
    const second = await exchangeOnce(request, via, call);
    return observed(isDue(second) ? rejected(second, renewal?.hint) : second);
  }

  /** Runs `work` with credentials and within the call's limit. */
  async function authorised<T>(
    options: CallOptions | undefined,
    work: (call: Call) => Promise<T>,
    without: (reason: Fault) => T,
  ): Promise<T> {
    const credentials = await credentialsFor(authority, options?.signal);
    if (!credentials.ok) return without(credentials.fault);
    const { secrets } = credentials.value;
    const limit = startLimit(deps.clock, options?.timeoutMs ?? TIMEOUT_MS, options?.signal);
    const redactor = createRedactor(secrets);
    try {
      return await work({ credentials: credentials.value, secrets, redactor, limit, renewed: false });
    } finally {
      limit.dispose();
    }
  }

  return {
    address(path, query = new URLSearchParams()) {
      const url = new URL(endpoint + path);
      url.search = query.toString();
      return url;
    },

    get(url, read, options, maxBytes = ONE_BYTES) {
      return authorised(
        options,
        async (call) => {
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
        },
        (reason) => fail(reason),
      );
    },

    async post(url, form, judge, notSent, way, options) {
      const fresh = way === 'once' ? deps.fetchOnNewConnection : undefined;
      const via = { fetch: fresh ?? deps.fetch, ownConnection: fresh !== undefined };
      const leave = way === 'once' ? await posts.enter(options?.signal) : () => undefined;
      if (leave === null) return notSent(fault('cancelled'));
      try {
        return await authorised(
          options,
          async (call) => {
            const reply = await send({ method: 'POST', url, form, maxBytes: ONE_BYTES }, via, call);
            return judge(reply, call.redactor);
          },
          notSent,
        );
      } finally {
        leave();
      }
    },
  };
}

type Sendable = Omit<HttpRequest, 'headers' | 'redactor'>;
type Via = { readonly fetch: Fetch; readonly ownConnection: boolean };

/** One call in progress. Its credentials may be renewed once. */
interface Call {
  credentials: Credentials;
  /** Of the credentials that it began with. */
  readonly secrets: readonly string[];
  redactor: Redactor;
  readonly limit: Limit;
  renewed: boolean;
}

/** Others do not help either, so it is not their age: the provider does not take them. That it said so itself is certain. */
function rejected(reply: BadReply, hint: string | undefined): Reply {
  const { details, providerCode, requestId } = reply.fault;
  const extras = {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
    ...(providerCode === undefined ? {} : { providerCode }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return { ...reply, recognised: true, fault: fault('account.rejected', extras) };
}

/** The request was not processed, and there is nothing to send it again with. */
function unrenewed(reply: BadReply, limit: Limit, why: Fault): Reply {
  if (why.code.startsWith('account.')) return { ...reply, recognised: true, fault: why };
  const ended = why.code === 'cancelled' ? limit.ended : null;
  const cause = ended ?? 'network';
  return {
    kind: 'none',
    failure: { reach: 'neverOpened', cause, text: 'no credentials to send it with' },
    fault: ended === 'timeout' ? fault('provider.timeout') : why,
  };
}

/** The credentials, or the fault of whoever keeps them, or `cancelled` as soon as the caller gives up. */
async function credentialsFor(
  authority: Authority,
  signal: AbortSignal | undefined,
): Promise<Result<Credentials>> {
  if (signal === undefined) return authority.credentials(signal);
  try {
    return await within(signal, authority.credentials(signal));
  } catch (error) {
    if (signal.aborted) return fail(fault('cancelled'));
    throw error;
  }
}
