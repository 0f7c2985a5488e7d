import { fault } from '../../../../contract/fault.ts';
import type { Order } from '../../../../contract/order.ts';
import type { RemoteProfile } from '../../../../contract/remoteProfile.ts';
import { fail, ok } from '../../../../contract/result.ts';
import type { BenchState } from '../../../../contract/state.ts';
import { type Answers, FakeBridge } from '../fakeBridge.ts';
import {
  ACCOUNT,
  AVAILABLE_EID,
  AVAILABLE_MATCHING,
  aChip,
  aDevice,
  anActivation,
  anAtLog,
  anInstalledProfile,
  anOrder,
  aSim,
  aState,
  aVerification,
  EIDS,
  NOW,
} from '../fixtures.ts';

/** Situations of the window to look at, each as main would have it. */

const quectel = aDevice();
const simcom = aDevice({
  id: 'usb:simcom',
  phase: 'readingEid',
  since: NOW - 1500,
  port: { path: '/dev/ttyUSB6', baudRate: 115200 },
  modem: { manufacturer: 'SIMCom', model: 'A7908E', revision: 'A7908M6_B04', imei: '864507039998127' },
  eid: null,
});
const fibocom = aDevice({
  id: 'usb:fibocom',
  port: { path: '/dev/ttyUSB9', baudRate: 115200 },
  modem: {
    manufacturer: 'Fibocom',
    model: 'FM350-GL',
    revision: '81600.0000.00.29.23.06',
    imei: '862146050123458',
  },
  eid: { value: EIDS.fibocom, valid: true, via: 'vendor', elapsedMs: 84 },
});
const busy = aDevice({
  id: 'usb:busy',
  phase: 'failed',
  port: { path: '/dev/ttyUSB12', baudRate: 115200 },
  usb: {
    manufacturer: 'Sierra Wireless',
    product: 'EM9191',
    vendorId: '1199',
    productId: '90d3',
    serialNumber: null,
  },
  modem: null,
  simState: null,
  eid: null,
  fault: fault('port.busy', {
    details: 'open /dev/ttyUSB12: EBUSY, Resource temporarily unavailable; held by ModemManager (pid 612)',
  }),
});
const gone = aDevice({
  id: 'usb:gone',
  phase: 'gone',
  since: NOW - 300_000,
  modem: { manufacturer: 'Telit', model: 'LE910C4', revision: '25.21.660', imei: '356789012345678' },
  eid: { value: EIDS.simcom, valid: true, via: 'csim', elapsedMs: 2210 },
});
const all = [quectel, simcom, fibocom, busy, gone];

function anInfo() {
  const { info } = aChip();
  if (info === null) throw new Error('the fixture has no info');
  return info;
}

const OTHER_SID = `AC${'0'.repeat(28)}beef`;
const accounts = [
  { name: 'Workshop', account: ACCOUNT, simDefaults: null },
  {
    name: 'Field trial in the north',
    account: { ...ACCOUNT, accountSid: OTHER_SID, keySid: null },
    simDefaults: null,
  },
];
const KORE = {
  provider: 'kore',
  clientId: 'bench-client-7f3a',
  endpoint: 'https://supersim.api.korewireless.com',
  tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
} as const;
/** In turn: the account in use, the other one, one that is in the list no more. */
const ORDER_ACCOUNTS = [ACCOUNT.accountSid, OTHER_SID, `AC${'1'.repeat(32)}`].map((accountSid) => ({
  provider: 'twilio',
  accountSid,
  endpoint: ACCOUNT.endpoint,
}));

const DAY = 86_400_000;
const STATUSES = [
  'installed',
  'installed',
  'available',
  'downloaded',
  'installed',
  'failed',
  'refused',
  'installed',
] as const;

/** A ledger of some length, with every state in it. */
export function manyOrders(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const at = NOW - 3_600_000 - index * 5_700_000;
    const status = STATUSES[index % STATUSES.length] ?? 'installed';
    const matching = index % 5 === 2;
    const tail = String(index).padStart(6, '0');
    const base = matching ? AVAILABLE_MATCHING : AVAILABLE_EID;
    return anOrder({
      ...base,
      id: `ord_${tail}`,
      createdAt: at,
      updatedAt: at + 30_000,
      status,
      eid: matching ? null : `8904903212345123451234${tail}${String(index % 10_000).padStart(4, '0')}`,
      device: matching
        ? null
        : {
            id: `d${index}`,
            name: ['Quectel EM05-G', 'SIMCom A7908E', 'Telit LE910C4'][index % 3] ?? '',
            imei: '867929068986654',
          },
      iccid: status === 'refused' ? null : `8988307000001${tail}`,
      fault:
        status === 'failed' || status === 'refused' ? fault('order.failed', { providerCode: '83500' }) : null,
      history: [
        { at, status: 'sending', note: 'Sent to Twilio.' },
        { at: at + 600, status: 'new', note: 'Twilio took the order.' },
        { at: at + 1900, status: 'reserving', note: 'A profile is being reserved.' },
        {
          at: at + 24_000,
          status: status === 'refused' ? 'refused' : 'available',
          note: 'The profile is available.',
        },
        { at: at + 90_000, status, note: 'As the provider says.' },
      ],
      archivedAt: index % 17 === 16 ? at + DAY : null,
    });
  });
}

const candidates = [
  {
    sid: 'HP11112222333344445555666677778888',
    status: 'available',
    eid: EIDS.quectel,
    iccid: '89883070000012345678',
    smdpAddress: 'sm-dp-plus.twilio.com',
    matchingId: null,
    dateCreated: new Date(NOW - 5_000_000).toISOString(),
    orderId: null,
  },
  {
    sid: 'HP9999aaaa8888bbbb7777cccc6666dddd',
    status: 'reserving',
    eid: EIDS.quectel,
    iccid: null,
    smdpAddress: null,
    matchingId: null,
    dateCreated: new Date(NOW - 60_000).toISOString(),
    orderId: 'ord_000001',
  },
];

const REMOTE_STATUSES = ['available', 'reserving', 'installed', 'failed', 'downloaded', 'new'] as const;

/** Profiles as the provider lists them: every other one is that of an order. */
function manyProfiles(count: number, orders: readonly Order[], from = 0): RemoteProfile[] {
  return Array.from({ length: count }, (_, place) => {
    const index = from + place;
    const order = index % 2 === 1 ? orders[index] : undefined;
    const status = order?.status ?? REMOTE_STATUSES[(index / 2) % REMOTE_STATUSES.length] ?? 'new';
    const reserved = status !== 'new' && status !== 'reserving' && status !== 'failed';
    const matching = index % 8 === 4;
    const tail = String(index).padStart(6, '0');
    return {
      sid: order?.sid ?? `HP${tail.repeat(6).slice(0, 32)}`,
      status,
      eid: matching ? null : (order?.eid ?? `8904903212345123451234${tail}${tail.slice(-4)}`),
      iccid: reserved ? `8988307000002${tail}` : null,
      simSid: reserved ? `HS${tail.repeat(6).slice(0, 32)}` : null,
      smdpAddress: reserved ? 'sm-dp-plus.twilio.com' : null,
      matchingId: matching && reserved ? 'KL14V-PA8QF-2M7DE-XX01B-0NN3C' : null,
      errorCode: status === 'failed' ? '83500' : null,
      errorMessage: status === 'failed' ? 'The eSIM profile could not be made.' : null,
      dateCreated: new Date(NOW - index * 7_900_000).toISOString(),
      dateUpdated: new Date(NOW - index * 7_900_000 + 40_000).toISOString(),
      orderId: order?.id ?? null,
    };
  });
}

const ledger = manyOrders(40).map((order, index) => ({
  ...order,
  sid: `HP${String(index).padStart(32, 'a')}`,
}));
/** Two pages of the provider's list. */
const pages: NonNullable<Answers['profiles.page']> = ({ cursor, filter }) => {
  const next = cursor === null && filter.eid === null ? '/v1/ESimProfiles?Page=1' : null;
  const profiles = manyProfiles(cursor === null ? 50 : 20, ledger, cursor === null ? 0 : 50);
  const fitting = profiles.filter(
    ({ status, eid }) => status === (filter.status ?? status) && eid === (filter.eid ?? eid),
  );
  return slow(ok({ profiles: fitting, next, incomplete: null, account: 'Workshop' }), 30);
};
/** The same as long as the list was not asked for anew. */
const pagesOnce = (): NonNullable<Answers['profiles.page']> => {
  let first = true;
  return (input) => {
    if (input.cursor === null && !first) return slow(fail(fault('account.rejected')), 30);
    if (input.cursor === null) first = false;
    return pages(input);
  };
};
const history = {
  accounts,
  account: { name: 'Workshop', account: ACCOUNT, secret: 'keychain', fault: null },
  orders: ledger,
} as const;

const slow = <T>(value: T, ms = 600) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

const FLEETS = [
  { sid: `HF${'5'.repeat(32)}`, uniqueName: 'Pilot Fleet' },
  { sid: `HF${'6'.repeat(32)}`, uniqueName: 'Field devices' },
  { sid: `HF${'7'.repeat(32)}`, uniqueName: null },
];
const WISH = {
  fleet: `HF${'5'.repeat(32)}`,
  fleetName: 'Pilot Fleet',
  simStatus: 'ready',
  nameTemplate: '{imei}',
} as const;
const withFleets: Answers = {
  'fleets.list': () => slow(ok({ fleets: FLEETS, listedAt: NOW, fault: null }), 10),
  'sims.activate': () => slow(ok(null)),
};
const simOrder = (part: Partial<Order>) => anOrder({ ...AVAILABLE_EID, ...part });

interface Scene {
  readonly state: Partial<BenchState>;
  readonly answers?: Answers;
  readonly log?: ReturnType<typeof anAtLog>;
}

const log = anAtLog();

export const SCENES: Readonly<Record<string, Scene>> = {
  empty: { state: {} },
  ready: { state: { devices: all, orders: manyOrders(40) }, log },
  reading: { state: { devices: [simcom, busy] } },
  noAccount: {
    state: {
      devices: [quectel],
      account: { name: null, account: null, secret: 'none', fault: null },
      accounts: [],
      provider: { state: 'unknown', since: NOW, fault: null },
    },
  },
  proxies: {
    state: {
      keptProxyLogins: [
        { host: 'proxy.example:3128', scheme: 'basic', realm: 'Company network', place: 'keychain' },
        { host: 'gateway.site.example:8080', scheme: 'digest', realm: '', place: 'session' },
      ],
    },
  },
  accounts: {
    state: {
      devices: all,
      accounts,
      account: { name: 'Workshop', account: ACCOUNT, secret: 'keychain', fault: null },
      orders: manyOrders(40).map((order, index) => ({
        ...order,
        account: ORDER_ACCOUNTS[index % 3] ?? order.account,
      })),
    },
    answers: {
      'accounts.import': () => slow(ok({ path: '/home/bench/esim-bench-accounts.json', added: 2 })),
      'accounts.export': () => slow(ok({ path: '/home/bench/esim-bench-accounts.json' })),
    },
  },
  history: {
    state: { ...history, accounts: [...accounts], devices: all },
    answers: { 'profiles.page': pages, 'orders.adopt': () => slow(ok({ orderId: 'ord_000001' })) },
  },
  historyOne: {
    state: { orders: [], account: { ...history.account, name: 'Account' } },
    answers: {
      'profiles.page': () => ok({ profiles: [], next: null, incomplete: null, account: 'Account' }),
    },
  },
  historyWaiting: {
    state: { ...history, accounts: [...accounts] },
    answers: { 'profiles.page': () => new Promise(() => undefined) },
  },
  historyOffline: {
    state: { ...history, accounts: [...accounts] },
    answers: {
      'profiles.page': () => slow(fail(fault('provider.offline', { details: 'connect ECONNREFUSED' })), 10),
    },
  },
  historyRejected: {
    state: { ...history, accounts: [...accounts] },
    answers: { 'profiles.page': () => slow(fail(fault('account.rejected')), 10) },
  },
  historyStale: {
    state: { ...history, accounts: [...accounts] },
    answers: { 'profiles.page': pagesOnce() },
  },
  historyIncomplete: {
    state: { ...history, accounts: [...accounts] },
    answers: {
      'profiles.page': ({ cursor }) =>
        cursor === null
          ? ok({
              profiles: manyProfiles(12, ledger),
              next: '/v1/ESimProfiles?Page=1',
              incomplete: fault('provider.unreadable', { details: '1 of 13: not an eSIM profile: status' }),
              account: 'Workshop',
            })
          : slow(fail(fault('provider.timeout')), 10),
    },
  },
  kore: {
    state: {
      accounts: [...accounts, { name: 'Roadside', account: KORE, simDefaults: null }],
      account: { name: 'Roadside', account: KORE, secret: 'none', fault: null },
    },
  },
  noneInUse: {
    state: {
      accounts,
      account: { name: null, account: null, secret: 'none', fault: null },
      provider: { state: 'unknown', since: NOW, fault: null },
    },
  },
  invalid: {
    state: { devices: [aDevice({ eid: { value: EIDS.wrong, valid: false, via: 'csim', elapsedMs: 1840 } })] },
  },
  reserving: { state: { devices: all, orders: [anOrder(), ...manyOrders(12)] }, log },
  available: { state: { devices: all, orders: [anOrder(AVAILABLE_EID), ...manyOrders(12)] }, log },
  availableLogOpen: {
    state: {
      devices: all,
      orders: [anOrder(AVAILABLE_EID)],
      settings: {
        theme: 'system',
        callbackUrl: null,
        callbackMethod: 'POST',
        showIdentifiers: true,
        atLogOpen: true,
      },
    },
    log: [...log, ...anAtLog('/dev/ttyUSB9', NOW).map((entry) => ({ ...entry, seq: entry.seq + 100 }))],
  },
  matching: {
    state: {
      orders: [anOrder({ ...AVAILABLE_MATCHING, confirmationCodeRequired: true }), ...manyOrders(30)],
    },
  },
  portBusy: { state: { devices: [busy, quectel] }, log },
  refused: {
    state: {
      devices: [quectel],
      orders: [
        anOrder({
          status: 'refused',
          sid: null,
          fault: fault('provider.outOfStock', { providerCode: '83500', requestId: 'RQ0123456789abcdef' }),
          history: [
            { at: NOW - 9000, status: 'sending', note: 'Sent to Twilio.' },
            { at: NOW - 8400, status: 'refused', note: 'Twilio has no eSIM profiles in stock.' },
          ],
        }),
      ],
    },
  },
  unconfirmed: {
    state: {
      devices: [quectel],
      orders: [
        anOrder({
          status: 'unconfirmed',
          sid: null,
          fault: fault('order.unconfirmed', { details: 'socket hang up after 1.2 s' }),
          history: [
            { at: NOW - 9000, status: 'sending', note: 'Sent to Twilio.' },
            { at: NOW - 7800, status: 'unconfirmed', note: 'The connection broke before the answer.' },
          ],
        }),
      ],
    },
  },
  nothingFound: {
    state: {
      devices: [quectel],
      orders: [
        anOrder({
          status: 'unconfirmed',
          heldFor: 'nothingFound',
          sid: null,
          history: [
            { at: NOW - 400_000, status: 'sending', note: 'Sent to Twilio.' },
            { at: NOW - 399_000, status: 'unconfirmed', note: 'The connection broke before the answer.' },
          ],
        }),
      ],
    },
  },
  choice: {
    state: {
      devices: [quectel],
      orders: [
        anOrder({
          status: 'unconfirmed',
          heldFor: 'choice',
          candidates,
          sid: null,
          history: [
            { at: NOW - 9000, status: 'sending', note: 'Sent to Twilio.' },
            { at: NOW - 7800, status: 'unconfirmed', note: 'The connection broke before the answer.' },
          ],
        }),
      ],
    },
  },
  offline: {
    state: {
      devices: [quectel],
      provider: { state: 'offline', since: NOW - 120_000, fault: fault('provider.offline') },
      ports: {
        list: [],
        fault: fault('port.listFailed', { details: 'spawn udevadm ENOENT' }),
        listedAt: null,
      },
      ledgerFault: fault('ledger.setAside', {
        details: 'ledger.sqlite → ledger-2026-11-24.set-aside.sqlite',
      }),
      orders: [
        anOrder({
          status: 'draft',
          heldFor: 'network',
          sid: null,
          history: [
            { at: NOW - 60_000, status: 'draft', note: 'Written while the provider could not be reached.' },
          ],
        }),
        ...manyOrders(5),
      ],
    },
  },
  rejected: {
    state: {
      devices: [quectel],
      account: {
        name: 'Account',
        account: ACCOUNT,
        secret: 'keychain',
        fault: fault('account.rejected', { providerCode: '20003' }),
      },
      provider: {
        state: 'rejected',
        since: NOW - 20_000,
        fault: fault('account.rejected', { providerCode: '20003' }),
      },
    },
  },
  demo: {
    state: {
      app: {
        version: '0.1.0',
        mode: 'demo',
        platform: 'linux',
        dataDir: '/home/bench/.config/eSIM Bench demo',
      },
      devices: all,
      orders: [anOrder(AVAILABLE_EID), ...manyOrders(8)],
    },
    log,
  },
  installed: {
    state: {
      devices: [quectel],
      orders: [
        anOrder({
          ...AVAILABLE_EID,
          status: 'installed',
          history: [
            ...(AVAILABLE_EID.history ?? []),
            { at: NOW + 40_000, status: 'downloaded', note: 'The device has downloaded the profile.' },
            { at: NOW + 52_000, status: 'installed', note: 'The profile is installed.' },
          ],
        }),
      ],
    },
  },
  thousands: { state: { orders: manyOrders(5000) } },
  chip: {
    state: {
      devices: [
        aDevice({
          chip: aChip({ addresses: { defaultSmdp: 'sm-dp-plus.twilio.com', rootSmds: 'lpa.ds.gsma.com' } }),
          iccid: '89883070000012345678',
          slots: { active: 1, count: 2, labels: ['SIM1', 'eSIM'] },
          history: [
            { at: NOW - 9000, kind: 'changeChip', done: true, note: 'Enabled “Super SIM” (ICCID …5678).' },
            {
              at: NOW - 60_000,
              kind: 'verify',
              done: false,
              note: 'Not registered after 3 min: searching on LTE.',
            },
            {
              at: NOW - 90_000_000,
              kind: 'ordered',
              done: true,
              note: 'Ordered an eSIM profile from Twilio.',
            },
          ],
        }),
        fibocom,
      ],
      orders: [anOrder({ ...AVAILABLE_EID, status: 'installed' })],
    },
  },
  chipUnread: {
    state: { devices: [aDevice()] },
    answers: { 'chip.read': () => new Promise(() => undefined) },
  },
  chipBusy: {
    state: {
      devices: [
        aDevice({
          chip: aChip(),
          activity: {
            kind: 'changeChip',
            step: 'Waiting for the SIM to start anew',
            since: NOW - 14_000,
            until: NOW + 46_000,
          },
        }),
      ],
    },
  },
  chipFailed: {
    state: {
      devices: [
        aDevice({ activityFault: fault('euicc.refused', { details: '6985 (conditions not satisfied)' }) }),
      ],
    },
    answers: { 'chip.read': () => slow(fail(fault('euicc.refused'))) },
  },
  chipSparse: {
    state: {
      devices: [
        aDevice({
          chip: aChip({
            info: null,
            addresses: { defaultSmdp: null, rootSmds: null },
            profiles: [],
            notifications: null,
            missing: [
              { part: 'info', details: '6A88 (not found)' },
              { part: 'notifications', details: '6D00 (instruction not supported)' },
            ],
          }),
        }),
      ],
    },
  },
  chipTest: {
    state: {
      devices: [
        aDevice({
          chip: aChip({
            info: {
              ...anInfo(),
              ciKeysForVerification: [
                'F54172BDF98A95D65CBEB88A38A1C11D800A85C3',
                '0102030405060708090A0B0C0D0E0F1011121314',
              ].slice(0, 1),
              ciKeysForSigning: [],
              freeNonVolatileBytes: 2_621_440,
            },
            profiles: [
              anInstalledProfile({
                profileClass: 'test',
                name: 'TS48 test profile',
                serviceProvider: 'GSMA',
              }),
              anInstalledProfile({
                iccid: '8944500102198304827',
                state: 'disabled',
                nickname: 'A name that is quite long, as somebody may want to tell his devices apart 64',
                icon: {
                  type: 'png',
                  base64:
                    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR42mP8z8Dwn4EIwDiqkL4KAcT9GO0U4BxoAAAAAElFTkSuQmCC',
                },
              }),
            ],
          }),
        }),
      ],
    },
  },
  pin: {
    state: {
      devices: [
        aDevice({
          phase: 'failed',
          simState: 'SIM PIN',
          eid: null,
          fault: fault('sim.pin'),
          simLock: { asksFor: 'pin', pinTries: 3, pukTries: 10 },
        }),
      ],
    },
    answers: { 'devices.enterPin': () => slow(fail(fault('sim.pinWrong'))) },
  },
  puk: {
    state: {
      devices: [aDevice({ simState: 'SIM PUK', simLock: { asksFor: 'puk', pinTries: 0, pukTries: 1 } })],
    },
  },
  verifying: {
    state: {
      devices: [
        aDevice({
          activity: {
            kind: 'verify',
            step: 'Searching on LTE',
            since: NOW - 42_000,
            until: NOW + 138_000,
          },
        }),
      ],
    },
  },
  verified: {
    state: {
      devices: [
        aDevice({ verification: aVerification(), slots: { active: 2, count: 2, labels: ['SIM1', 'eSIM'] } }),
      ],
    },
  },
  denied: {
    state: {
      devices: [
        aDevice({
          verification: aVerification({
            outcome: 'denied',
            registrations: [
              { command: '+CEREG', stat: 3, state: 'denied' },
              { command: '+CREG', stat: 2, state: 'searching' },
            ],
            operator: null,
            technology: null,
            signalDbm: -112,
          }),
        }),
      ],
    },
  },
  simNew: {
    state: { devices: [quectel], orders: [simOrder({ sim: aSim({ status: 'new' }) })] },
    answers: withFleets,
  },
  simWished: {
    state: {
      devices: [quectel],
      orders: [anOrder({ activation: anActivation({ heldFor: 'profile' }) }), ...manyOrders(4)],
    },
    answers: withFleets,
  },
  simOffline: {
    state: {
      devices: [quectel],
      provider: { state: 'offline', since: NOW - 60_000, fault: fault('provider.offline') },
      orders: [
        simOrder({ activation: anActivation({ heldFor: 'network', fault: fault('provider.offline') }) }),
      ],
    },
    answers: {
      'fleets.list': () =>
        slow(ok({ fleets: FLEETS, listedAt: NOW - 90_000_000, fault: fault('provider.offline') }), 10),
    },
  },
  simScheduled: {
    state: {
      devices: [quectel],
      orders: [
        simOrder({
          sim: aSim({ status: 'scheduled', at: NOW - 14_000 }),
          activation: anActivation({ status: 'scheduled', heldFor: null, uniqueName: '867929068986654' }),
        }),
      ],
    },
    answers: withFleets,
  },
  simDone: {
    state: {
      devices: [quectel],
      accounts: [{ name: 'Account', account: ACCOUNT, simDefaults: { wish: WISH, byItself: true } }],
      orders: [
        simOrder({
          status: 'installed',
          sim: aSim({ status: 'ready', uniqueName: '867929068986654', fleetSid: WISH.fleet }),
          activation: anActivation({ status: 'done', heldFor: null, uniqueName: '867929068986654' }),
        }),
        ...manyOrders(6).map((order, index) => ({
          ...order,
          sim: index < 4 ? aSim({ status: ['active', 'ready', 'new', 'inactive'][index] ?? 'new' }) : null,
        })),
      ],
    },
    answers: withFleets,
  },
  simStopped: {
    state: {
      devices: [quectel],
      orders: [
        simOrder({
          sim: aSim({ status: 'new' }),
          activation: anActivation({
            status: 'stopped',
            heldFor: null,
            attempts: 1,
            wish: { ...WISH, nameTemplate: 'Field unit' },
            uniqueName: 'Field unit',
            fault: fault('provider.refused', {
              message: 'The unique name "Field unit" is taken by another SIM of the account.',
              hint: 'Choose another name.',
              providerCode: '83011',
              requestId: 'RQ0123456789abcdef',
            }),
          }),
        }),
        ...manyOrders(4),
      ],
    },
    answers: withFleets,
  },
  simNext: {
    state: { devices: [quectel], orders: [simOrder({ status: 'installed', sim: aSim({ status: 'new' }) })] },
    answers: withFleets,
  },
  simNoFleets: {
    state: { devices: [quectel], orders: [simOrder({ sim: aSim({ status: 'new' }) })] },
    answers: { 'fleets.list': () => slow(ok({ fleets: [], listedAt: NOW, fault: null }), 10) },
  },
  byItself: {
    state: {
      devices: [quectel],
      accounts: [{ name: 'Account', account: ACCOUNT, simDefaults: { wish: WISH, byItself: true } }],
    },
    answers: withFleets,
  },
  smdpUnread: { state: { devices: [aDevice()], orders: [anOrder(AVAILABLE_EID)] } },
  smdpOther: {
    state: {
      devices: [
        aDevice({
          chip: aChip({ addresses: { defaultSmdp: 'rsp.other-provider.example', rootSmds: null } }),
        }),
      ],
      orders: [anOrder(AVAILABLE_EID)],
    },
  },
  smdpSame: {
    state: {
      devices: [
        aDevice({ chip: aChip({ addresses: { defaultSmdp: 'sm-dp-plus.twilio.com', rootSmds: null } }) }),
      ],
      orders: [anOrder(AVAILABLE_EID)],
    },
  },
};

/** A bridge for a scene; the answers that a click in it may want are there too. */
export function makeBridge(name: string, theme: 'light' | 'dark'): FakeBridge {
  const scene = SCENES[name];
  if (scene === undefined) throw new Error(`no scene ${name}`);
  const state = aState(scene.state);
  const bridge: FakeBridge = new FakeBridge(
    { ...state, settings: { ...state.settings, theme } },
    {
      'orders.create': () => slow(ok({ kind: 'exists', profiles: candidates } as const)),
      'orders.orderAgain': () => slow(ok({ orderId: 'ord_000001' })),
      'orders.chooseCandidate': () => slow(ok({ orderId: 'ord_000001' })),
      'orders.adopt': () => slow(ok({ orderId: 'ord_000001' })),
      'devices.read': () => slow(ok(null), 3000),
      'devices.addPort': () => slow(fail(fault('port.notFound'))),
      'account.set': () =>
        slow(
          fail(fault('keychain.unavailable', { details: 'Cannot autolaunch D-Bus without X11 $DISPLAY' })),
        ),
      'proxy.forget': () =>
        slow(
          fail(
            fault('keychain.locked', {
              hint: 'The login is still in it. Unlock the keychain, then forget the login again.',
            }),
          ),
        ),
      'account.test': () => slow(ok({ elapsedMs: 412 })),
      'ports.rescan': () => slow(ok(null)),
      'chip.retrieveNotification': () =>
        slow(ok({ hex: 'BF2E3ABF2F1A80010781020780820C15736D2D64702D706C7573'.repeat(9) })),
      'chip.change': ({ change }) =>
        slow(change.kind === 'reset' ? fail(fault('chip.notConfirmed')) : fail(fault('chip.policy'))),
      'devices.switchSlot': () => slow(fail(fault('slot.unknown'))),
      'devices.saveReport': () => slow(ok({ path: '/home/bench/Quectel-EM05-G.report.json' })),
      ...scene.answers,
    },
    scene.log ?? [],
  );
  return bridge;
}
