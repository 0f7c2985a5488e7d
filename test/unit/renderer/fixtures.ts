import type { Activation, SimView } from '../../../contract/activation.ts';
import type { AtLogEntry } from '../../../contract/atLog.ts';
import type { Chip, InstalledProfile } from '../../../contract/chip.ts';
import type { Device } from '../../../contract/device.ts';
import type { Order } from '../../../contract/order.ts';
import type { AccountOf } from '../../../contract/providerTable.ts';
import type { RemoteProfile } from '../../../contract/remoteProfile.ts';
import type { BenchState } from '../../../contract/state.ts';
import type { Verification } from '../../../contract/verification.ts';
import { NOTHING_KNOWN } from '../support/order.ts';

/** Parts of a bench's state with everything filled in, so that a test names only what it is about. */

/** A fixed moment, in this computer's zone: 24 November 2026, 10:42:31. */
export const NOW = new Date(2026, 10, 24, 10, 42, 31).getTime();

export const EIDS = {
  quectel: '89044011112233441122334411223321',
  simcom: '89049032123451234512345678901235',
  fibocom: '89034011560010000000000000000121',
  free: '89001012012341234012345678901224',
  wrong: '89049032123451234512345678901234',
} as const;

export const ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: 'AC0123456789abcdef0123456789abcdef',
  keySid: 'SK0123456789abcdef0123456789abcdef',
  endpoint: 'https://supersim.twilio.com',
};

export function aDevice(part: Partial<Device> = {}): Device {
  return {
    id: 'imei:867929068986654',
    phase: 'ready',
    since: NOW - 60_000,
    port: { path: '/dev/ttyUSB2', baudRate: 115200 },
    usb: {
      manufacturer: 'Quectel',
      product: 'EM05-G',
      vendorId: '2c7c',
      productId: '030a',
      serialNumber: 'd2b1c7e0',
    },
    modem: {
      manufacturer: 'Quectel',
      model: 'EM05-G',
      revision: 'EM05GFAR07A07M1G',
      imei: '867929068986654',
    },
    simState: 'READY',
    iccid: null,
    eid: { value: EIDS.quectel, valid: true, via: 'cgla', elapsedMs: 312 },
    fault: null,
    simLock: null,
    slots: null,
    chip: null,
    activity: null,
    activityFault: null,
    verification: null,
    history: [],
    addedByHand: false,
    ...part,
  };
}

export function anInstalledProfile(part: Partial<InstalledProfile> = {}): InstalledProfile {
  return {
    iccid: '89883070000012345678',
    isdpAid: 'A0000005591010FFFFFFFF8900001100',
    state: 'enabled',
    profileClass: 'operational',
    nickname: null,
    serviceProvider: 'Twilio',
    name: 'Super SIM',
    icon: null,
    ...part,
  };
}

export function aChip(part: Partial<Chip> = {}): Chip {
  return {
    readAt: NOW - 8000,
    info: {
      svn: '2.2.2',
      profileVersion: '2.1.0',
      firmwareVersion: '4.6.0',
      globalPlatformVersion: '2.3.1',
      javaCardVersion: '11.0.0',
      applications: 0,
      freeNonVolatileBytes: 437_248,
      freeVolatileBytes: 12_034,
      ciKeysForVerification: ['81370F5125D0B1D408D4C3B232E6D25E795BEBFB'],
      ciKeysForSigning: ['81370F5125D0B1D408D4C3B232E6D25E795BEBFB'],
      category: 'medium',
      uiccCapabilities: [],
      rspCapabilities: [],
      protectionProfileVersion: '1.0.0',
      sasAccreditationNumber: 'GI-BA-UP-0419',
    },
    addresses: { defaultSmdp: null, rootSmds: 'lpa.ds.gsma.com' },
    profiles: [
      anInstalledProfile(),
      anInstalledProfile({
        iccid: '89461111111111111118',
        state: 'disabled',
        nickname: 'Spare for the field',
        serviceProvider: 'Example Mobile',
        name: 'IoT Data',
      }),
    ],
    notifications: [
      {
        sequenceNumber: 7,
        operation: 'install',
        address: 'sm-dp-plus.twilio.com',
        iccid: '89883070000012345678',
      },
      {
        sequenceNumber: 8,
        operation: 'enable',
        address: 'sm-dp-plus.twilio.com',
        iccid: '89883070000012345678',
      },
    ],
    missing: [],
    ...part,
  };
}

export function aRemoteProfile(part: Partial<RemoteProfile> = {}): RemoteProfile {
  return {
    sid: 'HP0f3c5a7e9b1d2f4a6c8e0b2d4f6a8c91',
    status: 'available',
    eid: EIDS.simcom,
    iccid: '89883070000012345678',
    simSid: null,
    smdpAddress: 'sm-dp-plus.twilio.com',
    matchingId: null,
    errorCode: null,
    errorMessage: null,
    dateCreated: '2026-11-24T08:00:00Z',
    dateUpdated: null,
    orderId: null,
    ...part,
  };
}

export function aVerification(part: Partial<Verification> = {}): Verification {
  return {
    at: NOW - 30_000,
    outcome: 'registered',
    simState: 'READY',
    iccid: '89883070000012345678',
    registrations: [
      { command: '+CEREG', stat: 5, state: 'roaming' },
      { command: '+CREG', stat: 5, state: 'roaming' },
    ],
    operator: 'Telekom.de',
    technology: 'LTE',
    signalDbm: -83,
    elapsedMs: 12_400,
    ...part,
  };
}

export function anOrder(part: Partial<Order> = {}): Order {
  return {
    ...NOTHING_KNOWN,
    id: 'ord_01JD8Q5M7X',
    createdAt: NOW - 24_000,
    updatedAt: NOW - 22_000,
    status: 'reserving',
    kind: 'eid',
    eid: EIDS.quectel,
    device: { id: 'imei:867929068986654', name: 'Quectel EM05-G', imei: '867929068986654' },
    account: { provider: 'twilio', accountSid: ACCOUNT.accountSid, endpoint: ACCOUNT.endpoint },
    sid: 'HP0f3c5a7d9b1e2468ace013579bdf91ab',
    history: [
      { at: NOW - 24_000, status: 'sending', note: 'Sent to Twilio.' },
      { at: NOW - 23_500, status: 'new', note: 'Twilio took the order.' },
      { at: NOW - 22_000, status: 'reserving', note: 'A profile is being reserved.' },
    ],
    ...part,
  };
}

/** What becomes known of a profile at `available`, for an order by EID. */
export const AVAILABLE_EID: Partial<Order> = {
  status: 'available',
  updatedAt: NOW,
  iccid: '89883070000012345678',
  simSid: 'HS0123456789abcdef0123456789abcdef',
  smdpAddress: 'sm-dp-plus.twilio.com',
  lpa: 'LPA:1$sm-dp-plus.twilio.com$',
  history: [...anOrder().history, { at: NOW - 2000, status: 'available', note: 'The profile is available.' }],
};

/** The same for an order by matching ID. */
export const AVAILABLE_MATCHING: Partial<Order> = {
  ...AVAILABLE_EID,
  kind: 'matchingId',
  eid: null,
  device: null,
  matchingId: 'KL14V-PA8QF-7RM2N-0S9DW-XC3BT',
  activationCode: '1$sm-dp-plus.twilio.com$KL14V-PA8QF-7RM2N-0S9DW-XC3BT',
  lpa: 'LPA:1$sm-dp-plus.twilio.com$KL14V-PA8QF-7RM2N-0S9DW-XC3BT',
};

export function anActivation(part: Partial<Activation> = {}): Activation {
  return {
    wish: {
      fleet: 'HF55555555555555555555555555555555',
      fleetName: 'Pilot Fleet',
      simStatus: 'ready',
      nameTemplate: '{imei}',
    },
    status: 'waiting',
    heldFor: 'turn',
    uniqueName: null,
    number: 0,
    attempts: 0,
    fault: null,
    ...part,
  };
}

export function aSim(part: Partial<SimView> = {}): SimView {
  return { status: 'new', uniqueName: null, fleetSid: null, at: NOW - 2000, ...part };
}

export function aState(part: Partial<BenchState> = {}): BenchState {
  return {
    app: { version: '0.1.0', mode: 'real', platform: 'linux', dataDir: '/home/bench/.config/eSIM Bench' },
    ports: { list: [], fault: null, listedAt: NOW },
    devices: [],
    orders: [],
    ledgerFault: null,
    account: { name: 'Account', account: ACCOUNT, secret: 'keychain', fault: null },
    accounts: [{ name: 'Account', account: ACCOUNT, simDefaults: null }],
    provider: { state: 'reachable', since: NOW - 600_000, fault: null },
    proxyLogin: null,
    keptProxyLogins: [],
    usualMsToAvailable: 22_000,
    settings: {
      theme: 'system',
      callbackUrl: null,
      callbackMethod: 'POST',
      showIdentifiers: false,
      atLogOpen: false,
    },
    ...part,
  };
}

/** The dialogue that reads an EID with `AT+CGLA`, as the log shows it. */
export function anAtLog(port = '/dev/ttyUSB2', until = NOW - 60_000): AtLogEntry[] {
  const lines: ReadonlyArray<readonly [AtLogEntry['direction'], string]> = [
    ['note', 'Opened at 115200 baud.'],
    ['sent', 'ATE0'],
    ['received', 'OK'],
    ['sent', 'AT+CMEE=1'],
    ['received', 'OK'],
    ['sent', 'AT+CGMI'],
    ['received', 'Quectel'],
    ['received', 'OK'],
    ['sent', 'AT+CGMM'],
    ['received', 'EM05-G'],
    ['received', 'OK'],
    ['unsolicited', '+CREG: 2'],
    ['sent', 'AT+CGSN'],
    ['received', '•••••••••••6654'],
    ['received', 'OK'],
    ['sent', 'AT+CPIN?'],
    ['received', '+CPIN: READY'],
    ['received', 'OK'],
    ['sent', 'AT+CCHO="A0000005591010FFFFFFFF8900000100"'],
    ['received', '+CCHO: 1'],
    ['received', 'OK'],
    ['sent', 'AT+CGLA=1,22,"81E2910006BF3E035C015A"'],
    ['received', '+CGLA: 46,"BF3E125A10••••••••••••••••••••••••••••33219000"'],
    ['received', 'OK'],
    ['sent', 'AT+CCHC=1'],
    ['received', 'OK'],
  ];
  return lines.map(([direction, text], index) => ({
    seq: index + 1,
    at: until - (lines.length - index) * 37,
    port,
    direction,
    text,
  }));
}
