import { FAMILY_MAKES } from './familyMakes.ts';
import { interfaces, layout, type Make, ownEid } from './makeRecipe.ts';
import { LOCKED_PROFILE, THREE_PROFILES, TWO_PROFILES } from './profileRecipes.ts';

const QUECTEL_USB = { vendorId: '2c7c', manufacturer: 'Quectel' } as const;

const EM05_G: Make = {
  label: 'Quectel EM05-G',
  shows: 'An empty eUICC, ready to order for. Test forms answer ERROR though the commands work.',
  usb: { ...QUECTEL_USB, productId: '030a', product: 'EM05-G' },
  tty: 'ttyUSB',
  ports: layout(0, 'diag', 'nmea', 'at', 'ppp'),
  identity: { manufacturer: 'Quectel', model: 'EM05-G', revision: 'EM05GFAR07A07M1G' },
  quirks: {
    testForms: 'error',
    slotCommand: 'quectel',
    pinTriesCommands: ['cpinr', 'quectel'],
    networkCommands: 'quectel',
    simStartMs: 800,
    missing: ['+C5GREG'],
    unsolicited: [
      { text: 'RDY', when: 'boot' },
      { text: '+CPIN: NOT READY', when: 'simLost' },
      { text: '+CPIN: READY', when: 'simReady' },
    ],
  },
  slots: [{ kind: 'euicc', eid: '89044011112233441122334411223321' }],
};

/**
 * The presets. What each real modem is known to do is in its switches; where nothing is known it keeps to the
 * standard, so that nothing is invented. USB ids as in the Linux driver `option.c` and public threads.
 */
export const MAKES = {
  'quectel-em05-g': EM05_G,
  'simcom-a7908e': {
    label: 'SIMCom A7908E',
    shows: 'Three profiles, one of them for tests, and a pending notification. Leaves GET RESPONSE to us.',
    usb: { vendorId: '1e0e', productId: '9011', manufacturer: 'SIMCOM INCORPORATED', product: 'A7908E' },
    tty: 'ttyUSB',
    // The ids, and so the ports, of its sisters A7600E and A7602E.
    ports: interfaces({ 2: 'diag', 4: 'at', 5: 'ppp' }),
    identity: { manufacturer: 'SIMCOM INCORPORATED', model: 'A7908E', revision: 'A7908E_DEMO' },
    quirks: {
      answerForms: { '+CGLA': 'noSpace' },
      followsResponses: { cgla: false, csim: false },
      unsolicited: [
        { text: '+CREG: 2', when: 'afterEcho', only: 'AT+CPIN' },
        { text: '+CPIN: NOT READY', when: 'simLost' },
        { text: '+CPIN: READY', when: 'simReady' },
      ],
      pinTriesCommands: ['cpinr', 'simcom'],
      simStartMs: 900,
      missing: ['+C5GREG'],
    },
    slots: [{ kind: 'euicc', eid: '89049032123451234512345678901235', ...THREE_PROFILES }],
  },
  'fibocom-fm350': {
    label: 'Fibocom FM350-GL',
    shows: 'Answers without the command’s name, and its errors are bare.',
    usb: { vendorId: '0e8d', productId: '7127', manufacturer: 'Fibocom Wireless Inc.', product: 'FM350-GL' },
    tty: 'ttyUSB',
    ports: layout(2, 'diag', 'at', 'nmea', 'at'),
    identity: { manufacturer: 'Fibocom Wireless Inc.', model: 'FM350-GL', revision: '81600.0000.00.29' },
    quirks: {
      answerForms: { '+CCHO': 'bare', '+CGLA': 'bare' },
      errors: 'bare',
      identityForm: 'quoted',
      eidCommand: true,
      slotCommand: 'fibocom',
    },
    slots: [
      { kind: 'euicc', eid: '89001012012341234012345678901224', profiles: TWO_PROFILES },
      { kind: 'none' },
    ],
    network: { act: 13 },
  },
  'fibocom-fg132': {
    label: 'Fibocom FG132-GL',
    shows: 'Test forms of the channel commands answer ERROR though the commands work.',
    usb: { vendorId: '2cb7', productId: '0112', manufacturer: 'Fibocom Wireless Inc.', product: 'FG132-GL' },
    tty: 'ttyUSB',
    ports: layout(0, 'diag', 'at', 'nmea'),
    identity: { manufacturer: 'Fibocom Wireless Inc.', model: 'FG132-GL', revision: '19205.1000.00' },
    quirks: { testForms: 'error' },
    slots: [{ kind: 'euicc', eid: '89001567010203040506070809101152', profiles: TWO_PROFILES }],
  },
  'sierra-em9191': {
    label: 'Sierra Wireless EM9191',
    shows: 'Can open a channel and has no command to close it; errors are words.',
    usb: {
      vendorId: '1199',
      productId: '90d3',
      manufacturer: 'Sierra Wireless, Incorporated',
      product: 'EM9191',
    },
    tty: 'ttyUSB',
    ports: layout(3, 'at', 'diag'),
    identity: {
      manufacturer: 'Sierra Wireless, Incorporated',
      model: 'EM9191',
      revision: 'SWIX55C_03.09.11.00',
    },
    quirks: {
      cchc: 'missing',
      reusesChannel: true,
      errors: 'text',
      errorTexts: { 50: 'Parameters error' },
    },
    slots: [{ kind: 'euicc', eid: '89034011560010000000000000000121', profiles: TWO_PROFILES }],
  },
  'sierra-mc7455': {
    label: 'Sierra Wireless MC7455',
    shows: 'Handles are 16 hex digits that mean nothing.',
    usb: {
      vendorId: '1199',
      productId: '9071',
      manufacturer: 'Sierra Wireless, Incorporated',
      product: 'MC7455',
    },
    tty: 'ttyUSB',
    ports: interfaces({ 0: 'diag', 2: 'nmea', 3: 'at' }),
    identity: {
      manufacturer: 'Sierra Wireless, Incorporated',
      model: 'MC7455',
      revision: 'SWI9X30C_02.33.03.00',
    },
    quirks: { handles: 'opaque', testForms: 'error', missing: ['+C5GREG'] },
    slots: [{ kind: 'euicc', eid: ownEid(7455), profiles: TWO_PROFILES }],
  },
  'quectel-rg650e': {
    label: 'Quectel RG650E',
    shows: 'Its own LPA holds the eUICC until AT+QESIM="lpa_enable",0 and a reset.',
    usb: { ...QUECTEL_USB, productId: '0122', product: 'RG650E' },
    tty: 'ttyUSB',
    ports: layout(2, 'diag', 'at', 'at', 'ppp'),
    identity: { manufacturer: 'Quectel', model: 'RG650E-EU', revision: 'RG650EEUAAR01A01M8G' },
    quirks: {
      lpaOwnsIsdR: true,
      qesim: 'plain',
      reenumeratesMs: 1_500,
      bootMs: 800,
      unsolicited: [
        { text: 'RDY', when: 'boot' },
        { text: '+QUIMSLOT: 1', when: 'boot' },
      ],
      slotCommand: 'quectel',
      pinTriesCommands: ['cpinr', 'quectel'],
      networkCommands: 'quectel',
    },
    slots: [{ kind: 'euicc', eid: '89882119900000000000000000000005' }],
    network: { act: 11 },
  },
  'dell-dw5821e': {
    label: 'Dell DW5821e',
    shows: 'Has no channel commands: APDUs go through +CSIM alone.',
    usb: { vendorId: '413c', productId: '81e0', manufacturer: 'Dell Inc.', product: 'DW5821e-eSIM' },
    tty: 'ttyUSB',
    ports: layout(2, 'at', 'at', 'nmea', 'diag'),
    identity: { manufacturer: 'Dell Inc.', model: 'DW5821e-eSIM', revision: 'T77W968.F1.1.1.2.8' },
    quirks: {
      missing: ['+CCHO', '+CCHC', '+CGLA', '+C5GREG'],
      takesHex: 'upperQuoted',
      slotCommand: 'foxconn',
    },
    slots: [{ kind: 'euicc', eid: ownEid(5821) }, { kind: 'none' }],
  },
  'vendor-only': {
    label: 'Demo modem with +CEID',
    shows: 'No APDU commands at all; only +CEID tells the EID.',
    usb: { vendorId: '1782', productId: '4d10', manufacturer: 'Demo', product: 'Vendor-command modem' },
    tty: 'ttyUSB',
    ports: layout(0, 'at'),
    identity: { manufacturer: 'Demo', model: 'Vendor-command modem', revision: 'DEMO-V1' },
    quirks: { missing: ['+CCHO', '+CCHC', '+CGLA', '+CSIM'], ceid: 'eid' },
    slots: [{ kind: 'euicc', eid: ownEid(1) }],
  },
  'generic-reader': {
    label: 'Demo eUICC reader',
    shows: 'A modem on one port that keeps to the standards.',
    usb: { vendorId: '1209', productId: '0001', manufacturer: 'Demo', product: 'eUICC reader' },
    tty: 'ttyACM',
    ports: layout(0, 'at'),
    identity: { manufacturer: 'Demo', model: 'eUICC reader', revision: 'DEMO-R1' },
    quirks: {},
    slots: [{ kind: 'euicc', eid: ownEid(2), card: { handsOut: 'direct' } }],
  },
  'no-sim': {
    ...EM05_G,
    label: 'Quectel EM05-G without a SIM',
    shows: 'No SIM in the slot.',
    slots: [{ kind: 'none' }],
  },
  'plain-sim': {
    ...EM05_G,
    label: 'Quectel EM05-G with a plain SIM',
    shows: 'A SIM that is no eUICC.',
    slots: [{ kind: 'sim', iccid: '89494026000021436587' }],
  },
  'refusing-euicc': {
    ...EM05_G,
    label: 'Quectel EM05-G whose eUICC refuses',
    shows: 'An eUICC that will not give its EID.',
    slots: [{ kind: 'euicc', eid: ownEid(3), es10: { refuses: { BF3E: 0x6985 } } }],
  },
  'sim-pin': {
    ...EM05_G,
    label: 'Quectel EM05-G with a locked SIM',
    shows: 'The SIM asks for its PIN: 1234.',
    slots: [
      {
        kind: 'euicc',
        eid: ownEid(4),
        profiles: [LOCKED_PROFILE],
      },
    ],
  },
  'sim-puk': {
    ...EM05_G,
    label: 'Quectel EM05-G with a blocked SIM',
    shows: 'The SIM asks for its PUK: 12345678.',
    slots: [
      { kind: 'sim', iccid: '89494026000021436587', pin: { value: '1234', puk: '12345678', tries: 0 } },
    ],
  },
  'silent-port': {
    label: 'A port that never answers',
    shows: 'A diagnostic port: takes everything and says nothing.',
    usb: { ...QUECTEL_USB, productId: '030a', product: 'EM05-G' },
    tty: 'ttyUSB',
    ports: layout(0, 'diag'),
    identity: EM05_G.identity,
    quirks: {},
    slots: [{ kind: 'none' }],
  },
  'nmea-talker': {
    label: 'A GPS receiver',
    shows: 'Talks NMEA without being asked, and answers nothing.',
    usb: { vendorId: '1546', productId: '01a8', manufacturer: 'u-blox AG', product: 'u-blox GNSS receiver' },
    tty: 'ttyACM',
    ports: layout(0, 'nmea'),
    identity: { manufacturer: 'u-blox AG', model: 'GNSS receiver', revision: '' },
    quirks: {},
    slots: [{ kind: 'none' }],
  },
  'slow-modem': {
    ...EM05_G,
    label: 'Quectel EM05-G that takes its time',
    shows: 'Answers of the SIM come seconds late, with lines in between that nobody asked for.',
    quirks: {
      ...EM05_G.quirks,
      latency: { command: 900, sim: 4_000, channel: 6_000, apdu: 5_000 },
      simBusy: 1,
      unsolicited: [
        { text: '+CREG: 2', when: 'afterEcho' },
        { text: '^RSSI: 20', when: 'beforeFinal' },
        { text: '+ESIMS: 1,29', when: 700 },
      ],
    },
    slots: [{ kind: 'euicc', eid: ownEid(5) }],
  },
  ...FAMILY_MAKES,
} as const satisfies Record<string, Make>;

export type MakeName = keyof typeof MAKES;
export const MAKE_NAMES = Object.keys(MAKES) as readonly MakeName[];
