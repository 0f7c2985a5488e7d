import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { CreateOutcome } from '../../../../contract/channels.ts';
import type { Fault } from '../../../../contract/fault.ts';
import type { Order } from '../../../../contract/order.ts';
import { checkLedger } from '../../../../main/orders/checkLedger.ts';
import type { Ledger } from '../../../../main/orders/ledger/ledger.ts';
import { OrderDesk, type OrderDeskOptions } from '../../../../main/orders/orderDesk.ts';
import type { Wish } from '../../../../main/orders/placing.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { must, mustOpen, temporaryFolder } from './ledgers.ts';
import { ACCOUNT, EID } from './profiles.ts';
import { ScriptedProvider } from './scriptedProvider.ts';

/** A desk with its ledger, its provider and its clock, which moves only when told. */
export interface TestBench {
  readonly clock: FakeClock;
  readonly provider: ScriptedProvider;
  readonly path: string;
  readonly ledger: Ledger;
  readonly desk: OrderDesk;
  /** Every order that was told about, in order. */
  readonly told: Order[];
  readonly ledgerFaults: (Fault | null)[];
  readonly errors: unknown[];
  order(id: string): Order;
  orders(): Order[];
  /** Places an order and lets the desk get on with it for a second. */
  place(wish?: Partial<Wish>): Promise<CreateOutcome>;
  /** Places an order that must be written; gives its id. */
  placed(wish?: Partial<Wish>): Promise<string>;
}

export function wish(given: Partial<Wish> = {}): Wish {
  return {
    target: { kind: 'eid', eid: EID },
    device: null,
    account: ACCOUNT,
    callback: null,
    orderAnother: false,
    ...given,
  };
}

/** What one bench shares with another that is given to it: an earlier run of the same bench, or a second process. */
export type Shared = Pick<TestBench, 'clock' | 'provider' | 'path'>;

let benches = 0;

export function openBench(options: Partial<OrderDeskOptions> = {}, shared?: Shared): TestBench {
  const clock = shared?.clock ?? createFakeClock();
  const provider = shared?.provider ?? new ScriptedProvider(clock);
  const path = shared?.path ?? join(temporaryFolder(), 'ledger.sqlite');
  const { ledger } = mustOpen({ path, clock });
  const told: Order[] = [];
  const ledgerFaults: (Fault | null)[] = [];
  const errors: unknown[] = [];
  benches += 1;
  const prefix = `b${benches}-`;
  let orders = 0;
  const desk = new OrderDesk({
    ledger,
    clock,
    random: () => 0.5,
    // Nobody else writes, unless the test is about that: so hours need not be gone through second by second.
    watchMs: 3_600_000,
    newId: () => {
      orders += 1;
      return `${prefix}${orders}`;
    },
    provider: () => provider,
    onChange: (order) => told.push(order),
    onLedgerFault: (fault) => ledgerFaults.push(fault),
    onError: (error) => errors.push(error),
    ...options,
  });
  provider.observe = (observation) => desk.providerSeen(ACCOUNT, observation);
  onTestFinished(async () => {
    const stopped = desk.stop();
    await clock.advance(60_000);
    await stopped;
    // Whatever the test did: nothing has thrown, and the ledger is as a ledger must be.
    expect(errors).toEqual([]);
    const report = checkLedger(ledger);
    if (report.ok) expect(report.value.problems).toEqual([]);
    ledger.close();
  });
  const place = async (given: Partial<Wish> = {}): Promise<CreateOutcome> => {
    const placing = desk.place(wish(given));
    await clock.advance(1_000);
    return must(await placing);
  };
  return {
    clock,
    provider,
    path,
    ledger,
    desk,
    told,
    ledgerFaults,
    errors,
    place,
    order: (id) => must(desk.get(id)),
    orders: () => must(desk.list()),
    async placed(given) {
      const outcome = await place(given);
      if (outcome.kind !== 'ordered') throw new Error(`nothing was ordered: ${outcome.kind}`);
      return outcome.orderId;
    },
  };
}
