import { z } from 'zod';
import { type Fault, type FaultCode, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { unreadableFault } from './errors.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { startLimit } from './limit.ts';
import type { ProviderDeps } from './provider.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { observationOf, type Reply, replyOf, worthAnotherRead } from './reply.ts';
import { READ_RETRY, repeat } from './retry.ts';
import { Shared } from './shared.ts';

export interface ClientCredentialsOptions {
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly deps: Pick<ProviderDeps, 'fetch' | 'secret' | 'clock' | 'random' | 'observe' | 'userAgent'>;
}

/** A token as it is kept: in memory alone. */
export interface Token {
  readonly text: string;
  /** Until when it is used, ms of the monotonic clock. */
  readonly until: number;
}

/** Tokens of an OAuth 2 client. */
export interface TokenSource {
  /** The one in use, or a new one where there is none or its time is nearly over. Gives up when `signal` aborts. */
  get(signal?: AbortSignal): Promise<Result<string>>;
  /** Lets go of this token, so that the next call asks for another; does nothing where another is in use already. */
  discard(text: string): void;
}

/** What a person can do where client or token are not taken. */
export const CLIENT_HINT = 'Check client ID, client secret and token endpoint. What was ordered is kept.';

/** For a whole token request, its repetitions included, ms; without the vault, which has a limit of its own. */
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024;
/** How long before its end a token is replaced, at most: longer than a call takes. ms */
const EARLY_MS = 60_000;
/** A token whose life is not told is used this long. ms */
const UNTOLD_LIFE_MS = 300_000;
const LONGEST_LIFE_S = 31_536_000;

/** RFC 6749 §5.1. The token goes into a header: visible ASCII, as RFC 6750 §2.1 has it. */
const TokenShape = z.object({
  access_token: z
    .string()
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/, 'is no token'),
  expires_in: z.coerce.number().positive().nullish(),
  token_type: z
    .string()
    .regex(/^bearer$/i, 'is not Bearer')
    .nullish(),
});

/**
 * OAuth 2 client credentials (RFC 6749 §4.4), client and secret in the form (§2.3.1), as KORE's document of its token endpoint has
 * it. One request serves all who wait for it; it ends when the last of them gives up. A token is asked for again before its life
 * is over: there is no refresh token.
 */
export function createTokenSource({ tokenEndpoint, clientId, deps }: ClientCredentialsOptions): TokenSource {
  let token: Token | null = null;
  const asking = new Shared<Result<string>>();

  async function ask(signal: AbortSignal): Promise<Result<string>> {
    const secret = await deps.secret();
    if (!secret.ok) return secret;
    const limit = startLimit(deps.clock, TIMEOUT_MS, signal);
    const redactor = createRedactor([secret.value]);
    const form = new URLSearchParams([
      ['grant_type', 'client_credentials'],
      ['client_id', clientId],
      ['client_secret', secret.value],
    ]);
    const request = { method: 'POST', url: tokenEndpoint, headers: {}, form, maxBytes: MAX_BYTES } as const;
    // Its connection may be used again: a token request that is sent twice does no harm.
    const via = {
      fetch: deps.fetch,
      ownConnection: false,
      clock: deps.clock,
      userAgent: deps.userAgent,
    };
    const asked = deps.clock.monotonic();
    try {
      const reply = await repeat(
        async () => replyOf(await exchange({ ...request, redactor }, via, limit), redactor),
        worthAnotherRead,
        {
          policy: READ_RETRY,
          clock: deps.clock,
          signal: limit.signal,
          remainingMs: () => limit.remainingMs(),
          ...(deps.random === undefined ? {} : { random: deps.random }),
        },
      );
      const got = tokenOf(reply, asked, redactor);
      if (got.ok) {
        token = got.value;
        return ok(got.value.text);
      }
      observe(reply, got.fault);
      return got;
    } finally {
      limit.dispose();
    }
  }

  /** Why there is no token is why the provider cannot be asked. A token alone does not say that the provider answers. */
  function observe(reply: Reply, why: Fault): void {
    const seen = observationOf(reply.kind === 'bad' ? { ...reply, fault: why } : reply);
    if (seen === null) return;
    const reachability = seen.fault === null ? 'offline' : seen.reachability;
    deps.observe?.({ ...seen, reachability, fault: seen.fault ?? why });
  }

  return {
    async get(signal) {
      if (token !== null && deps.clock.monotonic() < token.until) return ok(token.text);
      return (await asking.join(ask, signal)) ?? fail(fault('cancelled'));
    },
    discard(text) {
      if (token?.text === text) token = null;
    },
  };
}

/** The token out of a reply, or the fault that says why there is none; the fault never quotes a good answer. */
function tokenOf(reply: Reply, asked: number, redactor: Redactor): Result<Token> {
  if (reply.kind === 'none') return fail(reply.fault);
  if (reply.kind === 'bad') {
    const isGood = reply.answer.status >= 200 && reply.answer.status < 300;
    // Half a token, or one that is no JSON, is still one: nothing of such a body is shown.
    return isGood && reply.answer.body.kind === 'other'
      ? fail(unreadableFault(unquoted(reply.answer), 'not readable as a token', redactor))
      : fail(refusalOf(reply));
  }
  const parsed = safeParse(TokenShape, reply.value);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].join(', ');
    return fail(unreadableFault(unquoted(reply.answer), `not a token: ${fields}`, redactor));
  }
  const { access_token: text, expires_in: seconds } = parsed.data;
  const lifeMs = seconds == null ? UNTOLD_LIFE_MS : Math.min(seconds, LONGEST_LIFE_S) * 1_000;
  return ok({ text, until: asked + lifeMs - Math.min(EARLY_MS, lifeMs / 2) });
}

function unquoted(answer: HttpAnswer): HttpAnswer {
  return answer.body.kind === 'other' ? { ...answer, body: { kind: 'other', text: '' } } : answer;
}

/** An error of the token endpoint (RFC 6749 §5.2), or KORE's own shape of it. Its words are not shown, since they may be anything. */
const ErrorShape = z.union([
  z.object({ error: z.string().max(100) }),
  z.object({ code: z.union([z.string(), z.number()]), message: z.string() }),
]);

/** What the error codes mean that are not about the client's name and secret. */
const MEANINGS: Readonly<Record<string, FaultCode>> = {
  unauthorized_client: 'account.forbidden',
  invalid_scope: 'account.forbidden',
  access_denied: 'account.forbidden',
};

/** Faults of an answer that are about the one request where the API gives it, but about the account where the endpoint of its tokens does. */
const ABOUT_ACCOUNT: ReadonlySet<FaultCode> = new Set([
  'account.rejected',
  'provider.refused',
  'provider.notFound',
  'provider.outOfStock',
]);

/**
 * What a refusal of the token endpoint means. It is never about an order: one that waits for a token waits for an account that has
 * one, and is not refused itself.
 */
function refusalOf({ answer, fault: said }: Extract<Reply, { kind: 'bad' }>): Fault {
  const { body, status, requestId } = answer;
  const error = body.kind === 'json' ? safeParse(ErrorShape, body.value) : null;
  const code = error?.success === true && 'error' in error.data ? error.data.error : null;
  const isRefusal = error?.success === true && [400, 401, 403].includes(status);
  const place = `HTTP ${status} · token endpoint`;
  // Its words are never quoted: whatever came from this endpoint may have a token in it.
  if (!isRefusal && !ABOUT_ACCOUNT.has(said.code)) return { ...said, details: place };
  const meaning = code !== null && Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  const known = code !== null && /^[a-z_]{1,40}$/.test(code) ? ` · ${code}` : '';
  return fault(meaning ?? 'account.rejected', {
    hint: CLIENT_HINT,
    details: `${place}${known}`,
    ...(requestId === null ? {} : { requestId }),
  });
}
