import { describe, expect, it } from 'vitest';
import type { VirtualProviderOptions } from '../../../../main/demo/provider/virtualProvider.ts';
import { ACCOUNT, basic, type Client, client, EID, ORIGIN } from './client.ts';

const PACE = { reservingMs: 1_000, availableMs: 2_000 };

/** A provider with so many available profiles, hence Sims; newest first. */
async function withSims(count: number, options: Partial<VirtualProviderOptions> = {}) {
  const world = client({ pace: PACE, settleMs: 5_000, ...options });
  for (let index = 0; index < count; index += 1) world.create({ Eid: EID });
  await world.clock.advance(2_000);
  const sids = world.provider.profiles().map(({ simSid }) => simSid);
  const [sid = ''] = sids;
  return { ...world, sid, sids };
}

const json = (answer: { readonly body: string }) => JSON.parse(answer.body) as Record<string, unknown>;

function update(world: Client, sid: string, form: Record<string, string>) {
  return world.ask('POST', `/v1/Sims/${sid}`, { body: new URLSearchParams(form).toString() });
}

describe('a Sim', () => {
  it('comes into being with the profile that becomes available, and is not there before', async () => {
    const world = client({ pace: PACE });
    world.create({ Eid: EID });
    const [profile] = world.provider.profiles();
    const path = `/v1/Sims/${profile?.simSid}`;
    expect(world.get(path).status).toBe(404);
    await world.clock.advance(2_000);
    expect(json(world.get(path))).toEqual({
      sid: profile?.simSid,
      account_sid: ACCOUNT,
      unique_name: null,
      status: 'new',
      fleet_sid: null,
      iccid: profile?.iccid,
      date_created: '2026-11-24T08:00:02Z',
      date_updated: '2026-11-24T08:00:02Z',
      url: `${ORIGIN}${path}`,
      links: {
        billing_periods: `${ORIGIN}${path}/BillingPeriods`,
        sim_ip_addresses: `${ORIGIN}${path}/IpAddresses`,
      },
    });
  });

  it('never comes of a profile that fails', async () => {
    const world = client({ pace: PACE });
    world.provider.doomNext({ afterMs: 1_500, code: '1', message: 'x' });
    world.create({ Eid: EID });
    await world.clock.advance(10_000);
    expect(world.provider.sims()).toEqual([]);
  });

  it('is of its own account alone', async () => {
    const world = await withSims(1);
    const stranger = basic(`AC${'b'.repeat(32)}`, 'of somebody else');
    expect(world.ask('GET', `/v1/Sims/${world.sid}`, { authorization: stranger }).status).toBe(404);
    expect(world.ask('GET', `/v1/Sims/${world.sid}`, { authorization: null }).status).toBe(401);
  });

  it('takes name and Fleet at once, by SID or by name', async () => {
    const world = await withSims(1);
    const [fleet] = world.provider.fleets();
    const changed = update(world, world.sid, { UniqueName: 'Bench 7', Fleet: fleet?.sid ?? '' });
    expect(changed.status).toBe(200);
    expect(json(changed)).toMatchObject({ unique_name: 'Bench 7', fleet_sid: fleet?.sid, status: 'new' });
    expect(json(world.get('/v1/Sims/Bench%207'))).toMatchObject({ sid: world.sid });
    const other = update(world, world.sid, { Fleet: 'Field devices' });
    expect(json(other).fleet_sid).toBe(
      world.provider.fleets().find((one) => one.uniqueName === 'Field devices')?.sid,
    );
  });

  it('goes to another status later: 202 and scheduled, then as asked for', async () => {
    const world = await withSims(1);
    const taken = update(world, world.sid, { Fleet: 'Pilot Fleet', Status: 'ready' });
    expect(taken.status).toBe(202);
    expect(json(taken)).toMatchObject({ status: 'scheduled', fleet_sid: null });
    await world.clock.advance(4_999);
    expect(json(world.get(`/v1/Sims/${world.sid}`))).toMatchObject({ status: 'scheduled' });
    await world.clock.advance(1);
    expect(json(world.get(`/v1/Sims/${world.sid}`))).toMatchObject({
      status: 'ready',
      fleet_sid: world.provider.fleets()[0]?.sid,
      date_updated: '2026-11-24T08:00:07Z',
    });
  });

  it('goes there at once, or only when told, where it is so', async () => {
    const quick = await withSims(1, { settleMs: 0 });
    expect(update(quick, quick.sid, { Fleet: 'Pilot Fleet', Status: 'active' }).status).toBe(200);
    const slow = await withSims(1, { settleMs: null });
    update(slow, slow.sid, { Fleet: 'Pilot Fleet', Status: 'active' });
    await slow.clock.advance(1e9);
    expect(json(slow.get(`/v1/Sims/${slow.sid}`)).status).toBe('scheduled');
    slow.provider.settleSims(slow.sid);
    expect(json(slow.get(`/v1/Sims/${slow.sid}`)).status).toBe('active');
  });

  it('goes on after a restart, with a change that was under way', async () => {
    const world = await withSims(2);
    update(world, world.sid, { Fleet: 'Pilot Fleet', Status: 'ready', UniqueName: 'A' });
    const snapshot = JSON.parse(JSON.stringify(world.provider.snapshot()));
    const again = client({ pace: PACE, snapshot });
    expect(again.provider.sims()).toHaveLength(2);
    await again.clock.advance(60_000);
    expect(json(again.get(`/v1/Sims/${world.sid}`))).toMatchObject({ status: 'ready', unique_name: 'A' });
    expect(again.provider.fleets()).toEqual(world.provider.fleets());
  });
});

describe('what a Sim refuses', () => {
  it.each<[string, Record<string, string>, number, number]>([
    ['a Fleet that is not there', { Fleet: 'Nowhere' }, 400, 83006],
    ['to be ready without a Fleet', { Status: 'ready' }, 400, 83007],
    ['to be inactive while it is new', { Fleet: 'Pilot Fleet', Status: 'inactive' }, 400, 83010],
    ['to be new again', { Status: 'new' }, 400, 20001],
    ['a status that is none', { Status: 'bogus' }, 400, 20001],
    ['a name that another one has', { UniqueName: 'Taken' }, 400, 83011],
  ])('%s, and nothing of it is done', async (_what, form, status, code) => {
    const world = await withSims(2);
    update(world, world.sids[1] ?? '', { UniqueName: 'Taken' });
    const before = world.get(`/v1/Sims/${world.sid}`).body;
    const answer = update(world, world.sid, { UniqueName: 'New name', ...form });
    expect(answer.status).toBe(status);
    expect(json(answer)).toMatchObject({ status, code, message: expect.any(String) });
    expect(world.get(`/v1/Sims/${world.sid}`).body).toBe(before);
  });

  it.each<[string, (world: Client, sid: string) => void, Record<string, string>, number]>([
    [
      'to leave its Fleet',
      (world, sid) => update(world, sid, { Fleet: 'Pilot Fleet' }),
      { Fleet: '' },
      83008,
    ],
    [
      'a change while another one is under way',
      (world, sid) => update(world, sid, { Fleet: 'Pilot Fleet', Status: 'ready' }),
      { UniqueName: 'B' },
      83009,
    ],
    [
      'to be ready once it is active',
      ({ provider }, sid) => provider.setSimStatus(sid, 'active'),
      { Fleet: 'Pilot Fleet', Status: 'ready' },
      83010,
    ],
    [
      'to be what it is',
      ({ provider }, sid) => provider.setSimStatus(sid, 'active'),
      { Fleet: 'Pilot Fleet', Status: 'active' },
      83010,
    ],
  ])('%s', async (_what, before, form, code) => {
    const world = await withSims(1);
    before(world, world.sid);
    expect(json(update(world, world.sid, form)).code).toBe(code);
  });

  it('in the newer form of errors too, with its own path', async () => {
    const world = await withSims(1, { errorForm: 'rfc9457' });
    const answer = update(world, world.sid, { Status: 'ready' });
    expect(answer.headers['Content-Type']).toBe('application/problem+json');
    expect(json(answer)).toMatchObject({
      code: 83007,
      instance: `/v1/Sims/${world.sid}`,
      title: expect.any(String),
    });
  });

  it('JSON in place of a form, and another method', async () => {
    const world = await withSims(1);
    const path = `/v1/Sims/${world.sid}`;
    expect(world.ask('POST', path, { contentType: 'application/json', body: '{}' }).status).toBe(415);
    expect(world.ask('DELETE', path).status).toBe(405);
    expect(update(world, `HS${'0'.repeat(32)}`, { UniqueName: 'A' }).status).toBe(404);
  });
});

describe('lists', () => {
  it.each<[string, (sids: string[]) => string, (sids: string[]) => (string | undefined)[]]>([
    ['all, newest first', () => '', (sids) => sids],
    ['by status', () => '?Status=active', (sids) => [sids[1]]],
    ['by the name of a Fleet', () => '?Fleet=Field+devices', (sids) => [sids[0]]],
    ['by a status that nobody has', () => '?Status=ready', () => []],
  ])('give Sims %s', async (_how, query, expected) => {
    const world = await withSims(3);
    update(world, world.sids[0] ?? '', { Fleet: 'Field devices' });
    world.provider.setSimStatus(world.sids[1] ?? '', 'active');
    const { sims } = json(world.get(`/v1/Sims${query(world.sids)}`)) as { sims: { sid: string }[] };
    expect(sims.map(({ sid }) => sid)).toEqual(expected(world.sids));
  });

  it('of Sims by ICCID, and of what cannot be', async () => {
    const world = await withSims(2);
    const iccid = world.provider.sims()[1]?.iccid;
    expect(json(world.get(`/v1/Sims?Iccid=${iccid}`))).toMatchObject({ sims: [{ iccid }] });
    expect(world.get('/v1/Sims?Status=bogus').status).toBe(400);
    expect(json(world.get('/v1/Sims?Fleet=Nowhere')).code).toBe(83006);
    expect(world.get('/v1/Sims?PageSize=0').status).toBe(400);
  });

  it('go from page to page, each with its own key', async () => {
    const world = await withSims(3);
    for (const [path, key, count] of [
      ['/v1/Sims', 'sims', 3],
      ['/v1/Fleets', 'fleets', 2],
    ] as const) {
      const seen: unknown[] = [];
      let next: string | null = `${ORIGIN}${path}?PageSize=1`;
      while (next !== null) {
        const page = json(world.get(next)) as { meta: { key: string; next_page_url: string | null } };
        expect(page.meta.key).toBe(key);
        seen.push(...(Reflect.get(page, key) as unknown[]));
        next = page.meta.next_page_url;
      }
      expect(new Set(seen.map((one) => Reflect.get(one as object, 'sid'))).size).toBe(count);
    }
  });

  it('give the Fleets of the account alone', async () => {
    const world = client({ fleets: ['One'] });
    const { fleets } = json(world.get('/v1/Fleets')) as {
      fleets: { account_sid: string; unique_name: string }[];
    };
    expect(fleets).toMatchObject([{ account_sid: ACCOUNT, unique_name: 'One', data_metering: 'payg' }]);
  });
});
