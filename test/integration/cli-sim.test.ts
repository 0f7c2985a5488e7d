import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { cliBench, type ProviderOptions } from '../support/cliBench.ts';

const EID = '89044011112233441122334411223321';
const OTHER_EID = '89049032123451234512345678901235';

const bench = cliBench();
const { cli } = bench;

/** A provider with an account that is set. Fleets: `bench`, `field`. */
async function begin(options: ProviderOptions = {}): Promise<void> {
  await bench.begin({ fleets: ['bench', 'field'], ...options });
  expect((await bench.setTwilio()).code).toBe(0);
}

/** Orders a profile; gives the SID of its Sim. */
async function ordered(eid = EID): Promise<string> {
  const run = await cli(['order', '--eid', eid, '--timeout', '60']);
  expect(run.code).toBe(0);
  return String(run.objects().at(-1)?.simSid);
}

const activate = (sid: string, ...more: string[]) =>
  cli(['sim', 'activate', '--sid', sid, '--fleet', 'bench', '--timeout', '60', ...more]);
const simOf = (sid: string) => bench.world.provider.sims().find((sim) => sim.sid === sid);
const updates = () => bench.world.provider.record().filter(({ operation }) => operation === 'updateSim');
const fleetOf = (name: string) =>
  bench.world.provider.fleets().find(({ uniqueName }) => uniqueName === name)?.sid;

describe('sim activate', () => {
  it('puts the Sim into the Fleet, names it, and waits until the provider has made it ready', async () => {
    await begin();
    const sid = await ordered();
    const run = await activate(sid, '--name', 'van {eid:last8}');
    expect(run.code).toBe(0);
    const uniqueName = `van ${EID.slice(-8)}`;
    expect(simOf(sid)).toMatchObject({ status: 'ready', uniqueName, fleetSid: fleetOf('bench') });
    expect(run.objects().map(({ activation }) => (activation as { status: string }).status)).toEqual(
      expect.arrayContaining(['scheduled', 'done']),
    );
    expect(run.objects().at(-1)).toMatchObject({ sid, sim: { status: 'ready', uniqueName } });
    const shown = await cli(['sim', 'show', '--sid', sid]);
    expect(shown.objects()).toMatchObject([{ status: 'ready', uniqueName }]);
    // Once more changes nothing and asks for nothing.
    const asked = updates().length;
    expect((await activate(sid)).code).toBe(0);
    expect(updates()).toHaveLength(asked);
  });

  it('adopts the profile of a Sim that was ordered elsewhere', async () => {
    await begin();
    const sid = await ordered();
    rmSync(join(bench.dataDir, 'ledger.sqlite'));
    rmSync(join(bench.dataDir, 'ledger.sqlite-wal'), { force: true });
    rmSync(join(bench.dataDir, 'ledger.sqlite-shm'), { force: true });
    const run = await activate(sid, '--status', 'active');
    expect(run.code).toBe(0);
    expect(simOf(sid)?.status).toBe('active');
    expect((await cli(['orders'])).objects()).toMatchObject([
      { simSid: sid, activation: { status: 'done' } },
    ]);
  });

  it('ends with --no-wait once the wish is in the ledger, and resume brings it to its end', async () => {
    await begin({ settleMs: null });
    const sid = await ordered();
    expect((await activate(sid, '--no-wait')).code).toBe(0);
    const waited = await cli(['resume', '--timeout', '4']);
    expect([waited.code, waited.objects().at(-1)]).toMatchObject([
      8,
      { activation: { status: 'scheduled' } },
    ]);
    bench.world.provider.settleSims();
    expect((await cli(['resume', '--timeout', '30'])).code).toBe(0);
    expect((await cli(['orders'])).objects()).toMatchObject([
      { activation: { status: 'done' }, sim: { status: 'ready' } },
    ]);
    expect(updates()).toHaveLength(1);
  });

  it('says which name is taken, and goes on with another one', async () => {
    await begin();
    const first = await ordered();
    const second = await ordered(OTHER_EID);
    expect((await activate(first, '--name', 'pump')).code).toBe(0);
    const taken = await activate(second, '--name', 'pump');
    expect(taken.code).toBe(7);
    expect(taken.stderr).toContain('The unique name "pump" is taken');
    expect((await activate(second, '--name', 'pump {n}')).code).toBe(0);
    expect(simOf(second)?.uniqueName).toBe('pump 1');
  });

  it.each([
    ['a lost answer', NAMED_FAULTS['reset after the commit']],
    ['an answer of a provider that failed', NAMED_FAULTS['500 before the commit']],
  ])('comes to its end after %s', async (_, what) => {
    await begin();
    const sid = await ordered();
    bench.world.provider.harm({ on: 'updateSim', what });
    expect((await activate(sid)).code).toBe(0);
    expect(simOf(sid)).toMatchObject({ status: 'ready', fleetSid: fleetOf('bench') });
  });

  it.each([
    ['a Fleet that there is not', ['--fleet', 'nowhere'], 7, /does not know the Fleet "nowhere"/],
    ['a name that cannot be made', ['--name', '{imei}'], 2, /the IMEI of this order is not known/],
    ['a part of a name that there is not', ['--name', '{imsi}'], 2, /\{imsi\} is no part/],
    ['a Sim of no profile', ['--sid', `HS${'0'.repeat(32)}`], 7, /No eSIM profile of this account/],
  ])('refuses %s', async (_, more, code, words) => {
    await begin();
    const sid = await ordered();
    const run = await activate(sid, ...more);
    expect([run.code, run.stderr]).toEqual([code, expect.stringMatching(words)]);
    expect(simOf(sid)?.status).toBe('new');
  });
});

describe('account after-ordering', () => {
  it('has every order make its Sim ready by itself, until it is switched off', async () => {
    await begin();
    const set = await cli(['account', 'after-ordering', '--fleet', 'field', '--name', 'b-{n}']);
    expect(set.objects()).toMatchObject([
      { afterOrdering: { fleet: 'field', status: 'ready', name: 'b-{n}' } },
    ]);
    const sids = [await ordered(), await ordered(OTHER_EID)];
    expect(sids.map((sid) => simOf(sid))).toMatchObject([
      { status: 'ready', fleetSid: fleetOf('field'), uniqueName: 'b-1' },
      { status: 'ready', fleetSid: fleetOf('field'), uniqueName: 'b-2' },
    ]);
    expect((await cli(['account', 'after-ordering', '--off'])).objects()).toMatchObject([
      { afterOrdering: null },
    ]);
    const third = await cli(['order', '--matching-id', '--timeout', '60']);
    expect(third.objects().at(-1)).toMatchObject({ status: 'available', activation: null });
  });

  it('goes with the accounts that are exported, and asks for a Fleet', async () => {
    await begin();
    expect((await cli(['account', 'after-ordering', '--status', 'active'])).code).toBe(2);
    await cli(['account', 'after-ordering', '--fleet', 'field']);
    const file = join(bench.dataDir, 'accounts.json');
    await cli(['account', 'export', '--out', file]);
    await cli(['account', 'clear']);
    await cli(['account', 'import', file]);
    expect((await cli(['account', 'after-ordering'])).objects()).toMatchObject([
      { afterOrdering: { fleet: 'field' } },
    ]);
  });
});
