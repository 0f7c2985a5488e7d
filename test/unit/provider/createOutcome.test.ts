import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../main/provider/createOutcome.ts';
import type { Body, Exchange } from '../../../main/provider/http.ts';
import { createRedactor } from '../../../main/provider/redact.ts';
import { replyOf } from '../../../main/provider/reply.ts';
import type { TransportFailure } from '../../../main/provider/transportFailures.ts';
import { wireProfile } from './support.ts';

const redactor = createRedactor([]);

function outcome(exchanged: Exchange) {
  return outcomeOf(replyOf(exchanged, redactor), redactor);
}

function answered(status: number, body: Body, retryAfterMs: number | null = null): Exchange {
  return {
    kind: 'answer',
    answer: {
      status,
      contentType: 'x',
      body,
      requestId: null,
      retryAfterMs,
      skewMs: null,
      redirectsTo: null,
    },
  };
}

function failed(reach: TransportFailure['reach'], cause: TransportFailure['cause']): Exchange {
  return { kind: 'failure', failure: { reach, cause, text: 'words' } };
}

const theirs = (status: number, code = 21211): Body => ({
  kind: 'json',
  value: { status, code, message: 'in their own words' },
});
const profile: Body = { kind: 'json', value: wireProfile() };
const html: Body = { kind: 'other', text: 'a page of somebody else' };
const empty: Body = { kind: 'other', text: '' };
const broken: Body = { kind: 'broken', failure: { reach: 'unknown', cause: 'network', text: 'reset' } };

describe('what became of a create', () => {
  it.each([[200], [201], [202]])('HTTP %i with a profile: created', (status) => {
    expect(outcome(answered(status, profile))).toMatchObject({ kind: 'created', profile: { status: 'new' } });
  });

  it.each<[string, Body, string]>([
    ['nothing', empty, 'provider.unreadable'],
    ['HTML', html, 'provider.unreadable'],
    ['a body that broke off', broken, 'provider.offline'],
    ['a body beyond all bounds', { kind: 'tooLarge' }, 'provider.unreadable'],
    ['JSON that is no profile', { kind: 'json', value: { ok: true } }, 'provider.unreadable'],
    ['a profile of wrong types', { kind: 'json', value: wireProfile({ status: 7 }) }, 'provider.unreadable'],
    ['a profile without a sid', { kind: 'json', value: wireProfile({ sid: null }) }, 'provider.unreadable'],
  ])('HTTP 201 with %s: unknown', (_what, body, code) => {
    expect(outcome(answered(201, body))).toMatchObject({ kind: 'unknown', fault: { code } });
  });

  it.each<[number, Body, string]>([
    [429, theirs(429, 20429), 'in their own words'],
    [429, html, 'in the words of a gateway'],
    [429, empty, 'without words'],
    [407, html, 'a proxy that wants a login'],
  ])('HTTP %i %s: not processed', (status, body) => {
    expect(outcome(answered(status, body, 7_000))).toMatchObject({
      kind: 'notProcessed',
      retryAfterMs: 7_000,
    });
  });

  it.each<[number, Body, string]>([
    [401, theirs(401, 20003), 'account.rejected'],
    [401, empty, 'account.rejected'],
    [403, theirs(403, 70051), 'account.forbidden'],
    [400, theirs(400), 'provider.refused'],
    [400, theirs(400, 83500), 'provider.outOfStock'],
    [404, theirs(404, 20404), 'provider.notFound'],
    [405, theirs(405), 'provider.refused'],
    [415, theirs(415), 'provider.refused'],
    [422, theirs(422), 'provider.refused'],
  ])('HTTP %i in their own words: refused', (status, body, code) => {
    expect(outcome(answered(status, body))).toMatchObject({ kind: 'refused', fault: { code } });
  });

  it.each<[number, Body]>([
    [408, theirs(408)],
    [409, theirs(409)],
    [425, theirs(425)],
    [499, theirs(499)],
    [500, theirs(500)],
    [500, theirs(500, 83004)],
    [502, html],
    [503, empty],
    [503, theirs(503, 83500)],
    [504, html],
    [301, empty],
    [302, html],
    [303, empty],
    [307, empty],
    [400, html],
    [403, html],
    [404, empty],
    [400, broken],
    [600, empty],
    [100, empty],
  ])('HTTP %i with %j: unknown', (status, body) => {
    expect(outcome(answered(status, body)).kind).toBe('unknown');
  });

  it.each<[TransportFailure['reach'], TransportFailure['cause'], string, string]>([
    ['neverOpened', 'network', 'notProcessed', 'provider.offline'],
    ['neverOpened', 'certificate', 'notProcessed', 'provider.certificate'],
    ['neverOpened', 'cancelled', 'notProcessed', 'cancelled'],
    ['unknown', 'network', 'unknown', 'provider.offline'],
    ['unknown', 'timeout', 'unknown', 'provider.timeout'],
    ['unknown', 'cancelled', 'unknown', 'cancelled'],
    ['unknown', 'redirect', 'unknown', 'provider.unreadable'],
  ])('no answer, %s (%s): %s', (reach, cause, kind, code) => {
    expect(outcome(failed(reach, cause))).toMatchObject({ kind, fault: { code } });
  });
});
