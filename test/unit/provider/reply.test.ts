import { describe, expect, it } from 'vitest';
import type { Body, Exchange } from '../../../main/provider/http.ts';
import { createRedactor } from '../../../main/provider/redact.ts';
import { observationOf, replyOf, worthAnotherRead } from '../../../main/provider/reply.ts';

const redactor = createRedactor([]);
const reply = (exchanged: Exchange) => replyOf(exchanged, redactor);
const answered = (status: number, body: Body) =>
  reply({
    kind: 'answer',
    answer: {
      status,
      contentType: '',
      body,
      requestId: null,
      retryAfterMs: 3_000,
      skewMs: 120,
      redirectsTo: null,
    },
  });
const theirs = (status: number, code: number): Body => ({
  kind: 'json',
  value: { status, code, message: 'm' },
});
const html: Body = { kind: 'other', text: 'somebody else' };
const broken: Body = { kind: 'broken', failure: { reach: 'unknown', cause: 'network', text: 'reset' } };
const failed = (
  reach: 'neverOpened' | 'unknown',
  cause: 'network' | 'timeout' | 'cancelled' | 'certificate',
) => reply({ kind: 'failure', failure: { reach, cause, text: 't' } });

describe('what a reply tells about the provider', () => {
  it.each([
    ['a list', answered(200, { kind: 'json', value: {} }), 'reachable', null],
    ['a refusal in its own words', answered(400, theirs(400, 21211)), 'reachable', null],
    ['not found', answered(404, theirs(404, 20404)), 'reachable', null],
    ['its limit', answered(429, theirs(429, 20429)), 'reachable', 'provider.limited'],
    ['a limit without words', answered(429, html), 'reachable', 'provider.limited'],
    ['its own failure', answered(500, theirs(500, 20500)), 'reachable', 'provider.broken'],
    ['wrong credentials', answered(401, theirs(401, 20003)), 'rejected', 'account.rejected'],
    ['wrong credentials without words', answered(401, html), 'rejected', 'account.rejected'],
    ['no right', answered(403, theirs(403, 70051)), 'rejected', 'account.forbidden'],
    ['a gateway with nothing behind it', answered(502, html), 'offline', 'provider.broken'],
    ['a login page', answered(200, html), 'offline', 'provider.unreadable'],
    ['a redirect', answered(302, html), 'offline', 'provider.unreadable'],
    ['an answer that broke off', answered(200, broken), 'offline', 'provider.offline'],
    ['no network', failed('neverOpened', 'network'), 'offline', 'provider.offline'],
    ['no answer in time', failed('unknown', 'timeout'), 'offline', 'provider.timeout'],
    ['a wrong certificate', failed('neverOpened', 'certificate'), 'offline', 'provider.certificate'],
  ] as const)('%s', (_what, given, reachability, code) => {
    const observation = observationOf(given);
    expect(observation?.reachability).toBe(reachability);
    expect(observation?.fault?.code ?? null).toBe(code);
    // A clock is only taken from the provider itself.
    expect(observation?.skewMs).toBe(reachability === 'offline' ? null : 120);
  });

  it('nothing, when the caller gave up', () => {
    expect(observationOf(failed('unknown', 'cancelled'))).toBeNull();
  });
});

describe('a read is repeated', () => {
  it('after the limit, and not before the provider allows', () => {
    expect(worthAnotherRead(answered(429, html))).toEqual({ again: true, retryAfterMs: 3_000 });
  });
  it('after a connection that broke, before the answer or in it', () => {
    expect(worthAnotherRead(failed('unknown', 'network'))).toEqual({ again: true, retryAfterMs: null });
    expect(worthAnotherRead(answered(200, broken))).toEqual({ again: true, retryAfterMs: null });
  });
  it.each([
    ['an answer', answered(200, { kind: 'json', value: {} })],
    ['a refusal', answered(400, theirs(400, 1))],
    ['wrong credentials', answered(401, theirs(401, 20003))],
    ['a failure of the provider', answered(500, theirs(500, 1))],
    ['a login page', answered(200, html)],
    ['a connection that cannot be opened', failed('neverOpened', 'network')],
    ['a wrong certificate', failed('neverOpened', 'certificate')],
    ['a time-out', failed('unknown', 'timeout')],
    ['a cancellation', failed('unknown', 'cancelled')],
  ])('but not after %s', (_what, given) => {
    expect(worthAnotherRead(given)).toEqual({ again: false });
  });
});
