import { describe, expect, it } from 'vitest';
import { ACCOUNT, basic, client, EID, KEY, ORIGIN } from './client.ts';

const parse = (response: { body: string }) => JSON.parse(response.body);

/** The names of the official OpenAPI document's `supersim.v1.esim_profile`, in its order. */
const FIELDS = [
  'sid',
  'account_sid',
  'iccid',
  'sim_sid',
  'status',
  'eid',
  'smdp_plus_address',
  'matching_id',
  'activation_code',
  'error_code',
  'error_message',
  'date_created',
  'date_updated',
  'url',
];

describe('creating a profile', () => {
  it('by EID answers 201 with a new profile, all fields there and most of them null', () => {
    const response = client().create({ Eid: EID });
    expect(response.status).toBe(201);
    const profile = parse(response);
    expect(Object.keys(profile)).toEqual(FIELDS);
    expect(profile).toEqual({
      sid: expect.stringMatching(/^HP[0-9a-f]{32}$/),
      account_sid: ACCOUNT,
      iccid: null,
      sim_sid: null,
      status: 'new',
      eid: EID,
      smdp_plus_address: null,
      matching_id: null,
      activation_code: null,
      error_code: null,
      error_message: null,
      date_created: '2026-11-24T08:00:00Z',
      date_updated: '2026-11-24T08:00:00Z',
      url: `${ORIGIN}/v1/ESimProfiles/${profile.sid}`,
    });
  });

  it('comes with a request id and the date', () => {
    expect(client().create({ Eid: EID }).headers).toMatchObject({
      'Content-Type': 'application/json',
      Date: 'Tue, 24 Nov 2026 08:00:00 GMT',
      'Twilio-Request-Id': expect.stringMatching(/^RQ[0-9a-f]{32}$/),
    });
  });

  it.each<[string, Record<string, string>, number, number | null]>([
    ['by matching ID', { GenerateMatchingId: 'true' }, 201, null],
    [
      'with a callback',
      { Eid: EID, CallbackUrl: 'http://callback.example', CallbackMethod: 'GET' },
      201,
      null,
    ],
    [
      'with the EID of the documentation, which is a mask',
      { Eid: '89049032005008882600033489aaaaaa' },
      201,
      null,
    ],
    ['with a name it does not know', { Eid: EID, Colour: 'red' }, 201, null],
    ['without a target', {}, 400, 20001],
    ['with GenerateMatchingId false alone', { GenerateMatchingId: 'false' }, 400, 20001],
    ['with an empty EID', { Eid: '' }, 400, 20001],
    ['with names in the wrong case', { eid: EID }, 400, 20001],
    ['with a flag that is none', { GenerateMatchingId: 'yes' }, 400, 20001],
    ['with a callback that is no address', { Eid: EID, CallbackUrl: 'callback' }, 400, 20001],
    ['with a callback method that is none', { Eid: EID, CallbackMethod: 'PUT' }, 400, 20001],
    ['with both targets', { Eid: EID, GenerateMatchingId: 'true' }, 400, 20001],
  ])('%s', (_what, form, status, code) => {
    const { create, provider } = client();
    const response = create(form);
    expect(response.status).toBe(status);
    if (code !== null) expect(parse(response)).toMatchObject({ code, status });
    expect(provider.profiles()).toHaveLength(status === 201 ? 1 : 0);
  });

  it.each([
    ['eidWins', null],
    ['both', expect.stringMatching(/^([A-Z2-7]{5}-){4}[A-Z2-7]{5}$/)],
  ] as const)('with both targets, where the provider takes that: %s', (bothTargets, matchingId) => {
    const { create, provider } = client({ bothTargets });
    expect(create({ Eid: EID, GenerateMatchingId: 'true' }).status).toBe(201);
    expect(provider.profiles()[0]).toMatchObject({ eid: EID, matchingId });
  });

  it.each([
    ['digits', '89049032005008882600033489aaaaaa', 400],
    ['digits', '89044011112233441122334411223322', 201],
    ['checkDigits', '89044011112233441122334411223322', 400],
    ['checkDigits', EID, 201],
  ] as const)('with the EID checked for its %s: %s', (eidCheck, eid, status) => {
    expect(client({ eidCheck }).create({ Eid: eid }).status).toBe(status);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'as %s: 415',
    (contentType) => {
      const body = JSON.stringify({ Eid: EID });
      const response = client().ask('POST', '/v1/ESimProfiles', { contentType, body });
      expect(response.status).toBe(415);
    },
  );

  it('as a form with a charset', () => {
    const contentType = 'application/x-www-form-urlencoded;charset=UTF-8';
    expect(client().ask('POST', '/v1/ESimProfiles', { contentType, body: `Eid=${EID}` }).status).toBe(201);
  });

  it('twice for one EID makes two: nobody stops that', () => {
    const { create, provider } = client();
    create({ Eid: EID });
    create({ Eid: EID });
    expect(provider.profiles()).toHaveLength(2);
  });

  it('stops when the stock is gone, and goes on with new stock', () => {
    const { create, provider } = client({ stock: 1 });
    expect(create({ Eid: EID }).status).toBe(201);
    expect(parse(create({ Eid: EID }))).toMatchObject({ code: 83500, status: 400 });
    provider.setStock(1);
    expect(create({ Eid: EID }).status).toBe(201);
    expect(provider.stock).toBe(0);
  });
});

describe('who may ask', () => {
  it.each([
    ['the key and its secret', basic(KEY, 'the key secret'), 200, null],
    ['the account and its auth token', basic(ACCOUNT, 'the auth token'), 200, null],
    ['nobody', null, 401, 20003],
    ['a wrong secret', basic(KEY, 'wrong'), 401, 20003],
    ['the auth token with the key', basic(KEY, 'the auth token'), 401, 20003],
    ['a wrong auth token', basic(ACCOUNT, 'the key secret'), 401, 20003],
    ['an unknown key', basic('SK00', 'x'), 401, 20003],
    ['an empty secret', basic(KEY, ''), 401, 20003],
    ['another scheme', `Digest ${KEY}`, 401, 20003],
    ['a key that may not', basic(`SK${'0'.repeat(32)}`, 'another'), 403, 70051],
  ])('%s', (_what, authorization, status, code) => {
    const response = client().ask('GET', '/v1/ESimProfiles', { authorization });
    expect(response.status).toBe(status);
    if (code !== null)
      expect(parse(response)).toMatchObject({
        code,
        status,
        more_info: `https://www.twilio.com/docs/errors/${code}`,
      });
  });

  it('changes with a rotated secret', () => {
    const { provider, get } = client();
    provider.rotate(KEY, 'new');
    expect(get('/v1/ESimProfiles').status).toBe(401);
    provider.rotate(KEY, 'the key secret');
    provider.permit(KEY, false);
    expect(get('/v1/ESimProfiles').status).toBe(403);
  });

  it('sees the profiles of its own account alone', () => {
    const { create, ask } = client();
    const { sid } = parse(create({ Eid: EID }));
    const authorization = basic(`AC${'b'.repeat(32)}`, 'of somebody else');
    expect(parse(ask('GET', '/v1/ESimProfiles', { authorization })).esim_profiles).toEqual([]);
    expect(ask('GET', `/v1/ESimProfiles/${sid}`, { authorization }).status).toBe(404);
  });
});

describe('the life of a profile', () => {
  const statusOf = (c: ReturnType<typeof client>, sid: string) =>
    parse(c.get(`/v1/ESimProfiles/${sid}`)).status;

  it('goes from new over reserving to available, and waits there for the device', async () => {
    const c = client();
    const { sid } = parse(c.create({ Eid: EID }));
    const seen = [];
    for (const ms of [0, 1_500, 3_499, 1, 3_600_000]) {
      await c.clock.advance(ms);
      seen.push(statusOf(c, sid));
    }
    expect(seen).toEqual(['new', 'reserving', 'reserving', 'available', 'available']);
    c.provider.setStatus(sid, 'downloaded');
    expect(statusOf(c, sid)).toBe('downloaded');
    c.provider.setStatus(sid, 'installed');
    expect(statusOf(c, sid)).toBe('installed');
  });

  it('goes on by itself where the pace says so', async () => {
    const c = client({ pace: { reservingMs: 0, availableMs: 10, downloadedMs: 20, installedMs: 30 } });
    const { sid } = parse(c.create({ Eid: EID }));
    const seen = [];
    for (let step = 0; step < 4; step += 1) {
      seen.push(statusOf(c, sid));
      await c.clock.advance(10);
    }
    expect(seen).toEqual(['reserving', 'available', 'downloaded', 'installed']);
  });

  it('by EID has an address and no code when it is available', async () => {
    const c = client();
    const { sid } = parse(c.create({ Eid: EID }));
    await c.clock.advance(5_000);
    expect(parse(c.get(`/v1/ESimProfiles/${sid}`))).toMatchObject({
      status: 'available',
      iccid: expect.stringMatching(/^8988307\d{13}$/),
      sim_sid: expect.stringMatching(/^HS[0-9a-f]{32}$/),
      smdp_plus_address: 'sm-dp-plus.demo.invalid',
      matching_id: null,
      activation_code: null,
      date_updated: '2026-11-24T08:00:05Z',
    });
  });

  it('by matching ID has both codes when it is available, without LPA:, and none before', async () => {
    const c = client();
    const created = parse(c.create({ GenerateMatchingId: 'true' }));
    expect(created).toMatchObject({ eid: null, matching_id: null, activation_code: null });
    await c.clock.advance(5_000);
    const { matching_id, activation_code } = parse(c.get(`/v1/ESimProfiles/${created.sid}`));
    expect(matching_id).toMatch(/^([A-Z2-7]{5}-){4}[A-Z2-7]{5}$/);
    expect(activation_code).toBe(`1$SM-DP-PLUS.DEMO.INVALID$${matching_id}`);
  });

  it('ends as failed with code and sentence where it is doomed', async () => {
    const c = client();
    c.provider.doomNext({ afterMs: 3_000, code: '83500', message: 'No eSIM Profiles are available' });
    const { sid } = parse(c.create({ Eid: EID }));
    const other = parse(c.create({ Eid: EID }));
    await c.clock.advance(60_000);
    expect(parse(c.get(`/v1/ESimProfiles/${sid}`))).toMatchObject({
      status: 'failed',
      error_code: '83500',
      error_message: 'No eSIM Profiles are available',
      iccid: null,
      date_updated: '2026-11-24T08:00:03Z',
    });
    expect(statusOf(c, other.sid)).toBe('available');
  });

  it('does not go back when the clock does', async () => {
    const c = client();
    const { sid } = parse(c.create({ Eid: EID }));
    await c.clock.advance(5_000);
    expect(statusOf(c, sid)).toBe('available');
    c.clock.jump(-3_600_000);
    expect(statusOf(c, sid)).toBe('available');
  });

  it('goes on from a snapshot, as after a restart', async () => {
    const c = client();
    const { sid } = parse(c.create({ GenerateMatchingId: 'true' }));
    const snapshot = JSON.parse(JSON.stringify(c.provider.snapshot()));
    const later = client({ snapshot });
    await later.clock.advance(5_000);
    expect(parse(later.get(`/v1/ESimProfiles/${sid}`))).toMatchObject({ sid, status: 'available' });
  });
});

describe('the list', () => {
  function filled(count: number) {
    const c = client();
    for (let number = 0; number < count; number += 1)
      c.create(number % 2 === 0 ? { Eid: EID } : { GenerateMatchingId: 'true' });
    return c;
  }

  it('is, with its meta, as the official example has it', async () => {
    const c = filled(1);
    const { esim_profiles, meta } = parse(c.get('/v1/ESimProfiles'));
    expect(Object.keys(esim_profiles[0])).toEqual(FIELDS);
    expect(meta).toEqual({
      first_page_url: `${ORIGIN}/v1/ESimProfiles?PageSize=50&Page=0`,
      key: 'esim_profiles',
      next_page_url: null,
      page: 0,
      page_size: 50,
      previous_page_url: null,
      url: `${ORIGIN}/v1/ESimProfiles?PageSize=50&Page=0`,
    });
  });

  it('filters by EID, SIM and status', async () => {
    const c = filled(4);
    await c.clock.advance(5_000);
    const sids = (query: string) =>
      parse(c.get(`/v1/ESimProfiles?${query}`)).esim_profiles.map((one: { sid: string }) => one.sid);
    const all = c.provider.profiles();
    const [first] = all;
    if (first === undefined) throw new Error('no profile');
    c.provider.setStatus(first.sid, 'downloaded');
    expect(sids(`Eid=${EID}`)).toEqual(all.filter((one) => one.eid !== null).map((one) => one.sid));
    expect(sids(`SimSid=${first.simSid}`)).toEqual([first.sid]);
    expect(sids('Status=downloaded')).toEqual([first.sid]);
    expect(sids(`Status=available&Eid=${EID}`)).toHaveLength(2);
    expect(sids('Eid=89')).toEqual([]);
  });

  it('knows no SIM before the profile is available', () => {
    const c = filled(1);
    const simSid = c.provider.profiles()[0]?.simSid;
    expect(parse(c.get(`/v1/ESimProfiles?SimSid=${simSid}`)).esim_profiles).toEqual([]);
  });

  it('is walked by next_page_url, newest first, each profile once', () => {
    const c = filled(7);
    const seen: string[] = [];
    let url: string | null = `/v1/ESimProfiles?PageSize=3`;
    const pages: number[] = [];
    while (url !== null) {
      const page: { esim_profiles: { sid: string }[]; meta: { page: number; next_page_url: string | null } } =
        parse(c.get(url));
      seen.push(...page.esim_profiles.map((one) => one.sid));
      pages.push(page.meta.page);
      url = page.meta.next_page_url;
    }
    expect(pages).toEqual([0, 1, 2]);
    expect(seen).toEqual(c.provider.profiles().map((one) => one.sid));
  });

  it('keeps its place when profiles are made meanwhile', () => {
    const c = filled(4);
    const before = c.provider.profiles().map((one) => one.sid);
    const first = parse(c.get('/v1/ESimProfiles?PageSize=2'));
    c.create({ Eid: EID });
    const second = parse(c.get(first.meta.next_page_url));
    expect([...first.esim_profiles, ...second.esim_profiles].map((one: { sid: string }) => one.sid)).toEqual(
      before,
    );
    const back = parse(c.get(second.meta.previous_page_url));
    expect(back.esim_profiles.map((one: { sid: string }) => one.sid)).toEqual(before.slice(0, 2));
  });

  it('keeps filters in the addresses of its pages', () => {
    const c = filled(6);
    const { meta } = parse(c.get(`/v1/ESimProfiles?Status=new&Eid=${EID}&PageSize=2`));
    expect(meta.next_page_url).toMatch(
      new RegExp(
        `^${ORIGIN}/v1/ESimProfiles\\?Eid=${EID}&Status=new&PageSize=2&Page=1&PageToken=PAHP[0-9a-f]{32}$`,
      ),
    );
  });

  it.each([
    ['PageSize=0', 400],
    ['PageSize=1001', 400],
    ['PageSize=1000', 200],
    ['PageSize=ten', 400],
    ['Page=-1', 400],
    ['Page=9', 200],
    ['Status=lost', 400],
    ['PageToken=PAHP00', 400],
    ['PageToken=XX', 400],
  ])('%s: %i', (query, status) => {
    expect(client().get(`/v1/ESimProfiles?${query}`).status).toBe(status);
  });
});

describe('what is not there', () => {
  it.each([
    ['GET', `/v1/ESimProfiles/HP${'0'.repeat(32)}`, 404, 20404],
    ['GET', '/v1/Nothing', 404, 20404],
    ['GET', '/v1/ESimProfiles/a/b', 404, 20404],
    ['DELETE', `/v1/ESimProfiles/HP${'0'.repeat(32)}`, 405, 20004],
    ['PUT', '/v1/ESimProfiles', 405, 20004],
  ])('%s %s: %i', (method, path, status, code) => {
    const response = client().ask(method, path);
    expect(response.status).toBe(status);
    expect(parse(response)).toMatchObject({ code, status });
  });

  it('is said as RFC 9457 has it, where the provider writes so', () => {
    const response = client({ errorForm: 'rfc9457' }).get('/v1/Nothing');
    expect(response.headers['Content-Type']).toBe('application/problem+json');
    expect(parse(response)).toMatchObject({
      title: expect.any(String),
      status: 404,
      code: 20404,
      errors: expect.any(Array),
    });
  });
});

describe('its record', () => {
  it('has every request, what it made and how the answer went, and no credentials', () => {
    const c = client();
    c.create({ Eid: EID });
    c.provider.harm({ on: 'create', what: { kind: 'reset', commits: true } });
    c.get('/v1/ESimProfiles?PageSize=1');
    c.send('POST', '/v1/ESimProfiles', { body: 'GenerateMatchingId=true' });
    c.send('POST', '/v1/ESimProfiles', { body: `Eid=${EID}`, authorization: basic(KEY, 'a wrong secret') });
    const made = c.provider
      .profiles()
      .map((one) => one.sid)
      .reverse();
    expect(c.provider.record()).toMatchObject([
      {
        seq: 0,
        operation: 'create',
        accountSid: ACCOUNT,
        parameters: { Eid: EID },
        committed: made[0],
        delivered: 'answer 201',
      },
      {
        seq: 1,
        operation: 'list',
        path: '/v1/ESimProfiles?PageSize=1',
        committed: null,
        delivered: 'answer 200',
      },
      {
        seq: 2,
        operation: 'create',
        parameters: { GenerateMatchingId: 'true' },
        committed: made[1],
        delivered: 'reset',
      },
      { seq: 3, operation: 'create', accountSid: null, committed: null, delivered: 'answer 401' },
    ]);
    expect(JSON.stringify(c.provider.record())).not.toMatch(/secret|Basic/);
  });
});
