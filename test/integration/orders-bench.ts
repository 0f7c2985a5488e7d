/**
 * Entry of a bundle: an order desk in a process of its own, with the real client, the real clock and a real file, so that it can be
 * killed. It serves `place`, `list`, `refresh`, `cancel`, `check` and `stop` (see control.ts), and ends itself, as by a crash, at the step
 * that it is told.
 */
import type { AccountOf } from '../../contract/providerTable.ts';
import { ok } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import { checkLedger } from '../../main/orders/checkLedger.ts';
import { openLedger } from '../../main/orders/ledger/openLedger.ts';
import { OrderDesk } from '../../main/orders/orderDesk.ts';
import type { Wish } from '../../main/orders/placing.ts';
import type { DeskStep } from '../../main/orders/steps.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { serveOrders } from '../support/control.ts';

export interface DeskConfig {
  readonly ledger: string;
  readonly account: AccountOf<'twilio'>;
  /** Of the virtual provider: nobody's. */
  readonly secret: string;
  /** Ends the process with SIGKILL when the step is reached. */
  readonly dieAt: DeskStep | null;
  readonly resume: boolean;
}

const config = JSON.parse(process.argv[2] ?? '{}') as DeskConfig;
const { account } = config;
const ref = { provider: account.provider, accountSid: account.accountSid, endpoint: account.endpoint };

const provider = createProvider(account, {
  fetch: (url, init) => fetch(url, init),
  secret: async () => ok(config.secret),
  observe: (observation) => desk.providerSeen(ref, observation),
  clock: systemClock,
  userAgent: 'eSIM-Bench/test',
});
const opened = openLedger({ path: config.ledger });
if (!opened.ok) throw new Error(opened.fault.message);
const { ledger } = opened.value;
const desk = new OrderDesk({
  ledger,
  clock: systemClock,
  provider: () => provider,
  onChange: () => undefined,
  onError: (error) => {
    throw error;
  },
  onStep: (step) => {
    if (step === config.dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
if (config.resume) desk.resume();

await serveOrders(
  {
    place: (value) => desk.place({ ...(value as Wish), account: ref }),
    list: () => desk.list(),
    refresh: (value) => desk.refresh(String(value)),
    cancel: (value) => desk.cancel(String(value)),
    check: () => checkLedger(ledger),
  },
  null,
  { input: process.stdin, output: process.stdout },
);
await desk.stop();
process.exit(0);
