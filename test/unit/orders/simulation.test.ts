import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOpenActivation, type SimWish } from '../../../contract/activation.ts';
import type { Order } from '../../../contract/order.ts';
import { checkLedger } from '../../../main/orders/checkLedger.ts';
import type { Ledger } from '../../../main/orders/ledger/ledger.ts';
import { OrderDesk } from '../../../main/orders/orderDesk.ts';
import type { OrderProvider } from '../../../main/orders/orderProvider.ts';
import { DESK_STEPS, type DeskStep } from '../../../main/orders/steps.ts';
import type { CreateRequest, Sim } from '../../../main/provider/provider.ts';
import { fc } from '../support/dice.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { wish } from './support/bench.ts';
import { must, mustOpen, temporaryFolder } from './support/ledgers.ts';
import { ACCOUNT } from './support/profiles.ts';
import { type Mishap, ScriptedProvider } from './support/scriptedProvider.ts';
import { fleetSidOf, type SimMishap } from './support/scriptedSims.ts';

const EIDS = [
  '89049032123451234512345678901235',
  '89001012012341234012345678901224',
  '89044011112233441122334411223321',
];

const READY: SimWish = { fleet: 'bench', fleetName: null, simStatus: 'ready', nameTemplate: null };
const WISHES: readonly SimWish[] = [
  READY,
  { ...READY, nameTemplate: 'b-{n}' },
  { fleet: fleetSidOf(2), fleetName: 'field', simStatus: 'active', nameTemplate: 'b-{n}' },
  { ...READY, nameTemplate: 'all the same' },
  { ...READY, fleet: 'nowhere' },
];
/** What somebody does to a Sim in the web console. */
const CONSOLE: readonly Partial<Sim>[] = [
  { status: 'active', fleetSid: fleetSidOf(1) },
  { status: 'inactive' },
  { fleetSid: fleetSidOf(2) },
  { uniqueName: 'mine' },
];

/** What may happen on a day at the bench. */
type Happening =
  | { readonly kind: 'order'; readonly eid: string | null; readonly simWish: SimWish | undefined }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'mishap'; readonly mishap: Mishap }
  | { readonly kind: 'network'; readonly offline: boolean }
  | { readonly kind: 'credentials'; readonly rejected: boolean }
  | { readonly kind: 'clock'; readonly ms: number }
  | { readonly kind: 'powerCut' }
  | { readonly kind: 'powerCutAt'; readonly step: DeskStep }
  | { readonly kind: 'restart' }
  | { readonly kind: 'refreshAll' }
  /** The provider goes on with its profiles; those that are available have Sims. */
  | { readonly kind: 'available' }
  /** Something is wished of the Sim of an order: of which, the number says. */
  | { readonly kind: 'wishSim'; readonly which: number; readonly wish: SimWish }
  | { readonly kind: 'dropWish'; readonly which: number }
  | { readonly kind: 'lookAtSims' }
  | { readonly kind: 'simMishap'; readonly mishap: SimMishap }
  | { readonly kind: 'console'; readonly which: number; readonly change: Partial<Sim> }
  | { readonly kind: 'orderAgain' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('order'),
      eid: fc.constantFrom(null, null, ...EIDS),
      simWish: fc.constantFrom(undefined, undefined, ...WISHES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(5, 15, 100, 3_000, 40_000, 400_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('mishap'),
      mishap: fc.constantFrom<Mishap>(
        'commitThenHangUp',
        'commitThenSlow',
        'hangUp',
        'commitThen500',
        'limited',
        'limitedFor7s',
        'outOfStock',
        'rejected',
        'neverConnected',
        'namesNoProfile',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network'), offline: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('credentials'), rejected: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock'), ms: fc.constantFrom(-3_600_000, 3_600_000, 60_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('powerCut') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('powerCutAt'), step: fc.constantFrom(...DESK_STEPS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refreshAll') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('orderAgain') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('available') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wishSim'),
      which: fc.nat({ max: 5 }),
      wish: fc.constantFrom(...WISHES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dropWish'), which: fc.nat({ max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lookAtSims') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('simMishap'),
      mishap: fc.constantFrom<SimMishap>(
        'commitThenHangUp',
        'hangUp',
        'commitThen500',
        'limited',
        'neverConnected',
        'forbidden',
        'outOfOrder',
        'scheduled',
        'scheduledInVain',
        'busy',
        'saysSo',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('console'),
      which: fc.nat({ max: 5 }),
      change: fc.constantFrom(...CONSOLE),
    }),
  },
);

/** Those that often come to something about Sims. */
const simHappening = happening.filter(
  ({ kind }) => !['credentials', 'orderAgain', 'mishap', 'network', 'clock'].includes(kind),
);

/**
 * A bench that can lose its power at any moment: the ledger's files are copied as they are then, and whatever the old desk
 * still says reaches nobody. What the disk holds is what was flushed, since every write of the ledger is.
 */
class FragileBench {
  readonly clock = createFakeClock();
  readonly provider = new ScriptedProvider(this.clock);
  /** Orders that the technician was told are written down. */
  readonly promised: { readonly id: string; readonly eid: string | null }[] = [];
  readonly meddledWith = new Set<string>();
  readonly #folder = temporaryFolder();
  #lives = 0;
  #path = join(this.#folder, 'ledger-0.sqlite');
  #alive = { yes: true };
  #cutAt: DeskStep | null = null;
  ledger: Ledger;
  desk: OrderDesk;

  constructor() {
    [this.ledger, this.desk] = this.#open();
  }

  get orders(): Order[] {
    return must(this.desk.list());
  }

  cutPowerAt(step: DeskStep): void {
    this.#cutAt = step;
  }

  cutPower(): void {
    this.#cutAt = null;
    this.#alive.yes = false;
    this.#lives += 1;
    const path = join(this.#folder, `ledger-${this.#lives}.sqlite`);
    for (const suffix of ['', '-wal']) {
      if (existsSync(this.#path + suffix)) copyFileSync(this.#path + suffix, path + suffix);
    }
    const old = this.desk;
    this.#path = path;
    [this.ledger, this.desk] = this.#open();
    void old.stop();
  }

  async restart(): Promise<void> {
    const stopped = this.desk.stop();
    await this.clock.advance(6_000);
    await stopped;
    this.#alive = { yes: true };
    [this.ledger, this.desk] = this.#open();
  }

  async order(eid: string | null, simWish?: SimWish): Promise<void> {
    const target = eid === null ? ({ kind: 'matchingId' } as const) : ({ kind: 'eid', eid } as const);
    const alive = this.#alive;
    const placing = this.desk.place(wish({ target, ...(simWish === undefined ? {} : { simWish }) }));
    await this.clock.advance(12);
    void placing.then((placed) => {
      // With the power gone nobody was told anything.
      if (!alive.yes || !placed.ok || placed.value.kind !== 'ordered') return;
      this.promised.push({ id: placed.value.orderId, eid });
    });
  }

  /** Somebody else changes a Sim: from then on nobody can say how often it had to be changed. */
  changeInConsole(which: number, change: Partial<Sim>): void {
    const { sims } = this.provider.sims;
    const sid = [...sims.keys()][which % Math.max(1, sims.size)];
    if (sid === undefined) return;
    this.meddledWith.add(sid);
    this.provider.sims.change(sid, change);
  }

  #open(): [Ledger, OrderDesk] {
    const alive = { yes: true };
    this.#alive = alive;
    const { ledger } = mustOpen({ path: this.#path, clock: this.clock });
    const life = this.#lives;
    let orders = 0;
    const desk = new OrderDesk({
      ledger,
      clock: this.clock,
      random: () => 0.5,
      watchMs: 3_600_000,
      newId: () => {
        orders += 1;
        return `life${life}-${this.clock.monotonic()}-${orders}`;
      },
      provider: () => mortal(this.provider, alive),
      onChange: () => undefined,
      onStep: (step) => {
        if (!alive.yes || step !== this.#cutAt) return;
        this.cutPower();
      },
      onError: (error) => {
        throw error;
      },
    });
    this.provider.observe = (observation) => {
      if (alive.yes) desk.providerSeen(ACCOUNT, observation);
    };
    desk.resume();
    return [ledger, desk];
  }
}

/** A client whose process may be dead: then its requests leave nobody. */
function mortal(provider: ScriptedProvider, alive: { readonly yes: boolean }): OrderProvider {
  const never = new Promise<never>(() => undefined);
  return {
    create: (request: CreateRequest, options) => (alive.yes ? provider.create(request, options) : never),
    fetch: (sid, options) => (alive.yes ? provider.fetch(sid, options) : never),
    check: (options) => (alive.yes ? provider.check(options) : never),
    list: (filter, options) => provider.list(filter, options),
    fetchSim: (sid, options) => (alive.yes ? provider.fetchSim(sid, options) : never),
    updateSim: (sid, update, options) => (alive.yes ? provider.updateSim(sid, update, options) : never),
    listFleets: (filter, options) => provider.listFleets(filter, options),
  };
}

async function happen(bench: FragileBench, what: Happening): Promise<void> {
  switch (what.kind) {
    case 'order':
      return bench.order(what.eid, what.simWish);
    case 'wait':
      return bench.clock.advance(what.ms);
    case 'mishap':
      bench.provider.mishaps.push(what.mishap);
      return;
    case 'network':
      bench.provider.offline = what.offline;
      return;
    case 'credentials':
      bench.provider.rejected = what.rejected;
      return;
    case 'clock':
      bench.clock.jump(what.ms);
      return;
    case 'powerCut':
      return bench.cutPower();
    case 'powerCutAt':
      return bench.cutPowerAt(what.step);
    case 'restart':
      return bench.restart();
    case 'refreshAll':
      for (const { id } of bench.orders) void bench.desk.refresh(id);
      return bench.clock.advance(50);
    case 'available':
      for (const { sid, status } of bench.provider.profiles) {
        if (sid === null || status === 'available') continue;
        bench.provider.move(sid, 'available', {
          simSid: bench.provider.sims.make(),
          iccid: '8988307000000000001',
        });
      }
      return;
    case 'wishSim': {
      const { orders } = bench;
      const order = orders[what.which % Math.max(1, orders.length)];
      if (order !== undefined) bench.desk.activate(order.id, what.wish);
      return bench.clock.settle();
    }
    case 'dropWish': {
      const { orders } = bench;
      const order = orders[what.which % Math.max(1, orders.length)];
      if (order !== undefined) bench.desk.dropActivation(order.id);
      return;
    }
    case 'lookAtSims':
      for (const { id } of bench.orders) void bench.desk.readSim(id);
      return bench.clock.advance(50);
    case 'simMishap':
      bench.provider.sims.mishaps.push(what.mishap);
      return;
    case 'console':
      return bench.changeInConsole(what.which, what.change);
    case 'orderAgain':
      // Twice: a technician who is not sure has clicked again.
      for (const { id } of [...bench.orders, ...bench.orders]) void bench.desk.orderAgain(id);
      return bench.clock.advance(50);
  }
}

/** Everything is well again, and time passes. */
async function calmDown(bench: FragileBench): Promise<void> {
  bench.provider.mishaps.length = 0;
  bench.provider.offline = false;
  bench.provider.rejected = false;
  bench.provider.sims.mishaps.length = 0;
  bench.desk.credentialsChanged();
  await bench.clock.advance(1_200_000);
}

function expectTruth(bench: FragileBench): void {
  const { orders } = bench;
  const made = bench.provider.profiles;
  // No order lost: whatever a technician was told is written down still is.
  const ids = orders.map(({ id }) => id);
  for (const { id } of bench.promised) expect(ids).toContain(id);
  // None in the ledger twice, none half done.
  expect(new Set(ids).size).toBe(ids.length);
  for (const { status, heldFor } of orders) {
    expect(['draft', 'sending'].includes(status) && heldFor !== 'choice', `${status} ${heldFor}`).toBe(false);
    if (status === 'unconfirmed') expect(['nothingFound', 'choice']).toContain(heldFor);
  }
  // None doubled: an EID has one profile at most, since nobody asked for another in so many words.
  for (const eid of EIDS) expect(made.filter((profile) => profile.eid === eid).length).toBeLessThanOrEqual(1);
  const sent = orders.filter(({ history }) => history.some(({ status }) => status === 'sending'));
  expect(made.length).toBeLessThanOrEqual(sent.length);
  // In a true state: the ledger has just the profiles that the provider has made.
  const bound = orders.flatMap(({ sid }) => sid ?? []);
  expect(bound.sort()).toEqual(made.map(({ sid }) => sid).sort());
  expect(must(checkLedger(bench.ledger)).problems).toEqual([]);
}

/** The provider's own rules, each as the code that it refuses a change by: whether it is true of a Sim and a wish. */
const REASONS: Readonly<Record<string, (bench: FragileBench, order: Order) => boolean>> = {
  '83006': (_, { activation }) => activation?.wish.fleet === 'nowhere',
  '83011': (_, { activation }) => activation?.wish.nameTemplate === 'all the same',
  '83010': () => true,
};

function expectSimsSettled(bench: FragileBench): void {
  const { sims, done, asked } = bench.provider.sims;
  for (const order of bench.orders) {
    const { activation, simSid, status } = order;
    const told = `${order.id} ${status}: ${JSON.stringify(activation)} ${order.history.map(({ note }) => note).join(' | ')}`;
    if (activation === null) continue;
    if (simSid === null) {
      expect(activation, told).toMatchObject({ status: 'waiting', heldFor: 'profile' });
      continue;
    }
    // Every open activation has settled.
    expect(isOpenActivation(activation), told).toBe(false);
    const sim = sims.get(simSid);
    if (activation.status === 'done' && !bench.meddledWith.has(simSid)) {
      // What the ledger says is so at the provider.
      const { fleet, nameTemplate, simStatus } = activation.wish;
      expect(sim?.fleetSid, told).toBe(fleet === 'bench' ? fleetSidOf(1) : fleet);
      expect(simStatus === 'ready' ? ['ready', 'active'] : ['active'], told).toContain(sim?.status);
      if (nameTemplate !== null) expect(sim?.uniqueName, told).toBe(activation.uniqueName);
      expect(order.sim, told).toMatchObject({
        status: sim?.status,
        fleetSid: sim?.fleetSid,
        uniqueName: sim?.uniqueName,
      });
    }
    if (activation.status === 'stopped') {
      const { code, providerCode = '' } = activation.fault ?? {};
      const isTrue = code === 'activation.incomplete' || REASONS[providerCode]?.(bench, order) === true;
      expect(isTrue, told).toBe(true);
    }
  }
  // No two Sims with one name.
  const names = [...sims.values()].flatMap(({ sid, uniqueName }) =>
    uniqueName === null || bench.meddledWith.has(sid ?? '') ? [] : [uniqueName],
  );
  expect(new Set(names).size).toBe(names.length);
  // What is so already is not asked for again: each change is another one than that before it.
  for (const sid of sims.keys()) {
    if (bench.meddledWith.has(sid)) continue;
    const changes = done.filter((one) => one.sid === sid).map(({ update }) => update);
    for (const [index, { fleet, status, uniqueName }] of changes.entries()) {
      const before = changes.slice(0, index);
      const last = <K extends 'fleet' | 'status' | 'uniqueName'>(key: K) =>
        before.map((update) => update[key]).findLast((value) => value !== undefined);
      const isNew =
        (fleet !== undefined && fleet !== last('fleet')) ||
        (status !== undefined && status !== last('status')) ||
        (uniqueName !== undefined && uniqueName !== last('uniqueName'));
      expect(isNew, `${sid} ${JSON.stringify(changes)}`).toBe(true);
    }
    expect(done.filter((one) => one.sid === sid).length).toBeLessThanOrEqual(
      asked.filter((one) => one.sid === sid).length,
    );
  }
}

describe('whatever happens on a day at the bench', () => {
  it('each Sim ends as it is wished or says truly why not, and is changed no more often than that takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(simHappening, { minLength: 5, maxLength: 30 }), async (day) => {
        const bench = new FragileBench();
        await happen(bench, { kind: 'order', eid: null, simWish: WISHES[1] });
        await happen(bench, { kind: 'order', eid: null, simWish: READY });
        await happen(bench, { kind: 'available' });
        await bench.clock.advance(2_000);
        for (const what of day) await happen(bench, what);
        await calmDown(bench);
        expectTruth(bench);
        expectSimsSettled(bench);
        const stopped = bench.desk.stop();
        await bench.clock.advance(6_000);
        await stopped;
      }),
      { numRuns: Number(process.env.SIMULATED_DAYS ?? 30) },
    );
  }, 600_000);

  it('no order is lost, none doubled, and each ends in a true state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (day) => {
        const bench = new FragileBench();
        for (const what of day) await happen(bench, what);
        await calmDown(bench);
        expectTruth(bench);
        const stopped = bench.desk.stop();
        await bench.clock.advance(6_000);
        await stopped;
      }),
      { numRuns: Number(process.env.SIMULATED_DAYS ?? 40) },
    );
  }, 600_000);
});
