import { describe, expect, it } from 'vitest';
import { type FaultName, NAMED_FAULTS, type ProviderHarm } from '../../../../main/demo/provider/faults.ts';
import { client, EID } from './client.ts';

const names = Object.keys(NAMED_FAULTS) as FaultName[];

describe('each named fault on a create', () => {
  it.each<[FaultName, delivered: string, committed: boolean]>([
    ['connection refused', 'refused', false],
    ['reset before the commit', 'reset', false],
    ['reset after the commit', 'reset', true],
    ['silence before the commit', 'silence', false],
    ['silence after the commit', 'silence', true],
    ['headers, then nothing', 'stall 201', true],
    ['half an answer, then nothing', 'stall 201', true],
    ['slow beyond the limit', 'answer 201', true],
    ['429 without Retry-After', 'answer 429', false],
    ['429 with Retry-After', 'answer 429', false],
    ['500 before the commit', 'answer 500', false],
    ['500 after the commit', 'answer 500', true],
    ['502 with HTML', 'answer 502', false],
    ['502 with HTML after the commit', 'answer 502', true],
    ['503 empty', 'answer 503', false],
    ['truncated JSON', 'answer 201', true],
    ['broken in the middle', 'cut 201', true],
    ['a login page', 'answer 200', false],
    ['wrong types', 'answer 201', true],
  ])('%s', (name, delivered, committed) => {
    const c = client();
    c.provider.harm({ on: 'create', what: NAMED_FAULTS[name] });
    c.send('POST', '/v1/ESimProfiles', { body: `Eid=${EID}` });
    expect(c.provider.profiles()).toHaveLength(committed ? 1 : 0);
    expect(c.provider.record()).toMatchObject([
      { delivered, committed: committed ? expect.any(String) : null },
    ]);
    expect(c.provider.pendingFaults).toBe(0);
    expect(c.create({ Eid: EID }).status).toBe(201);
  });

  it('is in the table above', () => {
    expect(names).toHaveLength(19);
  });
});

describe('what comes of a fault', () => {
  const answer = (what: ProviderHarm) => {
    const c = client();
    c.provider.harm({ what });
    return c.create({ Eid: EID });
  };

  it.each([
    [null, undefined],
    ['7', '7'],
    ['Tue, 24 Nov 2026 08:00:09 GMT', 'Tue, 24 Nov 2026 08:00:09 GMT'],
  ])('a 429 with Retry-After %s', (retryAfter, header) => {
    const response = answer({
      kind: 'status',
      status: 429,
      code: 20429,
      body: 'json',
      commits: false,
      retryAfter,
    });
    expect(response.headers['Retry-After']).toBe(header);
    expect(JSON.parse(response.body)).toMatchObject({ code: 20429, status: 429 });
  });

  it('a 502 with HTML and nothing of the provider about it', () => {
    const response = answer({ kind: 'status', status: 502, code: null, body: 'html', commits: false });
    expect(response.headers).toEqual({ 'Content-Type': 'text/html; charset=utf-8' });
    expect(response.body).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('an error in the newer form', () => {
    const response = answer({ kind: 'status', status: 500, code: 20500, body: 'rfc9457', commits: false });
    expect(JSON.parse(response.body)).toMatchObject({
      title: 'Internal Server Error',
      status: 500,
      code: 20500,
    });
  });

  it('JSON that ends too early', () => {
    const response = answer({ kind: 'truncate', bodyBytes: 20, ends: 'complete' });
    expect(response.body).toHaveLength(20);
    expect(() => JSON.parse(response.body)).toThrow(SyntaxError);
  });

  it('other values in the fields, of one profile and of a list', () => {
    const fields = { status: 'paused', colour: 'red' };
    expect(JSON.parse(answer({ kind: 'fields', fields }).body)).toMatchObject(fields);
    const c = client();
    c.create({ Eid: EID });
    c.provider.harm({ what: { kind: 'fields', fields } });
    expect(JSON.parse(c.get('/v1/ESimProfiles').body).esim_profiles).toMatchObject([fields]);
  });

  it('the right answer, later', () => {
    const c = client({ latencyMs: 40 });
    c.provider.harm({ what: { kind: 'slow', ms: 1_000 } });
    expect(c.send('GET', '/v1/ESimProfiles')).toMatchObject({ kind: 'answer', afterMs: 1_040 });
    expect(c.send('GET', '/v1/ESimProfiles')).toMatchObject({ kind: 'answer', afterMs: 40 });
  });
});

describe('when a fault happens', () => {
  const statuses = (c: ReturnType<typeof client>, ...requests: readonly ('create' | 'list')[]) =>
    requests.map((one) => (one === 'create' ? c.create({ Eid: EID }) : c.get('/v1/ESimProfiles')).status);
  const what: ProviderHarm = { kind: 'status', status: 500, code: 20500, body: 'json', commits: false };

  it('once by default', () => {
    const c = client();
    c.provider.harm({ what });
    expect(statuses(c, 'list', 'list')).toEqual([500, 200]);
  });

  it('to the requests that it is for, after those it lets pass, so many times', () => {
    const c = client();
    c.provider.harm({ on: 'create', skip: 1, times: 2, what });
    expect(statuses(c, 'create', 'list', 'create', 'create', 'list', 'create')).toEqual([
      201, 200, 500, 500, 200, 201,
    ]);
  });

  it('until it is taken back', () => {
    const c = client();
    c.provider.harm({ times: null, what });
    expect(statuses(c, 'list', 'create', 'list')).toEqual([500, 500, 500]);
    c.provider.clearFaults();
    expect(statuses(c, 'list')).toEqual([200]);
  });

  it('one after another', () => {
    const c = client();
    c.provider.harm({ what });
    c.provider.harm({ what: { ...what, status: 503 } });
    expect(statuses(c, 'list', 'list', 'list')).toEqual([500, 503, 200]);
  });
});
