import type { Fault } from '../../contract/fault.ts';
import { faultOfAnswer, faultOfFailure, unreadableFault } from './errors.ts';
import type { Exchange, HttpAnswer } from './http.ts';
import type { ProviderObservation } from './provider.ts';
import type { Redactor } from './redact.ts';
import type { Verdict } from './retry.ts';
import type { TransportFailure } from './transportFailures.ts';

/** An exchange as the provider's operations see it. */
export type Reply =
  /** 2xx with JSON. Whether it is the JSON that was asked for is for the operation to say. */
  | { readonly kind: 'good'; readonly answer: HttpAnswer; readonly value: unknown }
  /** Any other answer. `recognised`: its error is one of the provider's shapes, so it was certainly the provider who spoke. */
  | {
      readonly kind: 'bad';
      readonly answer: HttpAnswer;
      readonly fault: Fault;
      readonly recognised: boolean;
    }
  /** No answer. */
  | { readonly kind: 'none'; readonly failure: TransportFailure; readonly fault: Fault };

export function replyOf(exchanged: Exchange, redactor: Redactor): Reply {
  if (exchanged.kind === 'failure')
    return { kind: 'none', failure: exchanged.failure, fault: faultOfFailure(exchanged.failure, redactor) };
  const { answer } = exchanged;
  if (answer.status < 200 || answer.status >= 300)
    return { kind: 'bad', answer, ...faultOfAnswer(answer, redactor) };
  switch (answer.body.kind) {
    case 'json':
      return { kind: 'good', answer, value: answer.body.value };
    case 'broken':
      return { kind: 'bad', answer, fault: faultOfFailure(answer.body.failure, redactor), recognised: false };
    case 'other':
    case 'tooLarge':
      return {
        kind: 'bad',
        answer,
        fault: unreadableFault(answer, answer.body.kind === 'other' ? 'no JSON' : '', redactor),
        recognised: false,
      };
  }
}

/**
 * What a reply tells about the provider; null where it tells nothing (the caller cancelled).
 * Reachable is a provider that spoke for itself, be it to refuse. Whatever else answers in its place (a proxy, a login page,
 * a gateway with nothing behind it) means that the provider is not reached.
 */
export function observationOf(reply: Reply): ProviderObservation | null {
  if (reply.kind === 'good') return { reachability: 'reachable', fault: null, skewMs: reply.answer.skewMs };
  const { fault } = reply;
  if (fault.code === 'cancelled') return null;
  if (reply.kind === 'none') return { reachability: 'offline', fault, skewMs: null };
  const { skewMs, status } = reply.answer;
  if (fault.code === 'account.rejected' || fault.code === 'account.forbidden')
    return { reachability: 'rejected', fault, skewMs };
  if (reply.recognised || status === 429)
    // A refusal is about that request; only a limit or a failure says something about the provider itself.
    return { reachability: 'reachable', fault: status === 429 || status >= 500 ? fault : null, skewMs };
  return { reachability: 'offline', fault, skewMs: null };
}

/**
 * Whether a GET is worth another attempt: after 429, and after a connection that broke midway. A connection that cannot be
 * opened is left to the caller, who knows better when the network may be back; a time-out has used up the time.
 */
export function worthAnotherRead(reply: Reply): Verdict {
  if (reply.kind === 'good') return { again: false };
  if (reply.kind === 'none')
    return reply.failure.cause === 'network' && reply.failure.reach === 'unknown'
      ? { again: true, retryAfterMs: null }
      : { again: false };
  const { status, body, retryAfterMs } = reply.answer;
  if (status === 429) return { again: true, retryAfterMs };
  return body.kind === 'broken' && body.failure.cause === 'network'
    ? { again: true, retryAfterMs: null }
    : { again: false };
}
