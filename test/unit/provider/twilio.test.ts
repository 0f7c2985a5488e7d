import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Profile } from '../../../main/provider/provider.ts';
import { createProvider } from '../../../main/provider/providers.ts';
import {
  ACCOUNT,
  EID,
  jsonResponse,
  listPage,
  rig,
  SECRET,
  scriptedFetch,
  undiciError,
  wireProfile,
} from './support.ts';

const SID = `HP${'c'.repeat(32)}`;
const created = () => jsonResponse(201, wireProfile());
const byEid = { target: { kind: 'eid', eid: EID }, callback: null } as const;
const basic = (user: string) => `Basic ${Buffer.from(`${user}:${SECRET}`).toString('base64')}`;

async function all(pages: AsyncGenerator<Result<Profile[]>>): Promise<Result<Profile[]>[]> {
  const list: Result<Profile[]>[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

describe('the request that leaves', () => {
  it.each([
    ['by EID', byEid, `Eid=${EID}`],
    [
      'by matching ID',
      { target: { kind: 'matchingId' }, callback: null } as const,
      'GenerateMatchingId=true',
    ],
    [
      'with a callback',
      { ...byEid, callback: { url: 'https://my.example/cb?a=1&b=2', method: 'GET' } } as const,
      `Eid=${EID}&CallbackUrl=https%3A%2F%2Fmy.example%2Fcb%3Fa%3D1%26b%3D2&CallbackMethod=GET`,
    ],
  ])('creates %s', async (_what, request, body) => {
    const { fetch, sent } = scriptedFetch(created());
    await createProvider(ACCOUNT, rig(fetch).deps).create(request);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe('https://supersim.twilio.com/v1/ESimProfiles');
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'eSIM-Bench/test',
        'Content-Type': 'application/x-www-form-urlencoded',
        Authorization: basic(ACCOUNT.keySid ?? ''),
      },
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
  });

  it('takes no answer about another profile for the one that was asked for', async () => {
    const { fetch } = scriptedFetch(jsonResponse(200, wireProfile({ sid: `HP${'9'.repeat(32)}` })));
    expect(await createProvider(ACCOUNT, rig(fetch).deps).fetch(SID)).toMatchObject({
      ok: false,
      fault: { code: 'provider.unreadable' },
    });
  });

  it('fetches by SID', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, wireProfile()));
    await createProvider(ACCOUNT, rig(fetch).deps).fetch(SID);
    expect(sent[0]?.url).toBe(`https://supersim.twilio.com/v1/ESimProfiles/${SID}`);
    expect(sent[0]?.init).toMatchObject({ method: 'GET', redirect: 'manual' });
    expect(sent[0]?.init.body).toBeUndefined();
    expect(sent[0]?.init.headers).not.toHaveProperty('Content-Type');
  });

  it.each(['', '../Sims', 'HP/1', 'HP?x', 'x'.repeat(65)])(
    'never has the SID %j in its path',
    async (sid) => {
      const { fetch, sent } = scriptedFetch(jsonResponse(200, wireProfile()));
      expect(await createProvider(ACCOUNT, rig(fetch).deps).fetch(sid)).toMatchObject({
        ok: false,
        fault: { code: 'usage.invalid' },
      });
      expect(sent).toEqual([]);
    },
  );

  it('lists with every filter', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([])));
    const provider = createProvider(ACCOUNT, rig(fetch).deps);
    await all(provider.list({ eid: EID, simSid: 'HS1', status: 'available', pageSize: 1_000 }));
    await all(provider.list({}));
    expect(sent.map(({ url }) => url)).toEqual([
      `https://supersim.twilio.com/v1/ESimProfiles?Eid=${EID}&SimSid=HS1&Status=available&PageSize=1000`,
      'https://supersim.twilio.com/v1/ESimProfiles',
    ]);
  });

  it.each([0, 1_001, 1.5, Number.NaN])('never asks for a page of %d', async (pageSize) => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([])));
    expect(await all(createProvider(ACCOUNT, rig(fetch).deps).list({ pageSize }))).toMatchObject([
      { ok: false, fault: { code: 'usage.invalid' } },
    ]);
    expect(sent).toEqual([]);
  });

  it('names the Account SID where the secret is its auth token', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([])));
    await createProvider({ ...ACCOUNT, keySid: null }, rig(fetch).deps).check();
    expect(sent[0]?.init.headers).toMatchObject({ Authorization: basic(ACCOUNT.accountSid) });
  });

  it('goes to the endpoint of the account, below its path', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([])));
    await createProvider({ ...ACCOUNT, endpoint: 'http://127.0.0.1:4010/twilio' }, rig(fetch).deps).check();
    expect(sent[0]?.url).toBe('http://127.0.0.1:4010/twilio/v1/ESimProfiles?PageSize=1');
  });
});

describe('a create', () => {
  it('gives the profile that was made', async () => {
    const { fetch } = scriptedFetch(created());
    expect(await createProvider(ACCOUNT, rig(fetch).deps).create(byEid)).toMatchObject({
      kind: 'created',
      profile: { sid: SID, status: 'new', eid: EID },
    });
  });

  it.each([
    [jsonResponse(429, {}, { 'Retry-After': '5' }), 'notProcessed'],
    [undiciError('ECONNREFUSED', 'connect ECONNREFUSED', 'connect'), 'notProcessed'],
    [undiciError('ECONNRESET', 'read ECONNRESET', 'read'), 'unknown'],
    [undiciError('UND_ERR_SOCKET', 'other side closed'), 'unknown'],
    [jsonResponse(503, {}), 'unknown'],
    [jsonResponse(400, { status: 400, code: 83500, message: 'none left' }), 'refused'],
  ])('is never repeated by itself (%#)', async (step, kind) => {
    const { fetch, sent } = scriptedFetch(step);
    const { deps, clock } = rig(fetch);
    const outcome = await createProvider(ACCOUNT, deps).create(byEid);
    await clock.advance(3_600_000);
    expect(outcome.kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  it('says when the provider will take it', async () => {
    const { fetch } = scriptedFetch(jsonResponse(429, {}, { 'Retry-After': '5' }));
    expect(await createProvider(ACCOUNT, rig(fetch).deps).create(byEid)).toMatchObject({
      kind: 'notProcessed',
      retryAfterMs: 5_000,
      fault: { code: 'provider.limited' },
    });
  });

  it('without an answer in time is unknown, even where the transport does not listen to its signal', async () => {
    const { fetch } = scriptedFetch('hang');
    const { deps, clock, observations } = rig(fetch);
    const outcome = createProvider(ACCOUNT, deps).create(byEid, { timeoutMs: 10_000 });
    await clock.advance(10_000);
    expect(await outcome).toMatchObject({ kind: 'unknown', fault: { code: 'provider.timeout' } });
    expect(observations).toMatchObject([{ reachability: 'offline' }]);
    expect(clock.pending).toBe(0);
  });

  it('cancelled on its way is unknown', async () => {
    const { fetch } = scriptedFetch('hang');
    const { deps, clock, observations } = rig(fetch);
    const controller = new AbortController();
    const outcome = createProvider(ACCOUNT, deps).create(byEid, { signal: controller.signal });
    await clock.settle();
    controller.abort();
    expect(await outcome).toMatchObject({ kind: 'unknown', fault: { code: 'cancelled' } });
    expect(observations).toEqual([]);
  });

  it('cancelled before it left was not processed', async () => {
    const { fetch, sent } = scriptedFetch(created());
    const signal = AbortSignal.abort();
    expect(await createProvider(ACCOUNT, rig(fetch).deps).create(byEid, { signal })).toMatchObject({
      kind: 'notProcessed',
      fault: { code: 'cancelled' },
    });
    expect(sent).toEqual([]);
  });

  it.each(['secret.missing', 'keychain.locked', 'keychain.unavailable'] as const)(
    'without a secret (%s) was not processed',
    async (code) => {
      const { fetch, sent } = scriptedFetch(created());
      const { deps, observations } = rig(fetch, { secretIs: fail(fault(code)) });
      expect(await createProvider(ACCOUNT, deps).create(byEid)).toMatchObject({
        kind: 'notProcessed',
        fault: { code },
        retryAfterMs: null,
      });
      expect(sent).toEqual([]);
      expect(observations).toEqual([]);
    },
  );

  it('waits until the one before it has ended, and can be cancelled meanwhile', async () => {
    const { fetch, sent } = scriptedFetch('hang', created());
    const { deps, clock } = rig(fetch);
    const provider = createProvider(ACCOUNT, deps);
    const controller = new AbortController();
    const first = provider.create(byEid, { timeoutMs: 5_000 });
    const second = provider.create(byEid, { signal: controller.signal });
    const third = provider.create(byEid);
    await clock.settle();
    expect(sent).toHaveLength(1);
    controller.abort();
    expect(await second).toMatchObject({ kind: 'notProcessed', fault: { code: 'cancelled' } });
    expect(sent).toHaveLength(1);
    await clock.advance(5_000);
    expect((await first).kind).toBe('unknown');
    expect((await third).kind).toBe('created');
    expect(sent).toHaveLength(2);
  });

  it('goes over the transport that opens a new connection, where there is one', async () => {
    const shared = scriptedFetch(jsonResponse(200, listPage([])));
    const fresh = scriptedFetch(new Error('net::ERR_CONNECTION_REFUSED'));
    const { deps } = rig(shared.fetch, { fetchOnNewConnection: fresh.fetch });
    const provider = createProvider(ACCOUNT, deps);
    await provider.check();
    expect((await provider.create(byEid)).kind).toBe('notProcessed');
    expect([shared.sent.length, fresh.sent.length]).toEqual([1, 1]);
  });

  it('trusts no error of Chromium on a connection that may have been used before', async () => {
    const { fetch } = scriptedFetch(new Error('net::ERR_CONNECTION_REFUSED'));
    expect((await createProvider(ACCOUNT, rig(fetch).deps).create(byEid)).kind).toBe('unknown');
  });
});

describe('a read', () => {
  it('is repeated after 429, when the provider allows', async () => {
    const limited = jsonResponse(
      429,
      { status: 429, code: 20429, message: 'slow down' },
      { 'Retry-After': '3' },
    );
    const { fetch, sent } = scriptedFetch(limited, jsonResponse(200, wireProfile({ status: 'available' })));
    const { deps, clock, observations } = rig(fetch);
    const result = createProvider(ACCOUNT, deps).fetch(SID);
    await clock.advance(2_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1_000);
    expect(await result).toMatchObject({ ok: true, value: { status: 'available' } });
    expect(observations.map(({ fault: reason }) => reason?.code ?? null)).toEqual(['provider.limited', null]);
  });

  it('is repeated after a broken connection, a few times, with growing pauses', async () => {
    const { fetch, sent } = scriptedFetch(undiciError('ECONNRESET', 'read ECONNRESET', 'read'));
    const { deps, clock } = rig(fetch);
    const result = createProvider(ACCOUNT, deps).fetch(SID);
    const pauses: (number | null)[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await clock.settle();
      expect(sent).toHaveLength(attempt);
      pauses.push(clock.nextIn);
      await clock.advance(clock.nextIn ?? 0);
    }
    expect(await result).toMatchObject({ ok: false, fault: { code: 'provider.offline' } });
    expect(sent).toHaveLength(4);
    expect(pauses).toEqual([375, 750, 1_500]);
  });

  it('does not wait longer than its own time limit, and says what the provider said', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(429, {}, { 'Retry-After': '120' }));
    const { deps, clock } = rig(fetch);
    expect(await createProvider(ACCOUNT, deps).fetch(SID)).toMatchObject({
      ok: false,
      fault: { code: 'provider.limited' },
    });
    expect(sent).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('is not repeated where the connection cannot be opened', async () => {
    const { fetch, sent } = scriptedFetch(undiciError('ENOTFOUND', 'getaddrinfo ENOTFOUND', 'getaddrinfo'));
    expect(await createProvider(ACCOUNT, rig(fetch).deps).check()).toMatchObject({
      ok: false,
      fault: { code: 'provider.offline' },
    });
    expect(sent).toHaveLength(1);
  });

  it('can be cancelled while it waits', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(429, {}, { 'Retry-After': '5' }));
    const { deps, clock } = rig(fetch);
    const controller = new AbortController();
    const result = createProvider(ACCOUNT, deps).fetch(SID, { signal: controller.signal });
    await clock.settle();
    controller.abort();
    expect((await result).ok).toBe(false);
    expect(sent).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('can be cancelled while the keychain waits for its password', async () => {
    const { fetch } = scriptedFetch(created());
    const { deps, clock } = rig(fetch, { secret: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const result = createProvider(ACCOUNT, deps).fetch(SID, { signal: controller.signal });
    await clock.settle();
    controller.abort();
    expect(await result).toMatchObject({ ok: false, fault: { code: 'cancelled' } });
  });

  it('asks the vault for each call and keeps nothing', async () => {
    let asked = 0;
    const { fetch } = scriptedFetch(jsonResponse(200, listPage([])));
    const { deps } = rig(fetch, {
      secret: async () => {
        asked += 1;
        return ok(SECRET);
      },
    });
    const provider = createProvider(ACCOUNT, deps);
    await provider.check();
    await provider.check();
    expect(asked).toBe(2);
    expect(JSON.stringify(provider)).not.toContain(SECRET);
  });
});

describe('a list', () => {
  const page2 = 'https://supersim.twilio.com/v1/ESimProfiles?PageSize=2&Page=1&PageToken=PT1';

  it('follows the pages', async () => {
    const { fetch, sent } = scriptedFetch(
      jsonResponse(200, listPage([wireProfile({ status: 'a' }), wireProfile({ status: 'b' })], page2)),
      jsonResponse(200, listPage([wireProfile({ status: 'c' })])),
    );
    const pages = await all(createProvider(ACCOUNT, rig(fetch).deps).list({ pageSize: 2 }));
    expect(pages.map((page) => (page.ok ? page.value.map(({ status }) => status) : page.fault.code))).toEqual(
      [['a', 'b'], ['c']],
    );
    expect(sent[1]?.url).toBe(page2);
    expect(sent[1]?.init.headers).toMatchObject({ Authorization: basic(ACCOUNT.keySid ?? '') });
  });

  it('asks for no page that nobody wants', async () => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([wireProfile()], page2)));
    for await (const _page of createProvider(ACCOUNT, rig(fetch).deps).list({})) break;
    expect(sent).toHaveLength(1);
  });

  it('ends with the first page that cannot be had', async () => {
    const { fetch, sent } = scriptedFetch(
      jsonResponse(200, listPage([wireProfile()], page2)),
      jsonResponse(500, { status: 500, code: 20500, message: 'm' }),
    );
    const pages = await all(createProvider(ACCOUNT, rig(fetch).deps).list({}));
    expect(pages).toMatchObject([{ ok: true }, { ok: false, fault: { code: 'provider.broken' } }]);
    expect(sent).toHaveLength(2);
  });

  it('gives all that can be read, on all pages, before it says that something could not', async () => {
    const { fetch } = scriptedFetch(
      jsonResponse(200, listPage([{ status: 7 }, wireProfile({ status: 'a' })], page2)),
      jsonResponse(200, listPage([wireProfile({ status: 'b' })])),
    );
    const pages = await all(createProvider(ACCOUNT, rig(fetch).deps).list({}));
    expect(pages).toMatchObject([
      { ok: true, value: [{ status: 'a' }] },
      { ok: true, value: [{ status: 'b' }] },
      { ok: false, fault: { code: 'provider.unreadable' } },
    ]);
  });

  it.each([
    ['another origin', 'https://evil.example/v1/ESimProfiles?Page=1'],
    ['a page it was on', 'https://supersim.twilio.com/v1/ESimProfiles'],
  ])('does not follow to %s, and says that it is not complete', async (_where, next) => {
    const { fetch, sent } = scriptedFetch(jsonResponse(200, listPage([wireProfile()], next)));
    const pages = await all(createProvider(ACCOUNT, rig(fetch).deps).list({}));
    expect(pages).toMatchObject([{ ok: true }, { ok: false, fault: { code: 'provider.unreadable' } }]);
    expect(sent).toHaveLength(1);
  });
});

describe('the check of the credentials', () => {
  it.each([
    [jsonResponse(200, listPage([])), null],
    [jsonResponse(200, listPage([wireProfile()])), null],
    [jsonResponse(401, { status: 401, code: 20003, message: 'Authenticate' }), 'account.rejected'],
    [jsonResponse(403, { status: 403, code: 70051, message: 'Not authorised' }), 'account.forbidden'],
    [jsonResponse(200, { hello: 'world' }), 'provider.unreadable'],
    [new Response('<html><title>Hotel</title>Welcome</html>', { status: 200 }), 'provider.unreadable'],
    [new Response(null, { status: 204 }), 'provider.unreadable'],
  ])('%#: %s', async (response, code) => {
    const { fetch } = scriptedFetch(response);
    const checked = await createProvider(ACCOUNT, rig(fetch).deps).check();
    expect(checked.ok ? null : checked.fault.code).toBe(code);
  });
});

describe("the provider's clock", () => {
  it('is compared with ours by its Date header', async () => {
    const { fetch } = scriptedFetch(
      jsonResponse(200, listPage([]), { Date: 'Tue, 24 Nov 2026 09:00:00 GMT' }),
      jsonResponse(200, listPage([])),
    );
    const { deps, observations } = rig(fetch);
    const provider = createProvider(ACCOUNT, deps);
    await provider.check();
    await provider.check();
    expect(observations.map(({ skewMs }) => skewMs)).toEqual([3_600_500, null]);
  });

  it('decides what a date in Retry-After means, however wrong ours is', async () => {
    const { fetch } = scriptedFetch(
      jsonResponse(
        429,
        {},
        { Date: 'Tue, 24 Nov 2026 11:00:00 GMT', 'Retry-After': 'Tue, 24 Nov 2026 11:00:20 GMT' },
      ),
    );
    expect(await createProvider(ACCOUNT, rig(fetch).deps).create(byEid)).toMatchObject({
      retryAfterMs: 20_000,
    });
  });
});

describe('a hostile server', () => {
  const basicText = Buffer.from(`${ACCOUNT.keySid}:${SECRET}`).toString('base64');
  const echoes = [SECRET, encodeURIComponent(SECRET), `Basic ${basicText}`, basicText];

  it.each([
    [
      'in an error',
      true,
      (echo: string) =>
        jsonResponse(400, { status: 400, code: echo, message: echo, more_info: echo, details: [echo] }),
    ],
    [
      'in a problem',
      true,
      (echo: string) =>
        jsonResponse(422, { title: echo, status: 422, detail: echo, instance: echo, errors: [echo] }),
    ],
    [
      'in HTML',
      true,
      (echo: string) => new Response(`<h1>${echo}</h1><p title="${echo}">${echo}`, { status: 502 }),
    ],
    ['in plain text', true, (echo: string) => new Response(`You sent ${echo}`, { status: 200 })],
    [
      'in headers',
      true,
      (echo: string) =>
        jsonResponse(
          500,
          {},
          {
            'Twilio-Request-Id': echo,
            'Content-Type': echo,
            Location: `https://${encodeURIComponent(echo)}.example/`,
          },
        ),
    ],
    [
      'in a redirect',
      false,
      (echo: string) =>
        new Response(null, {
          status: 302,
          headers: { Location: `https://x.example/?p=${encodeURIComponent(echo)}` },
        }),
    ],
    ['in a transport error', true, (echo: string) => undiciError('ECONNRESET', `read ECONNRESET ${echo}`)],
    [
      'in a profile of wrong types',
      false,
      (echo: string) => jsonResponse(201, wireProfile({ status: { [echo]: echo } })),
    ],
    [
      'in a profile',
      true,
      (echo: string) =>
        jsonResponse(
          201,
          wireProfile({ status: echo.slice(0, 64), error_message: echo, note: echo, url: echo }),
        ),
    ],
    [
      'in a list',
      true,
      (echo: string) =>
        jsonResponse(200, listPage([wireProfile({ error_message: echo })], `https://x.example/${echo}`)),
    ],
  ])('cannot put the secret into a fault, a profile or an observation: %s', async (_where, shown, step) => {
    for (const echo of echoes) {
      const { fetch } = scriptedFetch(() => step(echo));
      const { deps, clock, observations } = rig(fetch);
      const provider = createProvider(ACCOUNT, deps);
      const said = Promise.all([
        provider.create(byEid),
        provider.fetch(SID),
        all(provider.list({})),
        provider.check(),
      ]);
      await clock.advance(60_000);
      const text = JSON.stringify([await said, observations]);
      if (shown) expect(text).toContain('•••');
      for (const form of [
        SECRET,
        JSON.stringify(SECRET).slice(1, -1),
        encodeURIComponent(SECRET),
        basicText.slice(56, 80),
      ])
        expect(text.toLowerCase()).not.toContain(form.toLowerCase());
    }
  });
});
