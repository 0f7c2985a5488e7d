import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreateOutcome } from '../../contract/channels.ts';
import type { Order } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type FaultName, NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { createVirtualProvider, type VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';
import type { LedgerReport } from '../../main/orders/checkLedger.ts';
import type { Wish } from '../../main/orders/placing.ts';
import { DESK_STEPS, type DeskStep } from '../../main/orders/steps.ts';
import { bundleProgram, type Program } from '../support/bundleProgram.ts';
import { type ControlledProcess, startControlled } from '../support/control.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import type { DeskConfig } from './orders-bench.ts';

const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
const KEY_SID = `SK${'b'.repeat(32)}`;
const SECRET = 'the-secret-of-the-virtual-account';
const EID = '89049032123451234512345678901235';

const BY_EID: Omit<Wish, 'account'> = {
  target: { kind: 'eid', eid: EID },
  device: null,
  callback: null,
  orderAnother: false,
};
const BY_MATCHING_ID: Omit<Wish, 'account'> = { ...BY_EID, target: { kind: 'matchingId' } };
const KINDS = [
  ['by EID', BY_EID],
  ['by matching ID', BY_MATCHING_ID],
] as const;

let program: Program;
let provider: VirtualProvider;
let server: ProviderServer;
let folder: string;
const running = new Set<ControlledProcess>();

beforeAll(async () => {
  program = await bundleProgram('../integration/orders-bench.ts', ['libsql']);
});
afterAll(() => program?.remove());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'esim-bench-crash-'));
  provider = createVirtualProvider({
    clock: systemClock,
    accounts: [
      {
        accountSid: ACCOUNT_SID,
        authToken: 'unused',
        keys: [{ sid: KEY_SID, secret: SECRET, permitted: true }],
      },
    ],
    pace: { reservingMs: 3_600_000, availableMs: 3_600_000 },
  });
  server = await startProviderServer(provider);
});
afterEach(async () => {
  await Promise.all([...running].map((child) => child.kill()));
  running.clear();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function startDesk(given: Partial<DeskConfig> = {}): Promise<ControlledProcess> {
  const config: DeskConfig = {
    ledger: join(folder, 'ledger.sqlite'),
    account: { provider: 'twilio', accountSid: ACCOUNT_SID, keySid: KEY_SID, endpoint: server.origin },
    secret: SECRET,
    dieAt: null,
    resume: true,
    ...given,
  };
  const child = await startControlled(program.file, config);
  running.add(child);
  return child;
}

/** Tells a desk that may die of it. */
async function tellMortal(desk: ControlledProcess, order: string, value?: unknown): Promise<void> {
  await desk.tell(order, value).catch(() => undefined);
}

/** Waits until a desk has killed itself: the step was reached. */
async function death(desk: ControlledProcess): Promise<void> {
  await eventually(
    () => isAlive(desk.pid),
    (alive) => !alive,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function value<T>(result: unknown): T {
  const checked = result as Result<T>;
  if (!checked.ok) throw new Error(`${checked.fault.code}: ${checked.fault.message}`);
  return checked.value;
}

async function orders(desk: ControlledProcess): Promise<Order[]> {
  return value(await desk.tell('list'));
}

async function eventually<T>(look: () => Promise<T> | T, holds: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (tries > 400) throw new Error(`never came true: ${JSON.stringify(seen).slice(0, 1_000)}`);
    await sleep(50);
  }
}

/** Waits, and asks as a technician would, until the ledger's one order has its profile. */
async function settled(desk: ControlledProcess): Promise<Order> {
  const [order] = await eventually(
    async () => {
      const all = await orders(desk);
      for (const { id, status } of all) if (status === 'unconfirmed') await desk.tell('refresh', id);
      return all;
    },
    (all) => all.length > 0 && all.every(({ sid }) => sid !== null),
  );
  if (order === undefined) throw new Error('no order');
  return order;
}

/** What must hold after any accident: ledger and provider tell of the same one profile, and the ledger is sound. */
async function expectOneEach(desk: ControlledProcess): Promise<void> {
  const all = await orders(desk);
  expect(all.map(({ sid }) => sid)).toEqual(provider.profiles().map(({ sid }) => sid));
  expect(provider.profiles()).toHaveLength(1);
  expect(value<LedgerReport>(await desk.tell('check'))).toEqual({ orders: 1, problems: [] });
  for (const file of readdirSync(folder)) {
    expect(readFileSync(join(folder, file)).includes(SECRET)).toBe(false);
  }
}

const isAboutSim = (step: DeskStep) => step.startsWith('sim');

describe.each(KINDS)('an order %s', (_kind, wish) => {
  it.each(
    DESK_STEPS.filter((step) => !isAboutSim(step) && (!step.startsWith('look') || step === 'lookedUp')),
  )(
    'whose bench is killed at "%s" is in the ledger once, and the provider made one profile for it',
    async (step: DeskStep) => {
      const first = await startDesk({ dieAt: step });
      await tellMortal(first, 'place', wish);
      await death(first);
      const second = await startDesk();
      // Written down or not: if not, the technician was told nothing, and orders again.
      if ((await orders(second)).length === 0) value(await second.tell('place', wish));
      if (step === 'sending') {
        // It is on the disk that a request may have left; none has. That is not known, and not guessed.
        const [order] = await eventually(
          () => orders(second),
          ([first]) => first?.status === 'unconfirmed',
        );
        value(await second.tell('refresh', order?.id));
        expect(await orders(second)).toMatchObject([{ status: 'unconfirmed', sid: null }]);
        expect(provider.profiles()).toEqual([]);
        return;
      }
      const order = await settled(second);
      expect(order.history.filter(({ status }) => status === 'sending')).toHaveLength(1);
      await expectOneEach(second);
    },
  );

  it.each(['lookStarted', 'lookListed', 'lookRecorded'] as const)(
    'that is being looked for when its bench is killed at "%s" is still found, once',
    async (step) => {
      provider.harm({ on: 'create', what: NAMED_FAULTS['reset after the commit'] });
      const first = await startDesk({ dieAt: step });
      value(await first.tell('place', wish));
      const [lost] = await eventually(
        () => orders(first),
        (all) => all[0]?.status === 'unconfirmed',
      );
      await tellMortal(first, 'refresh', lost?.id);
      await death(first);
      const second = await startDesk();
      await settled(second);
      await expectOneEach(second);
    },
  );
});

describe('the Sim of an order', () => {
  it.each(DESK_STEPS.filter(isAboutSim))(
    'whose bench is killed at "%s" becomes what is wished, and is changed once',
    async (step) => {
      const simWish = { fleet: 'Pilot Fleet', fleetName: null, simStatus: 'ready', nameTemplate: 'b-{n}' };
      const first = await startDesk({ dieAt: step });
      value(await first.tell('place', { ...BY_EID, simWish }));
      const [profile] = await eventually(
        () => provider.profiles(),
        (profiles) => profiles.length === 1,
      );
      provider.setStatus(profile?.sid ?? '', 'available');
      await death(first);
      const second = await startDesk();
      const [order] = await eventually(
        () => orders(second),
        ([one]) => one?.activation?.status === 'done',
      );
      expect(order?.activation).toMatchObject({ uniqueName: 'b-1', fault: null });
      expect(provider.sims()).toMatchObject([
        { sid: order?.simSid, status: 'ready', uniqueName: 'b-1', fleetSid: provider.fleets()[0]?.sid },
      ]);
      const changes = provider.record().filter(({ operation }) => operation === 'updateSim');
      expect(changes.filter(({ committed }) => committed !== null)).toHaveLength(1);
      expect(changes).toHaveLength(1);
      await expectOneEach(second);
    },
  );
});

describe('what goes wrong on the wire', () => {
  it.each<FaultName>([
    'reset before the commit',
    'reset after the commit',
    '429 with Retry-After',
    '502 with HTML after the commit',
    'truncated JSON',
    'wrong types',
  ])('"%s" never makes a profile twice', async (name) => {
    provider.harm({ on: 'create', what: NAMED_FAULTS[name] });
    const desk = await startDesk();
    const placed = value<CreateOutcome>(await desk.tell('place', BY_MATCHING_ID));
    expect(placed.kind).toBe('ordered');
    if (name !== 'reset before the commit') {
      await settled(desk);
      await expectOneEach(desk);
      return;
    }
    const [order] = await eventually(
      () => orders(desk),
      ([first]) => first?.status === 'unconfirmed',
    );
    value(await desk.tell('refresh', order?.id));
    expect(provider.profiles()).toEqual([]);
    expect(provider.record().filter(({ operation }) => operation === 'create')).toHaveLength(1);
  });
});

describe('two processes on one data folder', () => {
  it('make one profile of an EID that both order at the same moment', async () => {
    const desks = await Promise.all([startDesk(), startDesk()]);
    await Promise.all(desks.map((desk) => desk.tell('place', BY_EID)));
    const [one] = desks;
    if (one === undefined) throw new Error('no desk');
    await settled(one);
    await expectOneEach(one);
  });

  it('send an outbox once, whoever comes first', async () => {
    await server.stopListening();
    const desks = await Promise.all([startDesk(), startDesk()]);
    for (const desk of [...desks, ...desks]) value(await desk.tell('place', BY_MATCHING_ID));
    await server.listen();
    const [one] = desks;
    if (one === undefined) throw new Error('no desk');
    const all = await eventually(
      () => orders(one),
      (seen) => seen.every(({ sid }) => sid !== null),
    );
    expect(all).toHaveLength(4);
    expect(all.map(({ sid }) => sid).sort()).toEqual(
      provider
        .profiles()
        .map(({ sid }) => sid)
        .sort(),
    );
  });

  it('know a sender that lives from one that has died', async () => {
    provider.harm({ on: 'create', what: { kind: 'slow', ms: 60_000 } });
    const sender = await startDesk();
    value(await sender.tell('place', BY_EID));
    await eventually(
      () => provider.profiles(),
      (profiles) => profiles.length === 1,
    );
    const other = await startDesk();
    // Longer than the other looks after orders that were left in the middle.
    await sleep(6_000);
    expect(await orders(other)).toMatchObject([{ status: 'sending' }]);
    await sender.kill();
    const order = await settled(other);
    expect(order.history.map(({ status }) => status)).toContain('unconfirmed');
    await expectOneEach(other);
  });

  it('begin one new ledger together where the old one is damaged', async () => {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder, 'ledger.sqlite'), 'damaged '.repeat(1_000));
    const desks = await Promise.all([1, 2, 3].map(() => startDesk()));
    const [one, two] = desks;
    if (one === undefined || two === undefined) throw new Error('no desks');
    value(await one.tell('place', BY_EID));
    await settled(two);
    await expectOneEach(two);
    const aside = readdirSync(folder).filter((file) => file.includes('set-aside'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(folder, aside[0] ?? ''), 'utf8')).toBe('damaged '.repeat(1_000));
    expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(true);
  });
});
