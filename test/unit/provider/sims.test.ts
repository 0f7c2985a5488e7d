import { describe, expect, it } from 'vitest';
import type { Result } from '../../../contract/result.ts';
import type { Fleet, Sim, SimUpdate } from '../../../main/provider/provider.ts';
import { createProvider } from '../../../main/provider/providers.ts';
import { readFleet, readSim } from '../../../main/provider/sim.ts';
import { missingOf } from '../../../main/provider/simUpdate.ts';
import { fc } from '../support/dice.ts';
import { ACCOUNT, jsonResponse, rig, type Step, scriptedFetch, undiciError } from './support.ts';

const SID = `HS${'d'.repeat(32)}`;
const FLEET = `HF${'e'.repeat(32)}`;
const BASE = 'https://supersim.twilio.com/v1';

function wireSim(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: SID,
    account_sid: ACCOUNT.accountSid,
    unique_name: null,
    iccid: '89883070000123456789',
    status: 'new',
    fleet_sid: null,
    date_created: '2026-11-24T08:00:00Z',
    date_updated: '2026-11-24T08:00:00Z',
    url: `${BASE}/Sims/${SID}`,
    links: { billing_periods: `${BASE}/Sims/${SID}/BillingPeriods` },
    ...fields,
  };
}

function wireFleet(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { sid: FLEET, unique_name: 'Pilot Fleet', data_enabled: true, data_limit: 1000, ...fields };
}

function simOf(fields: Record<string, unknown> = {}): Sim {
  const read = readSim(wireSim(fields));
  if (!read.ok) throw new Error(read.why);
  return read.entry;
}

function fleetOf(fields: Record<string, unknown> = {}): Fleet {
  const read = readFleet(wireFleet(fields));
  if (!read.ok) throw new Error(read.why);
  return read.entry;
}

function world(...steps: Step[]) {
  const { fetch, sent } = scriptedFetch(...steps);
  const made = rig(fetch);
  return { ...made, sent, provider: createProvider(ACCOUNT, made.deps) };
}

async function all<T>(pages: AsyncGenerator<Result<T[]>>): Promise<Result<T[]>[]> {
  const list: Result<T[]>[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

describe('the request that leaves', () => {
  it.each<[string, SimUpdate, string]>([
    ['a name', { uniqueName: 'Bench 7 / é' }, 'UniqueName=Bench+7+%2F+%C3%A9'],
    ['a Fleet by SID', { fleet: FLEET }, `Fleet=${FLEET}`],
    ['a Fleet by name and a status', { fleet: 'My Fleet', status: 'ready' }, 'Status=ready&Fleet=My+Fleet'],
    [
      'all at once',
      {
        uniqueName: 'x',
        fleet: FLEET,
        status: 'active',
        callback: { url: 'https://c.example/?a=1', method: 'GET' },
      },
      `UniqueName=x&Status=active&Fleet=${FLEET}&CallbackUrl=https%3A%2F%2Fc.example%2F%3Fa%3D1&CallbackMethod=GET`,
    ],
  ])('changes %s', async (_what, update, body) => {
    const { provider, sent } = world(jsonResponse(200, wireSim()));
    await provider.updateSim(SID, update);
    expect(sent.map(({ url }) => url)).toEqual([`${BASE}/Sims/${SID}`]);
    expect(sent[0]?.init).toMatchObject({ method: 'POST', body });
  });

  it('fetches and lists by their parameters', async () => {
    const { provider, sent } = world(
      jsonResponse(200, wireSim()),
      jsonResponse(200, { sims: [] }),
      jsonResponse(200, { fleets: [] }),
    );
    await provider.fetchSim(SID);
    await all(provider.listSims({ status: 'new', fleet: 'My Fleet', iccid: '8988', pageSize: 7 }));
    await all(provider.listFleets());
    expect(sent.map(({ url }) => url)).toEqual([
      `${BASE}/Sims/${SID}`,
      `${BASE}/Sims?Status=new&Fleet=My+Fleet&Iccid=8988&PageSize=7`,
      `${BASE}/Fleets`,
    ]);
  });

  it.each<[string, string, SimUpdate]>([
    ['a SID that is a path', '../Fleets', { status: 'ready' }],
    ['nothing to change', SID, {}],
    ['an empty name', SID, { uniqueName: ' ' }],
    ['a name of two lines', SID, { uniqueName: 'a\nb' }],
    ['a name beyond all bounds', SID, { uniqueName: 'a'.repeat(256) }],
    ['no Fleet at all', SID, { fleet: '' }],
  ])('is none for %s', async (_what, sid, update) => {
    const { provider, sent } = world(jsonResponse(200, wireSim()));
    expect(await provider.updateSim(sid, update)).toMatchObject({
      kind: 'refused',
      fault: { code: 'usage.invalid' },
    });
    expect(sent).toEqual([]);
  });
});

describe('an answer about another Sim', () => {
  const another = () => jsonResponse(200, wireSim({ sid: `HS${'9'.repeat(32)}`, status: 'active' }));

  it('is none about the one that was asked for', async () => {
    expect(await world(another()).provider.fetchSim(SID)).toMatchObject({
      ok: false,
      fault: { code: 'provider.unreadable', details: expect.stringContaining('another SID') },
    });
  });

  it('leaves it unknown what became of a change', async () => {
    expect(await world(another()).provider.updateSim(SID, { status: 'active' })).toMatchObject({
      kind: 'unknown',
      fault: { code: 'provider.unreadable' },
    });
  });

  it.each([
    ['in large digits', SID.toUpperCase()],
    ['not at all', null],
  ])('is not one that names it %s', async (_, sid) => {
    expect(await world(jsonResponse(200, wireSim({ sid }))).provider.fetchSim(SID)).toMatchObject({
      ok: true,
    });
  });
});

describe('what became of a change', () => {
  const conflict = (code: number, status = 409) =>
    jsonResponse(status, { status, code, message: 'The provider says so', more_info: 'https://x.example' });
  it.each<[string, Step, string]>([
    ['200', jsonResponse(200, wireSim({ status: 'active' })), 'updated'],
    ['202', jsonResponse(202, wireSim({ status: 'scheduled' })), 'scheduled'],
    ['200, though it is scheduled', jsonResponse(200, wireSim({ status: 'scheduled' })), 'scheduled'],
    ['202, though it is done', jsonResponse(202, wireSim({ status: 'active' })), 'scheduled'],
    ['200 that is no Sim', jsonResponse(200, { status: 7 }), 'unknown'],
    ['a login page', new Response('<html>'), 'unknown'],
    ['409 of a change under way', conflict(83009), 'refused'],
    ['409 of something else', conflict(20001), 'unknown'],
    ['409 with the code of somebody else', jsonResponse(409, { code: 83009 }), 'unknown'],
    ['400', conflict(83010, 400), 'refused'],
    ['429', conflict(20429, 429), 'notProcessed'],
    ['500 of its own', conflict(83004, 500), 'unknown'],
    ['a broken connection', undiciError('ECONNRESET'), 'unknown'],
    ['no connection', undiciError('ECONNREFUSED', 'x', 'connect'), 'notProcessed'],
  ])('%s', async (_what, step, kind) => {
    const { provider, sent } = world(step);
    expect((await provider.updateSim(SID, { status: 'active' })).kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  it.each([
    [83005, 404, 'provider.notFound', /SIM/, /account/],
    [83006, 404, 'provider.notFound', /the Fleet "My Fleet"/, /another Fleet/],
    [83007, 400, 'provider.refused', /no Fleet/, /Choose a Fleet/],
    [83008, 400, 'provider.refused', /out of its Fleet/, /another Fleet/],
    [83009, 409, 'provider.refused', /under way/, /Wait/],
    [83010, 400, 'provider.refused', /cannot go/, /"new"/],
    [83011, 400, 'provider.refused', /"Bench 7" is taken/, /another name/],
    [83004, 500, 'provider.broken', /error of its own/, /./],
  ])('says code %i in words, with a next step', async (code, status, faultCode, message, hint) => {
    const { provider } = world(conflict(code, status));
    const outcome = await provider.updateSim(SID, {
      uniqueName: 'Bench 7',
      fleet: 'My Fleet',
      status: 'ready',
    });
    expect(outcome).toMatchObject({
      fault: {
        code: faultCode,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
        providerCode: String(code),
      },
    });
  });

  it('does not wait for a create, nor a create for it', async () => {
    const order: string[] = [];
    const made = rig(async (url) => {
      order.push(`${url.includes('ESim') ? 'create' : 'update'} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push('ends');
      return jsonResponse(200, wireSim());
    });
    const provider = createProvider(ACCOUNT, made.deps);
    await Promise.all([
      provider.create({ target: { kind: 'matchingId' }, callback: null }),
      provider.updateSim(SID, { status: 'ready' }),
    ]);
    expect(order.slice(0, 2).sort()).toEqual(['create begins', 'update begins']);
  });
});

describe('a Sim and a Fleet', () => {
  it('are read whole, with what is not known kept', () => {
    expect(simOf({ unique_name: 'A', fleet_sid: FLEET, new_field: { a: 1 } })).toEqual({
      sid: SID,
      accountSid: wireSim().account_sid,
      uniqueName: 'A',
      iccid: '89883070000123456789',
      status: 'new',
      fleetSid: FLEET,
      dateCreated: '2026-11-24T08:00:00Z',
      dateUpdated: '2026-11-24T08:00:00Z',
      url: `${BASE}/Sims/${SID}`,
      extra: { new_field: '{"a":1}' },
    });
    expect(fleetOf()).toMatchObject({ sid: FLEET, uniqueName: 'Pilot Fleet', dataLimit: 1000, extra: {} });
  });

  it.each([
    ['null', { status: null }, 'unknown'],
    ['new to us', { status: 'paused' }, 'paused'],
  ])('may have a status that is %s', (_what, fields, status) => {
    expect(simOf(fields).status).toBe(status);
  });

  it.each([null, [], 'sim', { status: 1 }, { sid: 5, status: 'new' }, { status: 'new', iccid: 'a\nb' }])(
    'are not read from %j',
    (value) => {
      expect(readSim(value).ok).toBe(false);
    },
  );

  it('are never a reason to throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof readSim(value).ok).toBe('boolean');
        expect(typeof readFleet(value).ok).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});

describe('lists', () => {
  it('follow their pages, and tell of one entry that cannot be read', async () => {
    const next = `${BASE}/Fleets?PageSize=50&Page=1&PageToken=PAx`;
    const { provider, sent } = world(
      jsonResponse(200, { fleets: [wireFleet({ unique_name: 'A' }), 5], meta: { next_page_url: next } }),
      jsonResponse(200, { fleets: [wireFleet({ unique_name: 'B' })], meta: { next_page_url: null } }),
    );
    expect(await all(provider.listFleets())).toMatchObject([
      { ok: true, value: [{ uniqueName: 'A' }] },
      { ok: true, value: [{ uniqueName: 'B' }] },
      { ok: false, fault: { code: 'provider.unreadable' } },
    ]);
    expect(sent.map(({ url }) => url)).toEqual([`${BASE}/Fleets`, next]);
  });

  it('of Sims are not taken from a list of something else', async () => {
    const { provider } = world(jsonResponse(200, { esim_profiles: [] }));
    expect(await all(provider.listSims({}))).toMatchObject([
      { ok: false, fault: { code: 'provider.unreadable', details: expect.stringContaining('Sims') } },
    ]);
  });
});

describe('what is still missing of a change', () => {
  const fleets = [fleetOf(), fleetOf({ sid: `HF${'f'.repeat(32)}`, unique_name: 'Other' })];
  it.each<[string, Record<string, unknown>, SimUpdate, SimUpdate | null]>([
    [
      'nothing, where all is there',
      { unique_name: 'A', fleet_sid: FLEET, status: 'active' },
      { uniqueName: 'A', fleet: FLEET, status: 'active' },
      null,
    ],
    ['nothing, where the Fleet is named by its name', { fleet_sid: FLEET }, { fleet: 'Pilot Fleet' }, null],
    ['nothing, where a ready one has become active', { status: 'active' }, { status: 'ready' }, null],
    ['the Fleet, where it is in another one', { fleet_sid: FLEET }, { fleet: 'Other' }, { fleet: 'Other' }],
    ['the Fleet, where nobody knows it', { fleet_sid: FLEET }, { fleet: 'Gone' }, { fleet: 'Gone' }],
    [
      'the status alone',
      { unique_name: 'A', fleet_sid: FLEET, status: 'new' },
      { uniqueName: 'A', fleet: FLEET, status: 'ready' },
      { status: 'ready' },
    ],
    [
      'the name alone',
      { unique_name: 'B', status: 'ready' },
      { uniqueName: 'A', status: 'ready' },
      { uniqueName: 'A' },
    ],
    ['active, where it is only ready', { status: 'ready' }, { status: 'active' }, { status: 'active' }],
  ])('%s', (_what, fields, wanted, missing) => {
    expect(missingOf(simOf(fields), wanted, fleets)).toEqual(missing);
  });

  it('is nothing once what is missing has been done', () => {
    const status = fc.constantFrom('ready', 'active', 'inactive') as fc.Arbitrary<
      'ready' | 'active' | 'inactive'
    >;
    const wish = fc.record(
      {
        uniqueName: fc.constantFrom('A', 'B'),
        fleet: fc.constantFrom('Pilot Fleet', 'Other', FLEET),
        status,
      },
      { requiredKeys: [] },
    );
    const state = fc.record({
      unique_name: fc.constantFrom(null, 'A'),
      status: fc.constantFrom('new', 'ready', 'active'),
      fleet_sid: fc.constantFrom(null, FLEET),
    });
    fc.assert(
      fc.property(wish, state, (wanted, fields) => {
        const missing = missingOf(simOf(fields), wanted, fleets) ?? {};
        const fleetSid = fleets.find(
          ({ sid, uniqueName }) => sid === missing.fleet || uniqueName === missing.fleet,
        )?.sid;
        const done = simOf({
          ...fields,
          ...(missing.uniqueName === undefined ? {} : { unique_name: missing.uniqueName }),
          ...(missing.status === undefined ? {} : { status: missing.status }),
          ...(missing.fleet === undefined ? {} : { fleet_sid: fleetSid ?? null }),
        });
        expect(missingOf(done, wanted, fleets)).toBeNull();
      }),
    );
  });
});

describe('the history of the account, a page at a time', () => {
  const page = (entries: unknown[], next: string | null) =>
    jsonResponse(200, { esim_profiles: entries, meta: { next_page_url: next } });
  const profile = (sid: string) => ({ sid, status: 'available' });

  it('goes on from what the page before gave', async () => {
    const { provider, sent } = world(
      page([profile('HP1')], `${BASE}/ESimProfiles?Eid=89&PageSize=1&Page=1&PageToken=PAHP1`),
      page([profile('HP2')], null),
    );
    const first = await provider.page({ eid: '89', pageSize: 1 }, null);
    expect(first).toMatchObject({
      ok: true,
      value: {
        entries: [{ sid: 'HP1' }],
        next: '/v1/ESimProfiles?Eid=89&PageSize=1&Page=1&PageToken=PAHP1',
        incomplete: null,
      },
    });
    if (!first.ok) return;
    expect(await provider.page({ eid: '89', pageSize: 1 }, first.value.next)).toMatchObject({
      ok: true,
      value: { entries: [{ sid: 'HP2' }], next: null },
    });
    expect(sent.map(({ url }) => url)).toEqual([
      `${BASE}/ESimProfiles?Eid=89&PageSize=1`,
      `${BASE}/ESimProfiles?Eid=89&PageSize=1&Page=1&PageToken=PAHP1`,
    ]);
  });

  it('says where a page does not tell all', async () => {
    const { provider } = world(page([profile('HP1'), 5], 'https://elsewhere.example/v1/ESimProfiles'));
    expect(await provider.page({}, null)).toMatchObject({
      ok: true,
      value: { entries: [{ sid: 'HP1' }], next: null, incomplete: { code: 'provider.unreadable' } },
    });
  });

  it.each([
    'https://elsewhere.example/v1/ESimProfiles',
    '//elsewhere.example/v1/ESimProfiles',
    '/v1/Sims',
    '',
    'x',
    '/\\elsewhere.example/v1/ESimProfiles',
    `/${'a'.repeat(5_000)}`,
  ])('is asked for by nothing like %j', async (cursor) => {
    const { provider, sent } = world(page([], null));
    expect(await provider.page({}, cursor)).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
    expect(sent).toEqual([]);
  });
});
