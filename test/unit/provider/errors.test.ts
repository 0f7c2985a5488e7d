import { describe, expect, it } from 'vitest';
import { FAULTS, FaultSchema } from '../../../contract/fault.ts';
import { meaningOfCode } from '../../../main/provider/errorCodes.ts';
import { faultOfAnswer, readProviderError } from '../../../main/provider/errors.ts';
import type { Body, HttpAnswer } from '../../../main/provider/http.ts';
import { createRedactor } from '../../../main/provider/redact.ts';
import { SECRET } from './support.ts';

const redactor = createRedactor([SECRET]);

function answer(status: number, body: Body, parts: Partial<HttpAnswer> = {}): HttpAnswer {
  return {
    status,
    contentType: 'application/json',
    body,
    requestId: 'RQ123',
    retryAfterMs: null,
    skewMs: 0,
    redirectsTo: null,
    ...parts,
  };
}
const json = (value: unknown): Body => ({ kind: 'json', value });
const html = (text: string): Body => ({ kind: 'other', text });

describe('the shapes of an error', () => {
  it.each<[string, unknown, { code: string | null; text: string | null }]>([
    [
      'Twilio',
      {
        status: 400,
        code: 21211,
        message: 'Invalid parameter',
        more_info: 'https://www.twilio.com/docs/errors/21211',
      },
      { code: '21211', text: 'Invalid parameter' },
    ],
    [
      'Twilio with a code in text',
      { status: 400, code: '83500', message: 'x' },
      { code: '83500', text: 'x' },
    ],
    [
      'Twilio without a code',
      { status: 404, message: 'Not found', code: null },
      { code: null, text: 'Not found' },
    ],
    [
      'RFC 9457',
      {
        type: 'https://www.twilio.com/docs/errors/20003',
        title: 'Authentication error',
        status: 401,
        code: 20003,
        detail: 'Bad key',
      },
      { code: '20003', text: 'Authentication error: Bad key' },
    ],
    ['RFC 9457 with nothing but a title', { title: 'Conflict' }, { code: null, text: 'Conflict' }],
  ])('%s', (_shape, value, expected) => {
    expect(readProviderError(json(value))).toMatchObject(expected);
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [7],
    [{}],
    [{ ok: true }],
    [{ status: 'x', message: 'y' }],
    [{ title: 7 }],
    [{ status: 400 }],
  ])('none is %j', (value) => {
    expect(readProviderError(json(value))).toBeNull();
  });

  it('none is in HTML, in an empty body, or in one that broke off', () => {
    expect(readProviderError(html('Bad gateway'))).toBeNull();
    expect(readProviderError({ kind: 'tooLarge' })).toBeNull();
  });
});

describe('the fault of an answer', () => {
  const twilio = (status: number, code: number | null, message = 'what the provider says') =>
    json({ status, code, message });

  it.each([
    [401, twilio(401, 20003), 'account.rejected', true],
    [401, html(''), 'account.rejected', false],
    [403, twilio(403, 70051), 'account.forbidden', true],
    [403, twilio(403, 20403), 'account.forbidden', true],
    [403, html('Blocked by policy'), 'provider.unreadable', false],
    [404, twilio(404, 20404), 'provider.notFound', true],
    [404, html('Not here'), 'provider.unreadable', false],
    [429, twilio(429, 20429), 'provider.limited', true],
    [429, html(''), 'provider.limited', false],
    [400, twilio(400, 21211), 'provider.refused', true],
    [400, html(''), 'provider.unreadable', false],
    [407, html('Proxy login'), 'proxy.login', false],
    [409, twilio(409, 83009), 'provider.refused', true],
    [400, twilio(400, 83500), 'provider.outOfStock', true],
    [500, twilio(500, 83004), 'provider.broken', true],
    [500, twilio(500, 20500), 'provider.broken', true],
    [502, html('502 Bad Gateway nginx'), 'provider.broken', false],
    [503, html(''), 'provider.broken', false],
    [302, html(''), 'provider.unreadable', false],
    [
      415,
      json({ type: 'https://x/errors#UNSUPPORTED', title: 'Unsupported', status: 415, detail: '' }),
      'provider.refused',
      true,
    ],
  ] as const)('HTTP %i with %j is %s', (status, body, code, recognised) => {
    const read = faultOfAnswer(answer(status, body), redactor);
    expect(read.fault.code).toBe(code);
    expect(read.recognised).toBe(recognised);
    expect(FaultSchema.parse(read.fault)).toEqual(read.fault);
  });

  it('keeps the code, the request id, the status and the words for support', () => {
    const { fault } = faultOfAnswer(
      answer(
        400,
        json({
          status: 400,
          code: 21211,
          message: 'Eid is wrong',
          more_info: 'https://more',
          details: { eid: 'x' },
        }),
      ),
      redactor,
    );
    expect(fault).toMatchObject({ providerCode: '21211', requestId: 'RQ123' });
    expect(fault.message).toBe('The provider refused the request: Eid is wrong');
    for (const part of ['HTTP 400', 'code 21211', 'Eid is wrong', 'https://more', '{"eid":"x"}'])
      expect(fault.details).toContain(part);
  });

  it('tells what is wrong with which parameter', () => {
    const { fault } = faultOfAnswer(
      answer(
        422,
        json({
          title: 'Invalid',
          status: 422,
          errors: [{ detail: 'must be GET or POST', pointer: '#/CallbackMethod' }],
        }),
      ),
      redactor,
    );
    expect(fault.details).toContain('#/CallbackMethod');
  });

  it('says where a redirect points to, and no more of it than the origin', () => {
    const { fault } = faultOfAnswer(
      answer(302, html(''), { redirectsTo: 'https://login.example' }),
      redactor,
    );
    expect(fault.details).toContain('redirects to https://login.example');
  });

  it('has bounded texts, however long the provider talks', () => {
    const long = 'x'.repeat(20_000);
    const { fault } = faultOfAnswer(
      answer(400, json({ status: 400, code: long, message: long, more_info: long, details: [long] }), {
        contentType: 'x'.repeat(80),
      }),
      redactor,
    );
    expect(FaultSchema.safeParse(fault).success).toBe(true);
  });

  it('never carries the secret, whatever part of the answer it came in', () => {
    const basic = Buffer.from(`SK1:${SECRET}`).toString('base64');
    const { fault } = faultOfAnswer(
      answer(
        400,
        json({
          status: 400,
          code: SECRET,
          message: `m ${SECRET}`,
          more_info: `https://x/?p=${encodeURIComponent(SECRET)}`,
          details: { [SECRET]: basic },
        }),
      ),
      redactor,
    );
    const text = JSON.stringify(fault);
    expect(text).toContain('•••');
    for (const form of [
      SECRET,
      JSON.stringify(SECRET).slice(1, -1),
      encodeURIComponent(SECRET),
      basic,
      basic.slice(8, 40),
    ])
      expect(text).not.toContain(form);
  });
});

describe('the codes of the API', () => {
  it.each([
    ['20003', 'account.rejected'],
    ['20404', 'provider.notFound'],
    ['20429', 'provider.limited'],
    ['70051', 'account.forbidden'],
    ['83004', 'provider.broken'],
    ['83005', 'provider.notFound'],
    ['83006', 'provider.notFound'],
    ['83007', 'provider.refused'],
    ['83008', 'provider.refused'],
    ['83009', 'provider.refused'],
    ['83010', 'provider.refused'],
    ['83011', 'provider.refused'],
    ['83500', 'provider.outOfStock'],
  ] as const)('%s is %s, with a sentence and a next step', (code, fault) => {
    const meaning = meaningOfCode(code);
    expect(meaning?.fault).toBe(fault);
    expect((meaning?.message ?? FAULTS[fault].message).length).toBeGreaterThan(10);
    expect((meaning?.hint ?? FAULTS[fault].hint).length).toBeGreaterThan(10);
  });

  it.each(['99999', '', '__proto__', 'toString', 'constructor'])('%s means nothing special', (code) => {
    expect(meaningOfCode(code)).toBeNull();
  });
});
