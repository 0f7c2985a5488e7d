import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/providerTable.ts';
import { ok, type Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type FaultName, NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { createVirtualProvider, type VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';
import type {
  CreateOutcome,
  Profile,
  ProfileFilter,
  Provider,
  ProviderObservation,
} from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import { createFakeClock, type FakeClock } from '../unit/support/fakeClock.ts';

const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
const KEY_SID = `SK${'b'.repeat(32)}`;
const SECRET = 'the-secret-of-the-virtual-account';
const TOKEN = 'the-auth-token-of-the-virtual-account';
const EID = '89049032123451234512345678901235';
const OTHER_EID = '89049032000001000000012345678915';
const byEid = { target: { kind: 'eid', eid: EID }, callback: null } as const;
const byMatchingId = { target: { kind: 'matchingId' }, callback: null } as const;

/** The provider's own clock: its profiles grow up when told. */
let clock: FakeClock;
let virtual: VirtualProvider;
let server: ProviderServer;
let observations: ProviderObservation[];

beforeEach(async () => {
  clock = createFakeClock();
  virtual = createVirtualProvider({
    clock,
    accounts: [
      {
        accountSid: ACCOUNT_SID,
        authToken: TOKEN,
        keys: [{ sid: KEY_SID, secret: SECRET, permitted: true }],
      },
    ],
    pace: { reservingMs: 1_000, availableMs: 5_000, downloadedMs: 10_000, installedMs: 15_000 },
  });
  server = await startProviderServer(virtual);
  observations = [];
});
afterEach(() => server.close());

function client(parts: { keySid?: string | null; secret?: string } = {}): Provider {
  const account: Account = {
    provider: 'twilio',
    accountSid: ACCOUNT_SID,
    keySid: parts.keySid === undefined ? KEY_SID : parts.keySid,
    endpoint: server.origin,
  };
  return createProvider(account, {
    fetch: (url, init) => fetch(url, init),
    secret: async () => ok(parts.secret ?? SECRET),
    clock: systemClock,
    random: () => 0,
    observe: (observation) => observations.push(observation),
    userAgent: 'eSIM-Bench/test',
  });
}

async function listed(filter: ProfileFilter): Promise<Profile[]> {
  const profiles: Profile[] = [];
  for await (const page of client().list(filter)) {
    if (!page.ok) throw new Error(page.fault.message);
    profiles.push(...page.value);
  }
  return profiles;
}

/** Short only where the server would never answer: a busy machine must not make a time-out of an answer. */
function limitFor(name: FaultName): { timeoutMs: number } {
  return { timeoutMs: /silence|nothing|slow/.test(name) ? 400 : 30_000 };
}

function made(outcome: CreateOutcome): Profile {
  if (outcome.kind !== 'created') throw new Error(`${outcome.kind}: ${outcome.fault.message}`);
  return outcome.profile;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

describe('an order by EID', () => {
  it('is followed from new to installed', async () => {
    const profile = made(await client().create(byEid));
    expect(profile).toMatchObject({ status: 'new', eid: EID, iccid: null, smdpPlusAddress: null });
    const seen: string[] = [];
    for (const ms of [1_000, 4_000, 5_000, 5_000]) {
      await clock.advance(ms);
      seen.push(value(await client().fetch(profile.sid ?? '')).status);
    }
    expect(seen).toEqual(['reserving', 'available', 'downloaded', 'installed']);
    const installed = value(await client().fetch(profile.sid ?? ''));
    expect(installed.iccid).toMatch(/^\d{19,20}$/);
    expect(installed.simSid).toMatch(/^HS[0-9a-f]{32}$/);
    expect(installed).toMatchObject({ matchingId: null, activationCode: null });
    expect(installed.smdpPlusAddress).not.toBeNull();
  });

  it('that fails says why', async () => {
    virtual.doomNext({ afterMs: 2_000, code: '83500', message: 'No eSIM Profiles are available' });
    const { sid } = made(await client().create(byEid));
    await clock.advance(2_000);
    expect(value(await client().fetch(sid ?? ''))).toMatchObject({
      status: 'failed',
      errorCode: '83500',
      errorMessage: 'No eSIM Profiles are available',
    });
  });
});

describe('an order by matching ID', () => {
  it('ends in an activation code', async () => {
    const { sid } = made(await client().create(byMatchingId));
    await clock.advance(5_000);
    const profile = value(await client().fetch(sid ?? ''));
    expect(profile.eid).toBeNull();
    expect(profile.activationCode).toMatch(/^1\$[^$]+\$[A-Z0-9-]+$/i);
    expect(profile.activationCode).toContain(profile.matchingId);
  });

  it('carries the callback', async () => {
    await client().create({
      ...byMatchingId,
      callback: { url: 'https://my.example/cb?x=1&y=%20', method: 'GET' },
    });
    expect(virtual.record().at(-1)?.parameters).toEqual({
      GenerateMatchingId: 'true',
      CallbackUrl: 'https://my.example/cb?x=1&y=%20',
      CallbackMethod: 'GET',
    });
  });
});

describe('the list', () => {
  it('has every profile once, on however many pages', async () => {
    const sids: (string | null)[] = [];
    for (let count = 0; count < 7; count += 1) sids.push(made(await client().create(byMatchingId)).sid);
    for (const pageSize of [1, 3, 7, 1_000]) {
      const found = (await listed({ pageSize })).map(({ sid }) => sid);
      expect(found).toEqual([...sids].reverse());
    }
  });

  it('is filtered by EID, SIM and status', async () => {
    const mine = made(await client().create(byEid));
    await clock.advance(5_000);
    await client().create({ ...byEid, target: { kind: 'eid', eid: OTHER_EID } });
    const { simSid } = value(await client().fetch(mine.sid ?? ''));
    for (const filter of [{ eid: EID }, { simSid: simSid ?? 'none' }, { status: 'available' }])
      expect((await listed(filter)).map(({ sid }) => sid)).toEqual([mine.sid]);
    expect(await listed({ status: 'installed' })).toEqual([]);
  });
});

describe('the credentials', () => {
  it('may be an API key or the auth token', async () => {
    expect(await client().check()).toEqual({ ok: true, value: null });
    expect(await client({ keySid: null, secret: TOKEN }).check()).toEqual({ ok: true, value: null });
    expect(virtual.profiles()).toEqual([]);
  });

  it.each(['twilio', 'rfc9457'] as const)(
    'that are wrong are told apart from those that may not (%s)',
    async (form) => {
      const wrong = {
        kind: 'status',
        status: 401,
        code: 20003,
        body: form === 'twilio' ? 'json' : form,
        commits: false,
      } as const;
      virtual.harm({ what: wrong });
      expect(await client().check()).toMatchObject({
        ok: false,
        fault: { code: 'account.rejected', providerCode: '20003', requestId: expect.stringMatching(/^RQ/) },
      });
      virtual.permit(KEY_SID, false);
      expect(await client().check()).toMatchObject({
        ok: false,
        fault: { code: 'account.forbidden', providerCode: '70051' },
      });
      expect(observations.map(({ reachability }) => reachability)).toEqual(['rejected', 'rejected']);
    },
  );

  it('that were rotated are refused, and an order with them makes nothing', async () => {
    virtual.rotate(KEY_SID, 'another secret');
    expect(await client().create(byEid)).toMatchObject({
      kind: 'refused',
      fault: { code: 'account.rejected' },
    });
    expect(virtual.profiles()).toEqual([]);
    expect((await client({ secret: 'another secret' }).create(byEid)).kind).toBe('created');
  });
});

describe('a refusal', () => {
  it('says that nothing is in stock', async () => {
    virtual.setStock(0);
    expect(await client().create(byEid)).toMatchObject({
      kind: 'refused',
      fault: { code: 'provider.outOfStock', providerCode: '83500' },
    });
  });

  it('says that there is no such profile', async () => {
    expect(await client().fetch(`HP${'0'.repeat(32)}`)).toMatchObject({
      ok: false,
      fault: { code: 'provider.notFound', providerCode: '20404' },
    });
  });
});

describe("what the client says became of a create agrees with the provider's own record", () => {
  /** What may be said of each fault; the record decides whether it is true. */
  const MAY_BE: Readonly<Record<FaultName, CreateOutcome['kind']>> = {
    // This server can only reset here; whether a connection was opened is another test's matter.
    'connection refused': 'unknown',
    'reset before the commit': 'unknown',
    'reset after the commit': 'unknown',
    'silence before the commit': 'unknown',
    'silence after the commit': 'unknown',
    'headers, then nothing': 'unknown',
    'half an answer, then nothing': 'unknown',
    'slow beyond the limit': 'unknown',
    '429 without Retry-After': 'notProcessed',
    '429 with Retry-After': 'notProcessed',
    '500 before the commit': 'unknown',
    '500 after the commit': 'unknown',
    '502 with HTML': 'unknown',
    '502 with HTML after the commit': 'unknown',
    '503 empty': 'unknown',
    'truncated JSON': 'unknown',
    'broken in the middle': 'unknown',
    'a login page': 'unknown',
    'wrong types': 'unknown',
  };

  it.each(Object.entries(MAY_BE) as [FaultName, CreateOutcome['kind']][])('%s: %s', async (name, kind) => {
    virtual.harm({ on: 'create', what: NAMED_FAULTS[name] });
    const outcome = await client().create(byEid, limitFor(name));
    expect(outcome.kind).toBe(kind);
    const creates = virtual.record().filter(({ operation }) => operation === 'create');
    // Never sent twice, whatever happened.
    expect(creates).toHaveLength(1);
    if (outcome.kind === 'notProcessed' || outcome.kind === 'refused')
      expect(creates[0]?.committed).toBeNull();
    // And the list knows what the answer did not tell.
    expect((await listed({ eid: EID })).map(({ sid }) => sid)).toEqual(
      virtual.profiles().map(({ sid }) => sid),
    );
  });

  it('nobody listens: not processed, and nothing in the record', async () => {
    await server.stopListening();
    expect((await client().create(byEid)).kind).toBe('notProcessed');
    await server.listen();
    expect(virtual.record()).toEqual([]);
    expect((await client().create(byEid)).kind).toBe('created');
  });
});

describe('a read', () => {
  it.each<FaultName>([
    'reset before the commit',
    'broken in the middle',
    '429 with Retry-After',
    '429 without Retry-After',
  ])('gets over %s by itself', async (name) => {
    const { sid } = made(await client().create(byEid));
    virtual.harm({ on: 'fetch', what: NAMED_FAULTS[name] });
    virtual.harm({ on: 'list', what: NAMED_FAULTS[name] });
    expect((await client().fetch(sid ?? '')).ok).toBe(true);
    expect((await listed({})).map((profile) => profile.sid)).toEqual([sid]);
  });

  it.each<[FaultName, string]>([
    ['500 before the commit', 'provider.broken'],
    ['502 with HTML', 'provider.broken'],
    ['503 empty', 'provider.broken'],
    ['a login page', 'provider.unreadable'],
    ['truncated JSON', 'provider.unreadable'],
    ['silence before the commit', 'provider.timeout'],
    ['headers, then nothing', 'provider.timeout'],
  ])('reports %s as %s', async (name, code) => {
    virtual.harm({ on: 'list', what: NAMED_FAULTS[name] });
    expect(await client().check(limitFor(name))).toMatchObject({ ok: false, fault: { code } });
  });

  it('gives the readable profiles and says at the end that one was not', async () => {
    await client().create(byEid);
    virtual.harm({ on: 'list', what: NAMED_FAULTS['wrong types'] });
    const pages: Result<Profile[]>[] = [];
    for await (const page of client().list({})) pages.push(page);
    expect(pages).toMatchObject([
      { ok: true, value: [] },
      { ok: false, fault: { code: 'provider.unreadable' } },
    ]);
  });

  it('keeps what it does not know', async () => {
    const { sid } = made(await client().create(byEid));
    virtual.harm({
      on: 'fetch',
      what: { kind: 'fields', fields: { status: 'paused', carrier: 'x', plan: { gb: 5 } } },
    });
    expect(value(await client().fetch(sid ?? ''))).toMatchObject({
      status: 'paused',
      extra: { carrier: 'x', plan: '{"gb":5}' },
    });
  });
});

it('no outcome and no observation ever has the secret in it', async () => {
  const faults: unknown[] = [];
  for (const name of Object.keys(NAMED_FAULTS) as FaultName[]) {
    virtual.harm({ on: 'create', what: NAMED_FAULTS[name] });
    faults.push(await client().create(byEid, limitFor(name)));
  }
  const text = JSON.stringify([faults, observations]);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 20));
});
