import type { Clock } from '../base/clock.ts';
import { Interrupted, type Limit, within } from './limit.ts';
import type { Fetch, FetchInit, FetchResponse } from './provider.ts';
import type { Redactor } from './redact.ts';
import { parseRetryAfter } from './retry.ts';
import { classifyFailure, type TransportFailure } from './transportFailures.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** `Accept` and `User-Agent` are added. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: URLSearchParams;
  /** The most that is read of a good answer's body, bytes after decompression. */
  readonly maxBytes: number;
  readonly redactor: Redactor;
}

export interface HttpParts {
  readonly fetch: Fetch;
  /** Whether `fetch` certainly opens a connection for this request alone. */
  readonly ownConnection: boolean;
  readonly clock: Clock;
  readonly userAgent: string;
}

/** What an answer's body is. Secrets are taken out of it already. */
export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Not JSON, or nothing at all: `text` is the beginning, one clean line without markup. */
  | { readonly kind: 'other'; readonly text: string }
  /** Larger than allowed; read no further. */
  | { readonly kind: 'tooLarge' }
  /** The connection broke, or the limit ended, in the middle of it. */
  | { readonly kind: 'broken'; readonly failure: TransportFailure };

export interface HttpAnswer {
  readonly status: number;
  /** Without parameters, in lower case; empty where the answer has none. */
  readonly contentType: string;
  readonly body: Body;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  /** The provider's clock minus ours, ms; null without a `Date` header. */
  readonly skewMs: number | null;
  /** Where a redirect points to: its origin alone, since the rest may hold a token. */
  readonly redirectsTo: string | null;
}

export type Exchange =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  | { readonly kind: 'failure'; readonly failure: TransportFailure };

/** An error's body needs no more than this. */
const ERROR_BYTES = 64 * 1024;
const SNIPPET = 300;
/** In order of preference: Twilio's own, then the usual one of gateways. */
const REQUEST_ID_HEADERS = ['twilio-request-id', 'x-request-id'];

/**
 * One request and its whole answer, within the limit. Never throws and never repeats. Redirects are not followed: credentials
 * must not travel to an address that the account does not name. No cookies, no cache.
 */
export async function exchange(request: HttpRequest, parts: HttpParts, limit: Limit): Promise<Exchange> {
  const failed = (error: unknown): Exchange => ({
    kind: 'failure',
    failure: failureOf(error, limit, parts.ownConnection, request.redactor),
  });
  if (limit.ended !== null) {
    const text =
      limit.ended === 'timeout' ? 'the time was over before it was sent' : 'cancelled before it was sent';
    return { kind: 'failure', failure: { reach: 'neverOpened', cause: limit.ended, text } };
  }
  const started = parts.clock.monotonic();
  let response: FetchResponse;
  try {
    response = await within(
      limit.signal,
      parts.fetch(request.url, requestInit(request, parts, limit.signal)),
    );
  } catch (error) {
    return failed(error);
  }
  const onTheWayMs = parts.clock.monotonic() - started;
  const receivedAt = parts.clock.now();
  if (response.redirected || response.type === 'opaqueredirect') {
    void response.body?.cancel().catch(() => undefined);
    const text = 'the answer is a redirect';
    return { kind: 'failure', failure: { reach: 'unknown', cause: 'redirect', text } };
  }
  const good = response.status >= 200 && response.status < 300;
  const body = await readBody(
    response,
    good ? request.maxBytes : ERROR_BYTES,
    request.redactor,
    limit,
    parts,
  );
  return { kind: 'answer', answer: answerOf(response, body, request.redactor, receivedAt, onTheWayMs) };
}

function requestInit(request: HttpRequest, parts: HttpParts, signal: AbortSignal): FetchInit {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'User-Agent': parts.userAgent,
    ...request.headers,
  };
  const init: FetchInit = {
    method: request.method,
    headers,
    signal,
    redirect: 'manual',
    cache: 'no-store',
    credentials: 'omit',
  };
  if (request.form === undefined) return init;
  headers['Content-Type'] = 'application/x-www-form-urlencoded';
  return { ...init, body: request.form.toString() };
}

function failureOf(
  error: unknown,
  limit: Limit,
  ownConnection: boolean,
  redactor: Redactor,
): TransportFailure {
  if (limit.ended !== null && (error instanceof Interrupted || limit.signal.aborted)) {
    const text = limit.ended === 'timeout' ? 'no whole answer within the time limit' : 'cancelled';
    return { reach: 'unknown', cause: limit.ended, text };
  }
  const failure = classifyFailure(error, ownConnection);
  return { ...failure, text: redactor.text(failure.text, SNIPPET) };
}

async function readBody(
  response: FetchResponse,
  maxBytes: number,
  redactor: Redactor,
  limit: Limit,
  parts: HttpParts,
): Promise<Body> {
  const stream = response.body;
  if (stream === null) return { kind: 'other', text: '' };
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(limit.signal, reader.read());
      if (done || value === undefined) break;
      size += value.byteLength;
      if (size > maxBytes) {
        void reader.cancel().catch(() => undefined);
        return { kind: 'tooLarge' };
      }
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    const failure = failureOf(error, limit, parts.ownConnection, redactor);
    // Headers have come, so the request has arrived, whatever the words of the error.
    return { kind: 'broken', failure: { ...failure, reach: 'unknown' } };
  }
  return parseBody(Buffer.concat(chunks), redactor);
}

function parseBody(bytes: Buffer, redactor: Redactor): Body {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'other', text: '' };
  }
  try {
    return { kind: 'json', value: redactor.data(JSON.parse(text)) };
  } catch {
    return { kind: 'other', text: redactor.text(withoutMarkup(text), SNIPPET) };
  }
}

/** The words of an HTML page: enough to recognise a proxy's error page, not a renderer. */
function withoutMarkup(text: string): string {
  // A long page is left alone: cut, it could end in half a secret, which no search would find.
  if (text.length > ERROR_BYTES) return '';
  return text.replace(/<(script|style)\b[^<>]*>[\s\S]*?(<\/\1\s*>|$)/gi, ' ').replace(/<[^<>]*>/g, ' ');
}

function answerOf(
  response: FetchResponse,
  body: Body,
  redactor: Redactor,
  receivedAt: number,
  onTheWayMs: number,
): HttpAnswer {
  const headers = response.headers;
  const serverDate = parseDate(headers.get('date'));
  return {
    status: response.status,
    contentType: redactor.text((headers.get('content-type') ?? '').replace(/;.*/s, '').toLowerCase(), 80),
    body,
    requestId: requestIdOf(headers, redactor),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), serverDate ?? receivedAt),
    // The header tells whole seconds, cut; and the server wrote it some time between our request and its answer.
    skewMs: serverDate === null ? null : Math.round(serverDate + 500 - (receivedAt - onTheWayMs / 2)),
    redirectsTo:
      response.status >= 300 && response.status < 400 ? originOf(headers, response.url, redactor) : null,
  };
}

function parseDate(header: string | null): number | null {
  if (header === null || !/^[A-Za-z]{3}/.test(header)) return null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : at;
}

function requestIdOf(headers: FetchResponse['headers'], redactor: Redactor): string | null {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headers.get(name);
    if (value !== null && /^[\w.:-]{1,80}$/.test(value)) return redactor.text(value, 80);
  }
  return null;
}

function originOf(headers: FetchResponse['headers'], base: string, redactor: Redactor): string | null {
  const location = headers.get('location');
  if (location === null || location.length > 4_000) return null;
  const url = parseUrl(location, base);
  return url === null || url.origin === 'null' ? null : redactor.text(url.origin, 200);
}

/** The address, or null where it is none. `URL.parse` is younger than Node 20. */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base === '' ? undefined : base);
  } catch {
    return null;
  }
}
