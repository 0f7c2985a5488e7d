import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/providerTable.ts';
import { ok, type Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type FaultName, NAMED_FAULTS, type Operation } from '../../main/demo/provider/faults.ts';
import { createVirtualProvider, type VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';
import type {
  Page,
  Profile,
  ProviderClient,
  ProviderObservation,
  SimUpdate,
  SimUpdateOutcome,
} from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { missingOf } from '../../main/provider/simUpdate.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import { createFakeClock, type FakeClock } from '../unit/support/fakeClock.ts';

const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
const KEY_SID = `SK${'b'.repeat(32)}`;
const CLIENT_ID = 'bench-client';
const SECRET = 'the-secret-of-the-virtual-client';
const EID = '89049032123451234512345678901235';
const byEid = { target: { kind: 'eid', eid: EID }, callback: null } as const;

/** The provider's own clock: tokens, profiles and Sims grow old when told. */
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
        authToken: 'unused',
        keys: [{ sid: KEY_SID, secret: SECRET, permitted: true }],
        clients: [{ clientId: CLIENT_ID, secret: SECRET, permitted: true }],
      },
    ],
    pace: { reservingMs: 1_000, availableMs: 2_000 },
    settleMs: 5_000,
    tokenLifeMs: 3_600_000,
  });
  server = await startProviderServer(virtual);
  observations = [];
});
afterEach(() => server.close());

const ACCOUNTS: Readonly<Record<'twilio' | 'kore', () => Account>> = {
  twilio: () => ({ provider: 'twilio', accountSid: ACCOUNT_SID, keySid: KEY_SID, endpoint: server.origin }),
  kore: () => ({
    provider: 'kore',
    clientId: CLIENT_ID,
    endpoint: server.origin,
    tokenEndpoint: `${server.origin}/api-services/v1/auth/token`,
  }),
};
const BOTH = ['twilio', 'kore'] as const;

function client(at: 'twilio' | 'kore' = 'kore', secret = SECRET): ProviderClient {
  return createProvider<Account['provider']>(ACCOUNTS[at](), {
    fetch: (url, init) => fetch(url, init),
    secret: async () => ok(secret),
    clock: systemClock,
    random: () => 0,
    observe: (observation) => observations.push(observation),
    userAgent: 'eSIM-Bench/test',
  });
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.message} ${result.fault.details ?? ''}`);
  return result.value;
}

async function all<T>(pages: AsyncGenerator<Result<T[]>>): Promise<T[]> {
  const entries: T[] = [];
  for await (const page of pages) entries.push(...value(page));
  return entries;
}

/** An available profile, and so a Sim. */
async function available(at: ProviderClient): Promise<Profile> {
  const outcome = await at.create(byEid);
  if (outcome.kind !== 'created') throw new Error(outcome.fault.message);
  await clock.advance(2_000);
  return value(await at.fetch(outcome.profile.sid ?? ''));
}

const count = (operation: Operation) => virtual.record().filter((one) => one.operation === operation).length;

describe.each(BOTH)('at %s', (home) => {
  it('an order ends in a Sim that is named, in a Fleet, and ready', async () => {
    const provider = client(home);
    const { simSid } = await available(provider);
    const sim = value(await provider.fetchSim(simSid ?? ''));
    expect(sim).toMatchObject({ sid: simSid, status: 'new', fleetSid: null, uniqueName: null });
    const fleets = await all(provider.listFleets());
    const [fleet] = fleets;
    const wanted: SimUpdate = { uniqueName: 'Bench 7', fleet: fleet?.uniqueName ?? '', status: 'ready' };
    expect(await provider.updateSim(simSid ?? '', wanted)).toMatchObject({
      kind: 'scheduled',
      sim: { status: 'scheduled', uniqueName: 'Bench 7' },
    });
    expect(value(await provider.fetchSim(simSid ?? '')).status).toBe('scheduled');
    await clock.advance(5_000);
    const settled = value(await provider.fetchSim(simSid ?? ''));
    expect(settled).toMatchObject({ status: 'ready', fleetSid: fleet?.sid, uniqueName: 'Bench 7' });
    expect(missingOf(settled, wanted, fleets)).toBeNull();
    expect(await all(provider.listSims({ status: 'ready', fleet: 'Pilot Fleet' }))).toEqual([settled]);
  });

  it.each<[string, SimUpdate, string]>([
    ['a name that is taken', { uniqueName: 'Taken' }, '83011'],
    ['a Fleet that is not there', { fleet: 'Nowhere' }, '83006'],
    ['a status without a Fleet', { status: 'active' }, '83007'],
    ['a status that cannot be reached', { fleet: 'Pilot Fleet', status: 'inactive' }, '83010'],
  ])('%s is refused with its code', async (_what, update, providerCode) => {
    const provider = client(home);
    const { simSid: other } = await available(provider);
    const { simSid } = await available(provider);
    await provider.updateSim(other ?? '', { uniqueName: 'Taken' });
    expect(await provider.updateSim(simSid ?? '', update)).toMatchObject({
      kind: 'refused',
      fault: { providerCode },
    });
  });

  it('a second change while one is under way is refused', async () => {
    const provider = client(home);
    const { simSid } = await available(provider);
    await provider.updateSim(simSid ?? '', { fleet: 'Pilot Fleet', status: 'ready' });
    expect(await provider.updateSim(simSid ?? '', { uniqueName: 'A' })).toMatchObject({
      kind: 'refused',
      fault: { providerCode: '83009' },
    });
  });

  it.each<[FaultName, SimUpdateOutcome['kind']]>([
    ['reset before the commit', 'unknown'],
    ['reset after the commit', 'unknown'],
    ['500 before the commit', 'unknown'],
    ['500 after the commit', 'unknown'],
    ['502 with HTML after the commit', 'unknown'],
    ['truncated JSON', 'unknown'],
    ['broken in the middle', 'unknown'],
    ['a login page', 'unknown'],
    ['wrong types', 'unknown'],
    ['429 without Retry-After', 'notProcessed'],
  ])(
    'a change whose answer is lost (%s) is finished by what is missing, and no change is made twice',
    async (name, kind) => {
      const provider = client(home);
      const { simSid } = await available(provider);
      const sid = simSid ?? '';
      const wanted: SimUpdate = { uniqueName: 'Bench 7', fleet: 'Field devices', status: 'active' };
      virtual.harm({ on: 'updateSim', what: NAMED_FAULTS[name] });
      expect((await provider.updateSim(sid, wanted)).kind).toBe(kind);
      const fleets = await all(provider.listFleets());
      for (let round = 0; round < 3; round += 1) {
        await clock.advance(5_000);
        const missing = missingOf(value(await provider.fetchSim(sid)), wanted, fleets);
        if (missing === null) break;
        expect((await provider.updateSim(sid, missing)).kind).toBe('scheduled');
      }
      expect(missingOf(value(await provider.fetchSim(sid)), wanted, fleets)).toBeNull();
      expect(virtual.record().filter(({ committed }) => committed === sid)).toHaveLength(1);
    },
  );

  it('the history is followed page by page, with filters', async () => {
    const provider = client(home);
    for (let index = 0; index < 5; index += 1) await available(provider);
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Profile> = value(
        await provider.page({ eid: EID, status: 'available', pageSize: 2 }, cursor),
      );
      expect(page.incomplete).toBeNull();
      seen.push(...page.entries.map(({ sid }) => sid));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(virtual.profiles().map(({ sid }) => sid));
    const [first] = virtual.profiles();
    expect(value(await provider.page({ simSid: first?.simSid ?? '' }, null)).entries).toHaveLength(1);
  });
});

describe('a token', () => {
  it('that has expired is replaced, and the order made once', async () => {
    const provider = client();
    await provider.check();
    await clock.advance(3_600_000);
    expect(await provider.create(byEid)).toMatchObject({ kind: 'created' });
    expect(count('token')).toBe(2);
    expect(virtual.profiles()).toHaveLength(1);
    expect(virtual.record().map(({ delivered }) => delivered)).toContain('answer 403');
    expect(observations.every(({ reachability }) => reachability === 'reachable')).toBe(true);
  });

  it('that expires between two pages of a list is replaced, and every profile comes once', async () => {
    const provider = client();
    for (let index = 0; index < 5; index += 1) await available(provider);
    const before = count('token');
    const seen: (string | null)[] = [];
    for await (const page of provider.list({ pageSize: 2 })) {
      seen.push(...value(page).map(({ sid }) => sid));
      virtual.expireTokens();
    }
    expect(seen).toEqual(virtual.profiles().map(({ sid }) => sid));
    // Five profiles are three pages, so two of them meet a token that has expired.
    expect(count('token') - before).toBe(2);
  });

  it('is asked for once by many that find it expired at once', async () => {
    const provider = client();
    await provider.check();
    virtual.expireTokens();
    const checks = await Promise.all(Array.from({ length: 12 }, () => provider.check()));
    expect(checks.every((one) => one.ok)).toBe(true);
    expect(count('token')).toBe(2);
  });

  it('of a client whose secret was changed is not taken, nor is the old secret', async () => {
    const provider = client();
    await provider.check();
    virtual.rotate(CLIENT_ID, 'another-secret');
    expect(await provider.check()).toMatchObject({ ok: false, fault: { code: 'account.rejected' } });
    expect(await provider.create(byEid)).toMatchObject({ fault: { code: 'account.rejected' } });
    expect(await client('kore', 'another-secret').check()).toEqual({ ok: true, value: null });
    expect(virtual.profiles()).toEqual([]);
  });

  it('of a client without the right to this API is not asked for again and again', async () => {
    virtual.permit(CLIENT_ID, false);
    expect(await client().check()).toMatchObject({
      ok: false,
      fault: { code: 'account.forbidden', providerCode: '70051' },
    });
    expect(count('token')).toBe(1);
  });

  it.each<[FaultName, boolean]>([
    ['reset before the commit', true],
    ['broken in the middle', true],
    ['429 with Retry-After', true],
    ['503 empty', false],
    ['a login page', false],
    ['truncated JSON', false],
    ['headers, then nothing', false],
  ])('whose request goes wrong (%s) never makes an order uncertain', async (name, recovers) => {
    virtual.harm({ on: 'token', what: NAMED_FAULTS[name] });
    const stop = AbortSignal.timeout(recovers ? 30_000 : 1_000);
    const outcome = await client().create(byEid, { signal: stop });
    expect(outcome.kind).toBe(recovers ? 'created' : 'notProcessed');
    expect(virtual.profiles()).toHaveLength(recovers ? 1 : 0);
  });

  it('and the secret are in nothing that is told or kept', async () => {
    const provider = client();
    const told: unknown[] = [await provider.check()];
    virtual.expireTokens();
    told.push(await provider.create(byEid));
    virtual.rotate(CLIENT_ID, 'another-secret');
    told.push(await provider.check(), await provider.fetchSim(`HS${'0'.repeat(32)}`));
    const seen = JSON.stringify([told, observations, virtual.record(), provider]);
    expect(seen).not.toContain(SECRET);
    expect(seen).not.toMatch(/eyJ/);
  });
});
