import Database from 'libsql';
import { describe, expect, it, vi } from 'vitest';
import type { SimWish } from '../../../contract/activation.ts';
import { fault } from '../../../contract/fault.ts';
import { openBench, type TestBench } from './support/bench.ts';
import { benchWithDisk } from './support/benchWithDisk.ts';
import { must } from './support/ledgers.ts';
import { OTHER_EID } from './support/profiles.ts';
import { ScriptedProvider } from './support/scriptedProvider.ts';
import { fleetSidOf, type SimMishap } from './support/scriptedSims.ts';

// Minutes of many orders' lives, each step of which is flushed to a real file: slow where others use the disk too.
vi.setConfig({ testTimeout: 30_000 });

const MINUTE = 60_000;
const READY: SimWish = { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: null };
const FIELD: SimWish = { ...READY, fleet: 'field' };
const MATCHING = { target: { kind: 'matchingId' } } as const;

/** An available order with a Sim. */
async function orderWithSim(bench: TestBench, given = {}): Promise<{ id: string; simSid: string }> {
  const id = await bench.placed({ ...MATCHING, ...given });
  const simSid = bench.provider.sims.make();
  bench.provider.move(bench.order(id).sid ?? '', 'available', { simSid, iccid: '8988307000000000001' });
  await bench.clock.advance(MINUTE);
  return { id, simSid };
}

async function ordersWithSims(bench: TestBench, count: number): Promise<{ id: string; simSid: string }[]> {
  const made = [];
  for (let number = 0; number < count; number += 1) made.push(await orderWithSim(bench));
  return made;
}

const activationOf = (bench: TestBench, id: string) => bench.order(id).activation;
const simOf = (bench: TestBench, sid: string) => bench.provider.sims.sims.get(sid);
const countOf = (bench: TestBench, kind: string, sid: string) =>
  bench.provider.requests.filter((request) => request.kind === kind && request.what === sid).length;

describe('one Sim that always fails', () => {
  it.each([
    ['cannot be asked about: 500', fault('provider.broken')],
    ['cannot be asked about: nothing that can be read', fault('provider.unreadable')],
    ['cannot be asked about in time', fault('provider.timeout')],
    ['is asked about too often', fault('provider.limited')],
    ['is not known', fault('provider.notFound', { providerCode: '83005' })],
    ['breaks the client', 'thrown' as const],
  ])('does not hold the others back where it %s', async (_, trouble) => {
    const bench = openBench();
    const [bad, ...others] = await ordersWithSims(bench, 3);
    if (bad === undefined) throw new Error('no Sim');
    bench.provider.sims.deaf.set(bad.simSid, trouble);
    for (const { id } of [bad, ...others]) must(bench.desk.activate(id, READY));
    await bench.clock.advance(3 * MINUTE);
    expect(others.map(({ id }) => activationOf(bench, id)?.status)).toEqual(['done', 'done']);
    // It is asked about less and less often, not as often as the way to the provider is free.
    const before = countOf(bench, 'fetchSim', bad.simSid);
    await bench.clock.advance(10 * MINUTE);
    expect(countOf(bench, 'fetchSim', bad.simSid) - before).toBeLessThanOrEqual(45);
    bench.errors.length = 0;
  });

  it.each<SimMishap>(['hangUp', 'limited', 'neverConnected', 'busy', 'saysSo', 'outOfOrder'])(
    'does not hold the others back where each change of it ends in %s',
    async (mishap) => {
      const bench = openBench();
      const [bad, ...others] = await ordersWithSims(bench, 3);
      if (bad === undefined) throw new Error('no Sim');
      bench.provider.sims.stubborn.set(bad.simSid, mishap);
      for (const { id } of [bad, ...others]) must(bench.desk.activate(id, READY));
      await bench.clock.advance(5 * MINUTE);
      expect(others.map(({ id }) => activationOf(bench, id)?.status)).toEqual(['done', 'done']);
      expect(activationOf(bench, bad.id)?.attempts).toBeLessThanOrEqual(5);
      expect(countOf(bench, 'updateSim', bad.simSid)).toBeLessThanOrEqual(30);
    },
  );

  it('does not hold orders up: between its answers the way to the provider is free most of the time', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.deaf.set(simSid, fault('provider.broken'));
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10 * MINUTE);
    const other = await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    await bench.clock.advance(5_000);
    expect(bench.order(other).sid).not.toBeNull();
  });

  it('is done when it can be asked about again', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.deaf.set(simSid, fault('provider.broken'));
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(30 * MINUTE);
    bench.provider.sims.deaf.clear();
    await bench.clock.advance(2 * MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
  });
});

describe('a row that somebody has spoilt', () => {
  /** Writes into the file what the ledger never would. */
  function spoil(bench: TestBench, sql: string, id: string): void {
    const database = new Database(bench.path);
    database.prepare(sql).run([id]);
    database.close();
  }

  /** A loop that never waits would hang this test: it is made to end. */
  function endlessLoopsEnd(bench: TestBench): void {
    const { ledger } = bench;
    const activated = ledger.activated.bind(ledger);
    let times = 0;
    ledger.activated = (account) => {
      times += 1;
      if (times > 500) throw new Error('it never waits');
      return activated(account);
    };
  }

  it.each([
    [
      'activation and Sim that cannot be read',
      "UPDATE orders SET activation = 'nonsense', sim = '{' WHERE id = ?",
    ],
    ['no activation where there should be one', 'UPDATE orders SET activation = NULL WHERE id = ?'],
    [
      'an activation of another status',
      "UPDATE orders SET activation_status = 'sending', activation = json_set(activation, '$.status', 'done', '$.heldFor', NULL) WHERE id = ?",
    ],
    [
      'one that is being sent, which it is not',
      "UPDATE orders SET activation_status = 'sending' WHERE id = ?",
    ],
  ])('with %s keeps the others from nothing', async (_, sql) => {
    const bench = openBench();
    const [spoilt, other] = await ordersWithSims(bench, 2);
    if (spoilt === undefined || other === undefined) throw new Error('no Sim');
    bench.provider.offline = true;
    must(bench.desk.activate(spoilt.id, READY));
    await bench.clock.advance(1_000);
    spoil(bench, sql, spoilt.id);
    endlessLoopsEnd(bench);
    bench.provider.offline = false;
    must(bench.desk.activate(other.id, READY));
    await bench.clock.advance(3 * MINUTE);
    expect(activationOf(bench, other.id)?.status).toBe('done');
  });
});

describe('another wish while the Sim is looked at for the first', () => {
  it('is the one that is sent', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.latencyMs = 1_000;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(500);
    must(bench.desk.activate(id, FIELD));
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'done', wish: { fleet: 'field' } });
    expect(simOf(bench, simSid)?.fleetSid).toBe(fleetSidOf(2));
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it('is not done because the first is', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, { status: 'ready', fleetSid: fleetSidOf(1) });
    bench.provider.latencyMs = 1_000;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(500);
    must(bench.desk.activate(id, FIELD));
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
    expect(simOf(bench, simSid)?.fleetSid).toBe(fleetSidOf(2));
  });

  it('is not stopped because the first could not be named', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.latencyMs = 1_000;
    must(bench.desk.activate(id, { ...READY, nameTemplate: '{imei}' }));
    await bench.clock.advance(500);
    must(bench.desk.activate(id, FIELD));
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
  });

  it('may be none: nothing is sent of a wish that was taken back', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.latencyMs = 1_000;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(500);
    must(bench.desk.dropActivation(id));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id)).toMatchObject({ activation: null });
    expect(bench.provider.count('updateSim')).toBe(0);
  });
});

describe('the same wish once more', () => {
  it('gives a Sim that has its name no other one', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    const counted = { ...READY, nameTemplate: 'b-{n}' };
    must(bench.desk.activate(id, counted));
    await bench.clock.advance(MINUTE);
    must(bench.desk.activate(id, { ...counted, fleet: 'field' }));
    await bench.clock.advance(MINUTE);
    must(bench.desk.activate(id, { ...counted, fleet: 'field' }));
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'done', uniqueName: 'b-1' });
    expect(simOf(bench, simSid)).toMatchObject({ uniqueName: 'b-1', fleetSid: fleetSidOf(2) });
    expect(bench.provider.sims.done.map(({ update }) => update.uniqueName)).toEqual(['b-1', undefined]);
  });

  it('goes on counting where all names that were tried are taken', async () => {
    const bench = openBench();
    for (let number = 1; number <= 52; number += 1)
      bench.provider.sims.make({ sid: `HSx${number}`, uniqueName: `b-${number}` });
    const { id, simSid } = await orderWithSim(bench);
    const counted = { ...READY, nameTemplate: 'b-{n}' };
    must(bench.desk.activate(id, counted));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'stopped', fault: { providerCode: '83011' } });
    must(bench.desk.activate(id, counted));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'done', uniqueName: 'b-53' });
    expect(simOf(bench, simSid)?.uniqueName).toBe('b-53');
  });
});

describe('a refusal that is no longer true', () => {
  it('of a status that the Sim has by then counts as done: an earlier request was only late', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('hangUp');
    let requests = 0;
    bench.provider.sims.onUpdate = () => {
      requests += 1;
      // What seemed lost is done just before the second request.
      if (requests === 2) bench.provider.sims.change(simSid, { status: 'ready', fleetSid: fleetSidOf(1) });
    };
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'done', fault: null });
    expect(requests).toBe(2);
  });

  it('of a Sim that went on to active, as wished, counts as done', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.onUpdate = () =>
      bench.provider.sims.change(simSid, { status: 'active', fleetSid: fleetSidOf(1) });
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'done', fault: null });
  });

  it('stays one where the Sim is not as wished', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.onUpdate = () => bench.provider.sims.change(simSid, { status: 'inactive' });
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'stopped', fault: { providerCode: '83010' } });
  });

  it('stays one where the Fleet is one that nobody knows: no answer said that the Sim is in it', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, { status: 'ready', fleetSid: fleetSidOf(1) });
    bench.provider.sims.mishaps.push('outOfOrder');
    must(bench.desk.activate(id, { ...READY, fleet: 'nowhere' }));
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)).toMatchObject({ status: 'stopped', fault: { providerCode: '83010' } });
  });
});

describe('a bench that is told to end', () => {
  it('does not give a Sim up because its question was broken off', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('scheduled');
    bench.provider.sims.settleMs = 10 * MINUTE;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5_000);
    bench.provider.sims.deaf.set(simSid, fault('provider.notFound', { providerCode: '83005' }));
    while (countOf(bench, 'fetchSim', simSid) < 8 && activationOf(bench, id)?.status === 'scheduled')
      await bench.clock.advance(500);
    // Every question from now on ends as one that was broken off.
    bench.provider.sims.deaf.set(simSid, fault('cancelled'));
    await bench.clock.advance(MINUTE);
    const told = activationOf(bench, id);
    if (told?.status === 'stopped') expect(told.fault?.code).toBe('provider.notFound');
    else expect(told?.status).toBe('scheduled');
    const quiet = openBench({}, bench);
    expect(activationOf(quiet, id)?.fault?.code).not.toBe('cancelled');
  });
});

/** An available order with its Sim. */
async function placedOn({ clock, desk, place, provider }: ReturnType<typeof benchWithDisk>) {
  const outcome = must(await place());
  if (outcome.kind !== 'ordered') throw new Error('nothing was ordered');
  const simSid = provider.sims.make();
  provider.move(must(desk.get(outcome.orderId)).sid ?? '', 'available', { simSid });
  await clock.advance(MINUTE);
  return { id: outcome.orderId, simSid };
}

describe('a ledger that fills up between the request for a Sim and its answer', () => {
  it('takes the answer when there is room again', async () => {
    const bench = benchWithDisk();
    const { id, simSid } = await placedOn(bench);
    bench.provider.sims.onUpdate = () => bench.fill();
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10_000);
    expect(bench.activation(id)?.status).toBe('sending');
    bench.clear();
    await bench.clock.advance(10_000);
    expect(bench.activation(id)?.status).toBe('done');
    expect(bench.provider.sims.sims.get(simSid)?.status).toBe('ready');
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it('and the bench ends: the next one looks, and asks for nothing again', async () => {
    const bench = benchWithDisk();
    const { id } = await placedOn(bench);
    bench.provider.sims.onUpdate = () => bench.fill();
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10_000);
    const stopped = bench.desk.stop();
    await bench.clock.advance(6_000);
    await stopped;
    const next = openBench({}, bench);
    next.desk.resume();
    await next.clock.advance(MINUTE);
    expect(activationOf(next, id)?.status).toBe('done');
    expect(next.provider.sims.asked).toHaveLength(1);
  });

  it('does not take the late answer for one to a wish that came after it', async () => {
    const bench = benchWithDisk();
    const { id, simSid } = await placedOn(bench);
    bench.provider.sims.onUpdate = () => bench.fill();
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(100);
    expect(bench.activation(id)?.status).toBe('sending');
    bench.provider.sims.onUpdate = () => undefined;
    // Another process, for which there is room, looks at the Sim, and its technician wants something else.
    const other = openBench({}, bench);
    other.provider.observe = () => undefined;
    const looking = other.desk.readSim(id);
    await bench.clock.advance(50);
    must(await looking);
    expect(activationOf(other, id)?.status).toBe('done');
    other.provider.offline = true;
    must(other.desk.activate(id, FIELD));
    await bench.clock.advance(50);
    bench.clear();
    await bench.clock.advance(10_000);
    expect(bench.activation(id)).toMatchObject({ status: 'waiting', wish: { fleet: 'field' } });
    other.provider.offline = false;
    other.desk.networkMayBeBack();
    await bench.clock.advance(2 * MINUTE);
    expect(bench.activation(id)?.status).toBe('done');
    expect(bench.provider.sims.sims.get(simSid)?.fleetSid).toBe(fleetSidOf(2));
    const stopped = bench.desk.stop();
    await bench.clock.advance(6_000);
    await stopped;
  });
});

describe('two processes with one ledger', () => {
  function twoBenches(): [TestBench, TestBench] {
    const one = openBench({ watchMs: 1_000 });
    const other = openBench({ watchMs: 1_000 }, one);
    one.desk.resume();
    other.desk.resume();
    return [one, other];
  }

  it('change each Sim once, and give each a name of its own, while both are at it', async () => {
    const [one, other] = twoBenches();
    const made = await ordersWithSims(one, 6);
    await one.clock.advance(2_000);
    one.provider.latencyMs = 300;
    for (const [index, { id }] of made.entries())
      must((index % 2 === 0 ? one : other).desk.activate(id, { ...READY, nameTemplate: 'b-{n}' }));
    await one.clock.advance(3 * MINUTE);
    expect(made.map(({ id }) => activationOf(other, id)?.status)).toEqual(made.map(() => 'done'));
    const names = made.map(({ simSid }) => simOf(one, simSid)?.uniqueName);
    expect(new Set(names).size).toBe(6);
    expect(one.provider.sims.asked).toHaveLength(6);
  });

  it('do not write what they wait for by turns where each waits for something else', async () => {
    const one = openBench({ watchMs: 1_000 });
    const { id } = await orderWithSim(one);
    const away = new ScriptedProvider(one.clock);
    away.offline = true;
    const other = openBench({ watchMs: 1_000, provider: () => away }, one);
    one.desk.resume();
    other.desk.resume();
    one.provider.sims.mishaps.push('forbidden');
    must(one.desk.activate(id, READY));
    await one.clock.advance(2 * MINUTE);
    const length = one.order(id).history.length;
    await one.clock.advance(10 * MINUTE);
    expect(one.order(id).history.length - length).toBeLessThanOrEqual(2);
    one.desk.credentialsChanged();
    await one.clock.advance(MINUTE);
    expect(activationOf(one, id)?.status).toBe('done');
  });

  it('leave nothing in the middle where one of them dies there', async () => {
    const [one, other] = twoBenches();
    const { id } = await orderWithSim(one);
    await one.desk.stop();
    const dying = openBench(
      {
        watchMs: 1_000,
        onStep: (step) => {
          if (step === 'simAnswered') throw new Error('the process is gone');
        },
      },
      one,
    );
    must(dying.desk.activate(id, READY));
    await one.clock.advance(100);
    dying.errors.length = 0;
    await dying.desk.stop();
    await one.clock.advance(MINUTE);
    expect(activationOf(other, id)?.status).toBe('done');
    expect(other.provider.sims.done).toHaveLength(1);
  });
});

describe('a clock that is set', () => {
  it.each([
    ['back by an hour', -60 * MINUTE],
    ['back by a year', -365 * 24 * 60 * MINUTE],
    ['ahead by an hour', 60 * MINUTE],
  ])('%s while a change is under way: it is followed all the same', async (_, ms) => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.settleMs = 2 * MINUTE;
    bench.provider.sims.mishaps.push('scheduled');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5_000);
    expect(activationOf(bench, id)?.status).toBe('scheduled');
    bench.clock.jump(ms);
    await bench.clock.advance(4 * MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
  });
});

describe('credentials', () => {
  it('that are changed while a change is under way: the Sim is followed with the new ones', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('scheduled');
    bench.provider.sims.settleMs = MINUTE;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(2_000);
    bench.provider.rejected = true;
    await bench.clock.advance(5 * MINUTE);
    expect(activationOf(bench, id)?.status).toBe('scheduled');
    bench.provider.rejected = false;
    bench.desk.credentialsChanged();
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it('that come while the old ones are refused: the change is asked for with them', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.latencyMs = 1_000;
    bench.provider.sims.mishaps.push('forbidden');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(1_500);
    bench.desk.credentialsChanged();
    await bench.clock.advance(MINUTE);
    expect(activationOf(bench, id)?.status).toBe('done');
    expect(bench.provider.sims.asked).toHaveLength(2);
  });

  it('that are removed while a change is under way: it waits, asks for nothing, and goes on when they are back', async () => {
    let isThere = true;
    const holder: { bench?: TestBench } = {};
    const bench = openBench({ provider: () => (isThere ? (holder.bench?.provider ?? null) : null) });
    holder.bench = bench;
    const [scheduled, waiting] = await ordersWithSims(bench, 2);
    if (scheduled === undefined || waiting === undefined) throw new Error('no Sim');
    bench.provider.sims.mishaps.push('scheduled');
    must(bench.desk.activate(scheduled.id, READY));
    await bench.clock.advance(500);
    isThere = false;
    bench.desk.credentialsChanged();
    const requests = bench.provider.requests.length;
    must(bench.desk.activate(waiting.id, READY));
    await bench.clock.advance(10 * MINUTE);
    expect(bench.provider.requests).toHaveLength(requests);
    expect(activationOf(bench, scheduled.id)?.status).toBe('scheduled');
    expect(activationOf(bench, waiting.id)?.status).toBe('waiting');
    isThere = true;
    bench.desk.credentialsChanged();
    await bench.clock.advance(MINUTE);
    expect([scheduled, waiting].map(({ id }) => activationOf(bench, id)?.status)).toEqual(['done', 'done']);
    expect(bench.provider.sims.asked).toHaveLength(2);
  });
});

describe('a technician who clicks all the time', () => {
  it('has no Sim asked about more often than in good order, and none less often', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    const other = await orderWithSim(bench);
    bench.provider.sims.stubborn.set(simSid, 'scheduledInVain');
    bench.provider.sims.settleMs = 60 * MINUTE;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(1_000);
    for (let click = 0; click < 60; click += 1) {
      bench.desk.activate(other.id, READY);
      void bench.desk.refresh(other.id);
      await bench.clock.advance(500);
    }
    const asked = countOf(bench, 'fetchSim', simSid);
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(asked).toBeLessThanOrEqual(12);
    expect(countOf(bench, 'updateSim', simSid)).toBe(1);
  });

  it('does not keep a lost answer from being looked for', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    const other = await orderWithSim(bench);
    bench.provider.sims.stubborn.set(simSid, 'commitThen500');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(500);
    expect(activationOf(bench, id)?.status).toBe('unconfirmed');
    for (let click = 0; click < 40; click += 1) {
      bench.desk.activate(other.id, READY);
      await bench.clock.advance(250);
    }
    expect(activationOf(bench, id)?.status).toBe('done');
  });

  it('does not bring a Sim back that the provider does not know', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    const other = await orderWithSim(bench);
    bench.provider.sims.deaf.set(simSid, fault('provider.notFound', { providerCode: '83005' }));
    must(bench.desk.activate(id, READY));
    for (let click = 0; click < 300; click += 1) {
      bench.desk.activate(other.id, READY);
      await bench.clock.advance(500);
    }
    expect(activationOf(bench, id)).toMatchObject({ status: 'stopped', fault: { providerCode: '83005' } });
    expect(countOf(bench, 'fetchSim', simSid)).toBeLessThanOrEqual(13);
  });
});
