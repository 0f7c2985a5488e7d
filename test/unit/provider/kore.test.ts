import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import type { AccountOf } from '../../../contract/providerTable.ts';
import { fail, ok } from '../../../contract/result.ts';
import type { ProviderClient } from '../../../main/provider/provider.ts';
import { createProvider } from '../../../main/provider/providers.ts';
import {
  EID,
  jsonResponse,
  listPage,
  type Rig,
  rig,
  SECRET,
  type SentRequest,
  type Step,
  undiciError,
  wireProfile,
} from './support.ts';

const ACCOUNT: AccountOf<'kore'> = {
  provider: 'kore',
  clientId: 'client-0001',
  endpoint: 'https://supersim.api.korewireless.com',
  tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
};
const SID = `HP${'c'.repeat(32)}`;
const byEid = { target: { kind: 'eid', eid: EID }, callback: null } as const;
const TOKEN = (count: number) => `eyJ0b2tlbiI6.${count}.secret-token-text`;
const expired = () => jsonResponse(403, { message: 'The incoming token has expired', error: 'Forbidden' });

interface KoreRig extends Rig {
  readonly kore: ProviderClient;
  readonly tokens: SentRequest[];
  readonly calls: SentRequest[];
}

/** A KORE whose token endpoint gives numbered tokens unless told otherwise, and whose API answers from a script. */
function koreRig(
  answers: Step[],
  parts: { token?: Step[]; expiresIn?: unknown; secretIs?: Parameters<typeof rig>[1] } = {},
): KoreRig {
  const tokens: SentRequest[] = [];
  const calls: SentRequest[] = [];
  const good = () =>
    jsonResponse(200, {
      access_token: TOKEN(tokens.length),
      expires_in: parts.expiresIn ?? 3600,
      token_type: 'Bearer',
      scope: 'email',
    });
  const world = rig(async (url, init) => {
    const request = { url, init };
    const isToken = url === ACCOUNT.tokenEndpoint;
    const log = isToken ? tokens : calls;
    log.push(request);
    const script = isToken ? (parts.token ?? [good]) : answers;
    const step = script[Math.min(log.length, script.length) - 1];
    const done = typeof step === 'function' ? step(request) : step;
    if (done === undefined || done === 'hang') return new Promise<Response>(() => undefined);
    if (done instanceof Error) throw done;
    return done.clone();
  }, parts.secretIs);
  return { ...world, tokens, calls, kore: createProvider(ACCOUNT, world.deps) };
}

const one = () => jsonResponse(200, wireProfile());
const bearer = (request: SentRequest | undefined) => new Headers(request?.init.headers).get('authorization');

describe('the token request', () => {
  it('is the form that the document of the token endpoint has, without further credentials', async () => {
    const { kore, tokens } = koreRig([one()]);
    await kore.fetch(SID);
    expect(tokens).toHaveLength(1);
    expect(tokens[0]?.url).toBe('https://api.korewireless.com/api-services/v1/auth/token');
    expect(tokens[0]?.init).toMatchObject({
      method: 'POST',
      body: new URLSearchParams([
        ['grant_type', 'client_credentials'],
        ['client_id', 'client-0001'],
        ['client_secret', SECRET],
      ]).toString(),
      headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    expect(tokens[0]?.init.headers).not.toHaveProperty('Authorization');
  });

  it('goes to the addresses that the account names', async () => {
    const asked: string[] = [];
    const world = rig(async (url) => {
      asked.push(url);
      return url.endsWith('/token') ? jsonResponse(200, { access_token: 'abc' }) : one();
    });
    await createProvider(
      { ...ACCOUNT, endpoint: 'https://a.example/x', tokenEndpoint: 'https://b.example/token' },
      world.deps,
    ).fetch(SID);
    expect(asked).toEqual(['https://b.example/token', `https://a.example/x/v1/ESimProfiles/${SID}`]);
  });

  it('gives the Bearer that all further requests carry', async () => {
    const { kore, tokens, calls } = koreRig([
      one(),
      jsonResponse(200, listPage([])),
      jsonResponse(201, wireProfile()),
    ]);
    await kore.fetch(SID);
    await kore.check();
    expect((await kore.create(byEid)).kind).toBe('created');
    expect(tokens).toHaveLength(1);
    expect(calls.map(bearer)).toEqual(Array(3).fill(`Bearer ${TOKEN(1)}`));
  });

  it('is one for all who wait for it', async () => {
    const { kore, tokens, calls } = koreRig([one()]);
    await Promise.all(Array.from({ length: 20 }, () => kore.fetch(SID)));
    expect(tokens).toHaveLength(1);
    expect(calls).toHaveLength(20);
  });

  it.each([
    ['an hour', 3600, 3_540_000],
    ['ten minutes', '600', 540_000],
    ['a minute, half of which is used', 60, 30_000],
  ])('is made again before the end of a life of %s', async (_life, expiresIn, usedMs) => {
    const { kore, tokens, clock, calls } = koreRig([one()], { expiresIn });
    await kore.fetch(SID);
    await clock.advance(usedMs - 1);
    await kore.fetch(SID);
    expect(tokens).toHaveLength(1);
    await clock.advance(1);
    await kore.fetch(SID);
    expect(tokens).toHaveLength(2);
    expect(calls.map(bearer)).toEqual([TOKEN(1), TOKEN(1), TOKEN(2)].map((token) => `Bearer ${token}`));
  });

  it('does not care for a wall clock that jumps', async () => {
    const { kore, tokens, clock } = koreRig([one()]);
    await kore.fetch(SID);
    clock.jump(86_400_000);
    await kore.fetch(SID);
    clock.jump(-172_800_000);
    await kore.fetch(SID);
    expect(tokens).toHaveLength(1);
  });
});

describe('a token that is not taken any more', () => {
  it.each<[string, () => Response]>([
    ['401', () => jsonResponse(401, { message: 'Unauthorized' })],
    ['403 of the gateway', expired],
  ])('is asked for anew once after %s, and the request sent again', async (_how, refusal) => {
    const { kore, tokens, calls, observations } = koreRig([refusal(), one()]);
    expect(await kore.fetch(SID)).toMatchObject({ ok: true });
    expect(tokens).toHaveLength(2);
    expect(calls.map(bearer)).toEqual([`Bearer ${TOKEN(1)}`, `Bearer ${TOKEN(2)}`]);
    expect(observations.map(({ reachability }) => reachability)).toEqual(['reachable']);
  });

  it('does not cost an order, nor two', async () => {
    const { kore, calls } = koreRig([expired(), jsonResponse(201, wireProfile())]);
    expect((await kore.create(byEid)).kind).toBe('created');
    expect(calls.map(({ init }) => init.body)).toEqual([`Eid=${EID}`, `Eid=${EID}`]);
  });

  it.each<[string, Response]>([
    ['401', jsonResponse(401, { message: 'Unauthorized' })],
    ['403', expired()],
  ])('is asked for once and no more where %s stays', async (_how, refusal) => {
    const { kore, tokens, calls, observations } = koreRig([refusal]);
    expect(await kore.fetch(SID)).toMatchObject({
      ok: false,
      fault: { code: 'account.rejected', hint: expect.stringContaining('client secret') },
    });
    expect(tokens).toHaveLength(2);
    expect(calls).toHaveLength(2);
    expect(observations).toMatchObject([{ reachability: 'rejected', fault: { code: 'account.rejected' } }]);
    expect(await kore.create(byEid)).toMatchObject({ kind: 'refused', fault: { code: 'account.rejected' } });
  });

  it('is replaced by one request where many calls find it out at once', async () => {
    const { kore, tokens } = koreRig([expired(), expired(), expired(), one()]);
    const fetched = await Promise.all([kore.fetch(SID), kore.fetch(SID), kore.fetch(SID)]);
    expect(fetched.every(({ ok }) => ok)).toBe(true);
    expect(tokens).toHaveLength(2);
  });

  it('is not asked for again by one who hears of it late', async () => {
    let late: (response: Response) => void = () => undefined;
    const asked: string[] = [];
    const tokens: string[] = [];
    const slow = rig(async (url, init) => {
      if (url === ACCOUNT.tokenEndpoint) {
        tokens.push(url);
        return jsonResponse(200, { access_token: TOKEN(tokens.length) });
      }
      const carried = new Headers(init.headers).get('authorization') ?? '';
      asked.push(carried);
      if (carried !== `Bearer ${TOKEN(1)}`) return one();
      if (asked.length > 1) return expired();
      return new Promise<Response>((resolve) => {
        late = resolve;
      });
    });
    const kore = createProvider(ACCOUNT, slow.deps);
    const first = kore.fetch(SID);
    await slow.clock.settle();
    expect(await kore.fetch(SID)).toMatchObject({ ok: true });
    late(expired());
    expect(await first).toMatchObject({ ok: true });
    expect(tokens).toHaveLength(2);
  });

  it('is replaced once in a call, whatever comes between', async () => {
    const limited = jsonResponse(429, {}, { 'Retry-After': '0' });
    const { kore, clock, tokens, calls } = koreRig([expired(), limited, expired(), one()]);
    const fetching = kore.fetch(SID);
    await clock.advance(5_000);
    expect(await fetching).toMatchObject({ ok: false, fault: { code: 'account.rejected' } });
    expect(tokens).toHaveLength(2);
    expect(calls).toHaveLength(3);
  });

  it.each<[string, number, unknown]>([
    ["the API's own 403", 403, { status: 403, code: 70051, message: 'permission denied', more_info: '' }],
    ['403 of a filter', 403, '<html>blocked</html>'],
    ['404', 404, { status: 404, code: 20404, message: 'not found' }],
    ['407', 407, ''],
    ['500', 500, { message: 'token', error: 'expired' }],
  ])('is no reading of %s', async (_what, status, body) => {
    const { kore, tokens, calls } = koreRig([jsonResponse(status, body)]);
    await kore.create(byEid);
    expect(tokens).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('never has a create sent again by words that may be of a filter in between', async () => {
    const blocked = () => jsonResponse(403, { message: 'blocked by policy', error: 'category' });
    const reading = koreRig([blocked(), one()]);
    expect(await reading.kore.fetch(SID)).toMatchObject({ ok: true });
    const { kore, calls } = koreRig([blocked(), jsonResponse(201, wireProfile())]);
    expect((await kore.create(byEid)).kind).toBe('unknown');
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['the network is gone', undiciError('ECONNREFUSED', 'x', 'connect'), 'notProcessed', 'provider.offline'],
    ['the client is locked', jsonResponse(401, { error: 'invalid_client' }), 'refused', 'account.rejected'],
    ['the endpoint fails', jsonResponse(500, { code: 1, message: 'x' }), 'notProcessed', 'provider.broken'],
  ])('leaves a create certainly not processed where %s', async (_why, step, kind, code) => {
    const { kore, calls, observations } = koreRig([expired()], {
      token: [jsonResponse(200, { access_token: 'first-token-0123456789' }), step],
    });
    expect(await kore.create(byEid)).toMatchObject({ kind, fault: { code } });
    expect(calls).toHaveLength(1);
    expect(observations).toHaveLength(1);
  });
});

describe('where there is no token', () => {
  it.each<[string, Step, string, string | null]>([
    [
      'a wrong client',
      jsonResponse(401, { error: 'invalid_client', error_description: 'x' }),
      'account.rejected',
      'rejected',
    ],
    [
      'a wrong client, said with 400',
      jsonResponse(400, { error: 'invalid_client' }),
      'account.rejected',
      'rejected',
    ],
    ['401 without words', new Response('', { status: 401 }), 'account.rejected', 'rejected'],
    [
      'a client without the right',
      jsonResponse(400, { error: 'unauthorized_client' }),
      'account.forbidden',
      'rejected',
    ],
    [
      "400 in KORE's own words",
      jsonResponse(400, { code: 400, message: 'x' }),
      'account.rejected',
      'rejected',
    ],
    [
      '403 in the words of the API',
      jsonResponse(403, { status: 403, code: 70051, message: 'x' }),
      'account.rejected',
      'rejected',
    ],
    [
      '404 in the words of the API',
      jsonResponse(404, { status: 404, code: 20404, message: 'x' }),
      'account.rejected',
      'rejected',
    ],
    ['404 of somebody else', new Response('<html>', { status: 404 }), 'provider.unreadable', 'offline'],
    ['403 of a filter', new Response('<html>', { status: 403 }), 'provider.unreadable', 'offline'],
    ['500', jsonResponse(500, { code: 500, message: 'x' }), 'provider.broken', 'offline'],
    ['a login page', new Response('<html>Sign in</html>', { status: 200 }), 'provider.unreadable', 'offline'],
    ['JSON that is no token', jsonResponse(200, { token: 'abc' }), 'provider.unreadable', 'offline'],
    [
      'a token of another kind',
      jsonResponse(200, { access_token: 'abc', token_type: 'mac' }),
      'provider.unreadable',
      'offline',
    ],
    [
      'a token that fits no header',
      jsonResponse(200, { access_token: 'a\r\nX: b' }),
      'provider.unreadable',
      'offline',
    ],
    [
      'a token beyond all bounds',
      jsonResponse(200, { access_token: 'a'.repeat(20_000) }),
      'provider.unreadable',
      'offline',
    ],
    [
      'an answer beyond all bounds',
      jsonResponse(200, { access_token: 'a', x: 'y'.repeat(70_000) }),
      'provider.unreadable',
      'offline',
    ],
    [
      'a redirect',
      new Response(null, { status: 302, headers: { Location: 'https://e.example/' } }),
      'provider.unreadable',
      'offline',
    ],
    ['no connection', undiciError('ECONNREFUSED', 'x', 'connect'), 'provider.offline', 'offline'],
    ['a wrong certificate', undiciError('SELF_SIGNED_CERT_IN_CHAIN'), 'provider.certificate', 'offline'],
  ])('%s is a value, and nothing was sent', async (_what, step, code, reachability) => {
    const { kore, calls, observations } = koreRig([one()], { token: [step] });
    expect(await kore.check()).toMatchObject({ ok: false, fault: { code } });
    expect(observations).toMatchObject([{ reachability, fault: { code } }]);
    expect(await kore.create(byEid)).toMatchObject({ kind: 'notProcessed', fault: { code } });
    expect(calls).toEqual([]);
  });

  it('waits as the endpoint asks it to, a few times', async () => {
    const limited = jsonResponse(429, {}, { 'Retry-After': '2' });
    const { kore, clock, tokens } = koreRig([one()], {
      token: [limited, limited, jsonResponse(200, { access_token: 'abc' })],
    });
    const fetching = kore.fetch(SID);
    await clock.advance(10_000);
    expect(await fetching).toMatchObject({ ok: true });
    expect(tokens).toHaveLength(3);
  });

  it('gives up on an endpoint that does not answer', async () => {
    const { kore, clock, calls } = koreRig([one()], { token: ['hang'] });
    const fetching = kore.fetch(SID);
    await clock.advance(30_000);
    expect(await fetching).toMatchObject({ ok: false, fault: { code: 'provider.timeout' } });
    expect(calls).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('says what the vault says, and asks it again the next time', async () => {
    let locked = true;
    const world = koreRig([one()], {
      secretIs: { secret: async () => (locked ? fail(fault('keychain.locked')) : ok(SECRET)) },
    });
    expect(await world.kore.fetch(SID)).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    expect(world.observations).toEqual([]);
    locked = false;
    expect(await world.kore.fetch(SID)).toMatchObject({ ok: true });
  });
});

describe('giving up', () => {
  it('of one who waits for the token does not take it from the others', async () => {
    let answer: (response: Response) => void = () => undefined;
    const asked: AbortSignal[] = [];
    const world = rig(async (url, init) => {
      if (url !== ACCOUNT.tokenEndpoint) return one();
      if (init.signal != null) asked.push(init.signal);
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const kore = createProvider(ACCOUNT, world.deps);
    const [mine, theirs] = [new AbortController(), new AbortController()];
    const first = kore.fetch(SID, { signal: mine.signal });
    const second = kore.fetch(SID, { signal: theirs.signal });
    await world.clock.settle();
    mine.abort();
    expect(await first).toMatchObject({ ok: false, fault: { code: 'cancelled' } });
    expect(asked.map(({ aborted }) => aborted)).toEqual([false]);
    answer(jsonResponse(200, { access_token: 'abc' }));
    expect(await second).toMatchObject({ ok: true });
  });

  it('of all who wait ends the request; whoever comes then has one of its own', async () => {
    const asked: (AbortSignal | null | undefined)[] = [];
    const world = rig(async (url, init) => {
      if (url !== ACCOUNT.tokenEndpoint) return one();
      asked.push(init.signal);
      return asked.length === 1 ? new Promise(() => undefined) : jsonResponse(200, { access_token: 'abc' });
    });
    const kore = createProvider(ACCOUNT, world.deps);
    const both = [new AbortController(), new AbortController()];
    const calls = both.map(({ signal }) => kore.fetch(SID, { signal }));
    await world.clock.settle();
    for (const one of both) one.abort();
    for (const call of calls) expect(await call).toMatchObject({ ok: false, fault: { code: 'cancelled' } });
    await world.clock.settle();
    expect(asked[0]?.aborted).toBe(true);
    expect(world.clock.pending).toBe(0);
    expect(world.observations).toEqual([]);
    expect(await kore.fetch(SID)).toMatchObject({ ok: true });
    expect(asked).toHaveLength(2);
  });
});

describe('secret and token', () => {
  const token = 'tOkEn.0123456789+abcdef/ghi=';
  const echo = (request: SentRequest) =>
    `echo ${bearer(request)} ${String(request.init.body ?? '')} ${JSON.stringify(request.init.headers)}`;
  it.each<[string, { token?: Step[]; answers?: Step[] }]>([
    ['a token endpoint that echoes', { token: [(sent) => new Response(echo(sent), { status: 400 })] }],
    [
      'one that echoes in JSON',
      { token: [(sent) => jsonResponse(400, { status: 400, message: echo(sent), code: 1 })] },
    ],
    [
      'one that echoes as its error',
      { token: [(sent) => jsonResponse(401, { error: echo(sent), error_description: echo(sent) })] },
    ],
    [
      'one whose answer breaks off',
      { token: [new Response(`{"access_token":"${token}","expi`, { status: 200 })] },
    ],
    [
      'one that gives the token a wrong kind',
      { token: [jsonResponse(200, { access_token: token, token_type: token })] },
    ],
    ['one that puts it elsewhere', { token: [jsonResponse(200, { [token]: token, access_token: 5 })] }],
    [
      'one whose connection breaks in the middle of words',
      { token: [undiciError('ECONNRESET', `while sending ${SECRET}`)] },
    ],
    ['an API that echoes', { answers: [(sent) => new Response(echo(sent), { status: 418 })] }],
    [
      'an API that echoes in JSON',
      { answers: [(sent) => jsonResponse(400, { status: 400, message: echo(sent), code: 7 })] },
    ],
    [
      'an API that says 401 and echoes',
      { answers: [(sent) => jsonResponse(401, { status: 401, message: echo(sent), code: 20003 })] },
    ],
    [
      'an API that says the token has expired, and echoes',
      { answers: [(sent) => jsonResponse(403, { message: `token ${echo(sent)}`, error: echo(sent) })] },
    ],
    ['a connection whose error quotes it', { answers: [undiciError('X', `Bearer ${token}`)] }],
  ])('are in no fault and no observation of %s', async (_what, script) => {
    const { kore, clock, observations } = koreRig(script.answers ?? [one()], {
      token: script.token ?? [jsonResponse(200, { access_token: token })],
    });
    const all = Promise.all([kore.fetch(SID), kore.create(byEid), kore.check(), kore.fetchSim(SID)]);
    await clock.advance(120_000);
    const seen = JSON.stringify([await all, observations]);
    for (const secret of [SECRET, token]) {
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain(JSON.stringify(secret).slice(1, -1));
      expect(seen).not.toContain(encodeURIComponent(secret));
      expect(seen).not.toContain(new URLSearchParams({ s: secret }).toString().slice(2));
    }
  });

  it('are not shown with anything that the token endpoint says, be it an echo of the form', async () => {
    const odd = "it's (a secret)! ~*0123456789";
    const { kore, observations } = koreRig([one()], {
      token: [(sent) => new Response(`echo ${String(sent.init.body)}`, { status: 400 })],
      secretIs: { secretIs: ok(odd) },
    });
    const seen = JSON.stringify([await kore.fetch(SID), observations]);
    expect(seen).toContain('token endpoint');
    expect(seen).not.toContain('client-0001');
    expect(seen).not.toContain(new URLSearchParams({ s: odd }).toString().slice(2));
  });

  it('are found of the first token and of the one after it', async () => {
    const echoBare = (sent: SentRequest) =>
      jsonResponse(400, { status: 400, code: 7, message: `${bearer(sent)?.slice(7)} and ${TOKEN(1)}` });
    const { kore, tokens } = koreRig([expired(), echoBare]);
    const fetched = JSON.stringify(await kore.fetch(SID));
    expect(tokens).toHaveLength(2);
    expect(fetched).toContain('•••');
    expect(fetched).not.toContain('secret-token-text');
  });

  it('do not show on the client itself', async () => {
    const { kore } = koreRig([one()], { token: [jsonResponse(200, { access_token: token })] });
    await kore.fetch(SID);
    expect(JSON.stringify(kore)).not.toContain(token);
  });
});

describe('null statuses', () => {
  it('are read as unknown, of profiles and of Sims', async () => {
    const { kore } = koreRig([
      jsonResponse(200, wireProfile({ status: null })),
      jsonResponse(200, { sid: `HS${'1'.repeat(32)}`, status: null }),
    ]);
    expect(await kore.fetch(SID)).toMatchObject({ ok: true, value: { status: 'unknown' } });
    expect(await kore.fetchSim(`HS${'1'.repeat(32)}`)).toMatchObject({
      ok: true,
      value: { status: 'unknown' },
    });
  });
});
