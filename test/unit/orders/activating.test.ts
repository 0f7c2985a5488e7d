import { describe, expect, it } from 'vitest';
import type { SimWish } from '../../../contract/activation.ts';
import type { Order } from '../../../contract/order.ts';
import { openBench, type TestBench } from './support/bench.ts';
import { must } from './support/ledgers.ts';
import { OTHER_EID } from './support/profiles.ts';
import { fleetSidOf, type SimMishap, simSidOf } from './support/scriptedSims.ts';

const MINUTE = 60_000;

const READY: SimWish = { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: null };
const DEVICE = { id: 'd', name: 'EM05-G', imei: '867929068986654' };

/** Lets an order become available, with a Sim. */
async function available(bench: TestBench, id: string, simSid = bench.provider.sims.make()): Promise<string> {
  const { sid } = bench.order(id);
  bench.provider.move(sid ?? '', 'available', { simSid, iccid: '8988307000000000001' });
  await bench.clock.advance(MINUTE);
  return simSid;
}

/** An available order whose Sim nobody has wished anything of. */
async function orderWithSim(bench: TestBench, wish = {}): Promise<{ id: string; simSid: string }> {
  const id = await bench.placed(wish);
  return { id, simSid: await available(bench, id) };
}

const simOf = (bench: TestBench, sid: string) => bench.provider.sims.sims.get(sid);
const notes = (order: Order) => order.history.map(({ note }) => note);

describe('a Sim after its order is available', () => {
  it('is left alone where nobody has wished anything', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    expect(bench.order(id)).toMatchObject({ simSid, activation: null, sim: null });
    expect(bench.provider.count('updateSim')).toBe(0);
  });

  it('is asked for, and shown with the order', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, { uniqueName: 'pump 7', status: 'active', fleetSid: fleetSidOf(2) });
    const reading = bench.desk.readSim(id);
    await bench.clock.advance(1_000);
    must(await reading);
    expect(bench.order(id).sim).toMatchObject({
      status: 'active',
      uniqueName: 'pump 7',
      fleetSid: fleetSidOf(2),
    });
  });

  it('becomes what is wished: in the Fleet, with a name, in the status', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench, { device: DEVICE });
    must(bench.desk.activate(id, { ...READY, nameTemplate: 'pump {imei:last4}' }));
    await bench.clock.advance(MINUTE);
    expect(simOf(bench, simSid)).toMatchObject({
      status: 'ready',
      fleetSid: fleetSidOf(1),
      uniqueName: 'pump 6654',
    });
    expect(bench.order(id).activation).toMatchObject({
      status: 'done',
      uniqueName: 'pump 6654',
      fault: null,
    });
    expect(bench.order(id).sim).toMatchObject({ status: 'ready', uniqueName: 'pump 6654' });
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it.each([
    ['by its SID', fleetSidOf(2), 0],
    ['by its unique name', 'field', 1],
  ])('finds a Fleet that is named %s', async (_, fleet, listings) => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    must(bench.desk.activate(id, { ...READY, fleet, simStatus: 'active' }));
    await bench.clock.advance(MINUTE);
    expect(simOf(bench, simSid)).toMatchObject({ status: 'active', fleetSid: fleetSidOf(2) });
    expect(bench.order(id).activation?.status).toBe('done');
    expect(bench.provider.count('listFleets')).toBe(listings);
  });

  it('takes the provider at its word where the Fleets may not be listed', async () => {
    const bench = openBench();
    bench.provider.sims.listsFleets = false;
    const { id, simSid } = await orderWithSim(bench);
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10 * MINUTE);
    expect(simOf(bench, simSid)).toMatchObject({ status: 'ready', fleetSid: fleetSidOf(1) });
    expect(bench.order(id).activation?.status).toBe('done');
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it('is not changed where it is as wished already', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, { status: 'active', fleetSid: fleetSidOf(1) });
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation?.status).toBe('done');
    expect(bench.provider.count('updateSim')).toBe(0);
  });

  it('is asked only for what is missing', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, { fleetSid: fleetSidOf(1) });
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(MINUTE);
    expect(bench.provider.sims.asked).toEqual([{ sid: simSid, update: { status: 'ready' } }]);
  });

  it('can be wished for before there is one, and is done by itself then', async () => {
    const bench = openBench();
    const id = await bench.placed({ simWish: READY });
    expect(bench.order(id).activation).toMatchObject({ status: 'waiting', heldFor: 'profile' });
    await bench.clock.advance(10 * MINUTE);
    expect(bench.provider.count('updateSim') + bench.provider.count('fetchSim')).toBe(0);
    const simSid = await available(bench, id);
    expect(simOf(bench, simSid)).toMatchObject({ status: 'ready', fleetSid: fleetSidOf(1) });
    expect(bench.order(id).activation?.status).toBe('done');
  });

  it('goes on after the profile is installed, when nothing follows any more', async () => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.move(bench.order(id).sid ?? '', 'installed');
    await bench.clock.advance(20 * MINUTE);
    expect(bench.order(id).status).toBe('installed');
    bench.provider.offline = true;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'waiting', heldFor: 'network' });
    bench.provider.offline = false;
    await bench.clock.advance(5 * MINUTE);
    expect(simOf(bench, simSid)?.status).toBe('ready');
  });

  it('waits for the next order with the wish where the profile is ordered again', async () => {
    const bench = openBench();
    bench.provider.mishaps.push('outOfStock');
    const id = await bench.placed({ simWish: READY });
    expect(bench.order(id)).toMatchObject({ status: 'refused', activation: { status: 'waiting' } });
    const again = bench.desk.orderAgain(id);
    await bench.clock.advance(1_000);
    const { orderId } = must(await again);
    const simSid = await available(bench, orderId);
    expect(simOf(bench, simSid)?.status).toBe('ready');
  });
});

describe('a change of a Sim that does not go through at once', () => {
  it.each<[SimMishap, number]>([
    ['commitThenHangUp', 1],
    ['commitThen500', 1],
    ['scheduled', 1],
    ['hangUp', 1],
    ['limited', 1],
    ['neverConnected', 1],
    ['busy', 1],
    ['scheduledInVain', 1],
    ['saysSo', 1],
  ])('is done once after %s', async (mishap, changes) => {
    const bench = openBench();
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push(mishap);
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10 * MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'done', fault: null });
    expect(simOf(bench, simSid)).toMatchObject({ status: 'ready', fleetSid: fleetSidOf(1) });
    expect(bench.provider.sims.done).toHaveLength(changes);
  });

  it('is followed while the provider is at it', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.settleMs = 3 * MINUTE;
    bench.provider.sims.mishaps.push('scheduled');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id)).toMatchObject({
      activation: { status: 'scheduled' },
      sim: { status: 'scheduled' },
    });
    await bench.clock.advance(3 * MINUTE);
    expect(bench.order(id)).toMatchObject({ activation: { status: 'done' }, sim: { status: 'ready' } });
    expect(bench.provider.sims.asked).toHaveLength(1);
  });

  it('is given up after some requests that came to nothing, and says so', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('saysSo', 'saysSo', 'saysSo', 'saysSo', 'saysSo', 'saysSo');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(10 * MINUTE);
    expect(bench.order(id).activation).toMatchObject({
      status: 'stopped',
      fault: { code: 'activation.incomplete' },
    });
    expect(bench.provider.sims.asked).toHaveLength(5);
    bench.provider.sims.mishaps.length = 0;
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation?.status).toBe('done');
  });

  it.each([
    ['an unknown Fleet', { fleet: 'nowhere' }, {}, '83006'],
    ['a name that another Sim has', { nameTemplate: 'pump' }, {}, '83011'],
    ['a status that cannot be reached', {}, { status: 'inactive' }, '83010'],
  ])('stops at %s with the reason, and goes on with another wish', async (_, wish, sim, code) => {
    const bench = openBench();
    bench.provider.sims.make({ uniqueName: 'pump' });
    const { id, simSid } = await orderWithSim(bench);
    bench.provider.sims.change(simSid, sim);
    must(bench.desk.activate(id, { ...READY, ...wish }));
    await bench.clock.advance(10 * MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'stopped', fault: { providerCode: code } });
    expect(bench.provider.sims.asked).toHaveLength(1);
    must(bench.desk.activate(id, { ...READY, simStatus: 'active', nameTemplate: 'pump 2' }));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'done', uniqueName: 'pump 2' });
  });

  it('stops where the provider does not know the Sim, after it was asked for some times', async () => {
    const bench = openBench();
    const id = await bench.placed({ simWish: READY });
    await available(bench, id, simSidOf(99));
    await bench.clock.advance(5 * MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'stopped', fault: { providerCode: '83005' } });
    expect(bench.provider.count('fetchSim')).toBe(12);
  });

  it('waits for a Sim that the provider does not know yet, says so once, and goes on when it does', async () => {
    const bench = openBench();
    const id = await bench.placed({ simWish: READY });
    await available(bench, id, simSidOf(99));
    await bench.clock.advance(40_000);
    expect(bench.order(id).activation).toMatchObject({
      status: 'waiting',
      heldFor: 'sim',
      fault: { providerCode: '83005' },
    });
    const said = bench.order(id).history.filter(({ note }) => note?.includes('until the provider knows it'));
    expect(said).toHaveLength(1);
    bench.provider.sims.make({ sid: simSidOf(99) });
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'done', fault: null });
  });

  it('waits for credentials that may change Sims, while others that only read go on', async () => {
    const bench = openBench();
    const first = await orderWithSim(bench);
    const second = await orderWithSim(bench, { target: { kind: 'eid', eid: OTHER_EID } });
    bench.provider.sims.settleMs = 2 * MINUTE;
    bench.provider.sims.mishaps.push('scheduled');
    must(bench.desk.activate(second.id, READY));
    await bench.clock.advance(1_000);
    bench.provider.sims.mishaps.push('forbidden');
    must(bench.desk.activate(first.id, READY));
    await bench.clock.advance(4 * MINUTE);
    expect(bench.order(first.id).activation).toMatchObject({ status: 'waiting', heldFor: 'account' });
    expect(bench.order(second.id).activation?.status).toBe('done');
    expect(bench.provider.sims.asked).toHaveLength(2);
    bench.desk.credentialsChanged();
    await bench.clock.advance(MINUTE);
    expect(bench.order(first.id).activation?.status).toBe('done');
  });

  it('takes no order with it: a create does not wait for a change that hangs', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('hangUp');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(1_000);
    const other = await bench.placed({ target: { kind: 'eid', eid: OTHER_EID } });
    await bench.clock.advance(3_000);
    expect(bench.order(id).activation?.status).toBe('sending');
    expect(bench.order(other).sid).not.toBeNull();
  });
});

describe('the unique name', () => {
  it('counts on until it is free, in the ledger and at the provider', async () => {
    const bench = openBench();
    const taken = ['b-1', 'b-2', 'b-4'];
    for (const uniqueName of taken) bench.provider.sims.make({ uniqueName });
    const wish = { ...READY, nameTemplate: 'b-{n}' };
    const first = await orderWithSim(bench);
    must(bench.desk.activate(first.id, wish));
    await bench.clock.advance(MINUTE);
    const second = await orderWithSim(bench, { target: { kind: 'eid', eid: OTHER_EID } });
    must(bench.desk.activate(second.id, wish));
    await bench.clock.advance(MINUTE);
    expect(bench.order(first.id).activation).toMatchObject({ status: 'done', uniqueName: 'b-3' });
    expect(bench.order(second.id).activation).toMatchObject({ status: 'done', uniqueName: 'b-5' });
    expect(simOf(bench, first.simSid)?.uniqueName).toBe('b-3');
    expect(simOf(bench, second.simSid)?.uniqueName).toBe('b-5');
  });

  it('stays the one that was sent where the answer was lost', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('hangUp', 'commitThenHangUp');
    must(bench.desk.activate(id, { ...READY, nameTemplate: 'b-{n}' }));
    await bench.clock.advance(10 * MINUTE);
    expect(bench.order(id).activation).toMatchObject({ status: 'done', uniqueName: 'b-1', number: 1 });
    expect(bench.provider.sims.done).toHaveLength(1);
  });

  it('is not sent where the order does not know what it is made of', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    must(bench.desk.activate(id, { ...READY, nameTemplate: '{imei}' }));
    await bench.clock.advance(MINUTE);
    expect(bench.order(id).activation).toMatchObject({
      status: 'stopped',
      fault: { code: 'activation.unnamed', message: expect.stringContaining('the IMEI') },
    });
    expect(bench.provider.count('updateSim')).toBe(0);
  });
});

describe('a bench that ends in the middle of a change', () => {
  it.each(['simChecked', 'simSending', 'simAnswered', 'simRecorded'] as const)(
    'at %s leaves a Sim that the next one brings to its end, once',
    async (at) => {
      const dead = openBench();
      const { id, simSid } = await orderWithSim(dead);
      await dead.desk.stop();
      // Nothing of the process goes on after that step.
      const dying = openBench(
        {
          onStep: (step) => {
            if (step === at) throw new Error('the process is gone');
          },
        },
        dead,
      );
      must(dying.desk.activate(id, READY));
      await dead.clock.advance(5_000);
      dying.errors.length = 0;
      await dying.desk.stop();
      const next = openBench({}, dead);
      next.desk.resume();
      await next.clock.advance(5 * MINUTE);
      expect(next.order(id).activation?.status).toBe('done');
      expect(simOf(next, simSid)).toMatchObject({ status: 'ready', fleetSid: fleetSidOf(1) });
      expect(next.provider.sims.done).toHaveLength(1);
    },
  );

  it('is taken up by a second bench on the same ledger, and by one of both only', async () => {
    const one = openBench({ watchMs: 1_000 });
    const { id } = await orderWithSim(one);
    const other = openBench({ watchMs: 1_000 }, one);
    other.desk.resume();
    await one.clock.advance(1_000);
    must(one.desk.activate(id, READY));
    void other.desk.readSim(id);
    await one.clock.advance(5 * MINUTE);
    expect(other.order(id).activation?.status).toBe('done');
    expect(one.provider.sims.asked).toHaveLength(1);
  });
});

describe('a wish', () => {
  it.each(['refused', 'cancelled'] as const)('is not taken for an order that is %s', async (status) => {
    const bench = openBench();
    if (status === 'refused') bench.provider.mishaps.push('outOfStock');
    else bench.provider.offline = true;
    const id = await bench.placed();
    if (status === 'cancelled') must(bench.desk.cancel(id));
    expect(bench.desk.activate(id, READY)).toMatchObject({ ok: false, fault: { code: 'order.wrongState' } });
  });

  it('can be taken back until it is sent', async () => {
    const bench = openBench();
    const id = await bench.placed({ simWish: READY });
    must(bench.desk.dropActivation(id));
    await available(bench, id);
    expect(bench.provider.count('updateSim')).toBe(0);
    expect(notes(bench.order(id)).join()).toContain('taken back');
  });

  it('cannot be taken back or replaced while it is under way', async () => {
    const bench = openBench();
    const { id } = await orderWithSim(bench);
    bench.provider.sims.mishaps.push('hangUp');
    must(bench.desk.activate(id, READY));
    await bench.clock.advance(5_000);
    expect(bench.desk.dropActivation(id).ok).toBe(false);
    expect(bench.desk.activate(id, READY).ok).toBe(false);
  });
});

describe('the Fleets of an account', () => {
  it('are remembered for when the provider cannot be asked', async () => {
    const bench = openBench();
    await bench.placed();
    const { account } = bench.orders()[0] ?? { account: { provider: '', accountSid: '', endpoint: '' } };
    const asking = bench.desk.fleets(account);
    await bench.clock.advance(1_000);
    const now = await asking;
    expect(now.fleets).toEqual([
      { sid: fleetSidOf(1), uniqueName: 'bench' },
      { sid: fleetSidOf(2), uniqueName: 'field' },
    ]);
    bench.provider.offline = true;
    const later = bench.desk.fleets(account);
    await bench.clock.advance(MINUTE);
    expect(await later).toEqual({ ...now, fault: expect.objectContaining({ code: 'provider.offline' }) });
  });
});
