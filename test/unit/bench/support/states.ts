import type { Order } from '../../../../contract/order.ts';
import type { BenchState } from '../../../../contract/state.ts';
import { NOTHING_KNOWN } from '../../support/order.ts';

/** A state before anything has happened. */
export function emptyState(): Omit<BenchState, 'orders'> {
  return {
    app: { version: '0.0.0', mode: 'real', platform: 'linux', dataDir: '/data' },
    ports: { list: [], fault: null, listedAt: null },
    devices: [],
    ledgerFault: null,
    account: { name: null, account: null, secret: 'none', fault: null },
    accounts: [],
    provider: { state: 'unknown', since: 0, fault: null },
    proxyLogin: null,
    keptProxyLogins: [],
    usualMsToAvailable: null,
    settings: {
      theme: 'system',
      callbackUrl: null,
      callbackMethod: 'POST',
      showIdentifiers: false,
      atLogOpen: false,
    },
  };
}

/** An order with everything that a test does not care for filled in. */
export function orderOf(change: Partial<Order> = {}): Order {
  return {
    ...NOTHING_KNOWN,
    id: 'order-1',
    createdAt: 1,
    updatedAt: 1,
    status: 'new',
    kind: 'eid',
    eid: '89044011112233441122334411223321',
    account: {
      provider: 'twilio',
      accountSid: `AC${'0'.repeat(32)}`,
      endpoint: 'https://supersim.twilio.com',
    },
    ...change,
  };
}
