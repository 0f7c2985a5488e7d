import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '../../contract/result.ts';
import { openLedger } from '../../main/orders/ledger/openLedger.ts';
import { OrderDesk } from '../../main/orders/orderDesk.ts';
import type { OrderProvider } from '../../main/orders/orderProvider.ts';
import type { Profile } from '../../main/provider/provider.ts';
import { createFakeClock } from '../unit/support/fakeClock.ts';
import type { Benchmark } from './row.ts';

const HOUR_MS = 3_600_000;
const ACCOUNT = {
  provider: 'twilio',
  accountSid: `AC${'0'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};

function reservingProfile(number: number): Profile {
  return {
    sid: `HP${number.toString(16).padStart(32, '0')}`,
    accountSid: ACCOUNT.accountSid,
    iccid: null,
    simSid: null,
    status: 'reserving',
    eid: null,
    smdpPlusAddress: null,
    matchingId: null,
    activationCode: null,
    errorCode: null,
    errorMessage: null,
    dateCreated: '2026-11-24T08:00:00Z',
    dateUpdated: '2026-11-24T08:00:00Z',
    url: null,
    extra: {},
  };
}

/** Requests that reach the provider in one hour of virtual time while so many orders are open and none of them moves. */
async function requestsInAnHour(openOrders: number, folder: string): Promise<number> {
  const clock = createFakeClock();
  const profiles = Array.from({ length: openOrders }, (_, number) => reservingProfile(number));
  let requests = 0;
  const provider: OrderProvider = {
    create: () => Promise.reject(new Error('nothing is ordered here')),
    async fetch(sid) {
      requests += 1;
      const found = profiles.find((profile) => profile.sid === sid);
      if (found === undefined) throw new Error('asked for a profile that there is not');
      return ok(found);
    },
    async *list({ pageSize = 50 }) {
      for (let at = 0; at < Math.max(1, profiles.length); at += pageSize) {
        requests += 1;
        yield ok(profiles.slice(at, at + pageSize));
      }
    },
    async check() {
      requests += 1;
      return ok(null);
    },
    fetchSim: () => Promise.reject(new Error('no Sim is asked for here')),
    updateSim: () => Promise.reject(new Error('no Sim is changed here')),
    listFleets: () => {
      throw new Error('no Fleets are listed here');
    },
  };
  const opened = openLedger({ path: join(folder, `polling-${openOrders}.sqlite`), clock });
  if (!opened.ok) throw new Error(opened.fault.message);
  const desk = new OrderDesk({
    ledger: opened.value.ledger,
    clock,
    random: () => 0.5,
    provider: () => provider,
    onChange: () => undefined,
  });
  for (const { sid } of profiles) {
    const adopted = desk.adopt(sid ?? '', ACCOUNT, null);
    await clock.advance(1);
    const result = await adopted;
    if (!result.ok) throw new Error(result.fault.message);
  }
  requests = 0;
  await clock.advance(HOUR_MS);
  const counted = requests;
  const stopped = desk.stop();
  await clock.advance(10_000);
  await stopped;
  return counted;
}

const benchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'polling-bench-'));
  try {
    return [
      {
        name: 'requests for 200 open orders in an hour',
        value: await requestsInAnHour(200, folder),
        unit: 'requests',
        against: { name: 'one open order', value: await requestsInAnHour(1, folder) },
        bar: { atMost: 1.5 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
export default benchmark;
