import { interfaces, layout, type Make, ownEid } from './makeRecipe.ts';
import { TWO_PROFILES } from './profileRecipes.ts';

/** Radio of an LTE modem has no `+C5GREG`. */
const LTE_ONLY = ['+C5GREG'];

/**
 * One modem of each further family. USB ids and ports as in ModemManager's udev rules and Linux's `option.c`, where
 * they are there; what is not publicly known of a modem keeps to the standard.
 */
export const FAMILY_MAKES = {
  'quectel-rm520n': {
    label: 'Quectel RM520N-GL',
    shows: '5G, with a plain SIM in its first slot: AT+QUIMSLOT=2 reaches the eUICC, with a restart.',
    usb: { vendorId: '2c7c', productId: '0801', manufacturer: 'Quectel', product: 'RM520N-GL' },
    tty: 'ttyUSB',
    ports: layout(0, 'diag', 'nmea', 'at', 'at'),
    identity: { manufacturer: 'Quectel', model: 'RM520N-GL', revision: 'RM520NGLAAR01A08M4G' },
    quirks: {
      slotCommand: 'quectel',
      slotSwitch: 'resets',
      reenumeratesMs: 2_000,
      pinTriesCommands: ['cpinr', 'quectel'],
      networkCommands: 'quectel',
      simStartMs: 800,
    },
    slots: [
      { kind: 'sim', iccid: '89494026000021436587' },
      { kind: 'euicc', eid: ownEid(520), profiles: TWO_PROFILES },
    ],
    activeSlot: 1,
    network: { act: 11 },
  },
  'sierra-hl7800': {
    label: 'Sierra Wireless HL7800',
    shows: 'AT+CCID gives ICCID and EID in one answer.',
    // The ports are those of its successor HL7812, which has the same ids.
    usb: {
      vendorId: '1199',
      productId: 'c001',
      manufacturer: 'Sierra Wireless, Incorporated',
      product: 'HL7800',
    },
    tty: 'ttyACM',
    ports: interfaces({ 0: 'at', 2: 'ppp', 4: 'nmea' }),
    identity: { manufacturer: 'Sierra Wireless', model: 'HL7800', revision: 'HL7800.4.6.9.4' },
    // What stands between the two is not known for sure; a comma is what Sierra's other answers have.
    quirks: { ccidWithEid: ',', missing: LTE_ONLY },
    slots: [{ kind: 'euicc', eid: ownEid(7800), profiles: TWO_PROFILES }],
  },
  'telit-le910c1': {
    label: 'Telit LE910C1',
    shows: 'Gives the ICCID with AT#CCID too. Beyond that nothing but the standard is known.',
    usb: { vendorId: '1bc7', productId: '1201', manufacturer: 'Telit', product: 'LE910C1-EU' },
    tty: 'ttyUSB',
    ports: interfaces({ 0: 'diag', 3: 'nmea', 4: 'at', 5: 'at', 6: 'diag' }),
    identity: { manufacturer: 'Telit', model: 'LE910C1-EU', revision: '25.20.674' },
    quirks: { iccidCommands: ['+CCID', '#CCID'], missing: LTE_ONLY },
    slots: [{ kind: 'euicc', eid: ownEid(910), profiles: TWO_PROFILES }],
  },
  'ublox-lara-r6': {
    label: 'u-blox LARA-R6',
    shows: 'Keeps to the standard as far as is known.',
    usb: { vendorId: '1546', productId: '1312', manufacturer: 'u-blox', product: 'LARA-R6' },
    tty: 'ttyUSB',
    // As the commit has it that brought its ids into Linux: log, three AT parsers, network.
    ports: layout(0, 'diag', 'at', 'at', 'at'),
    identity: { manufacturer: 'u-blox', model: 'LARA-R6001', revision: '00.13' },
    quirks: { iccidCommands: ['+CCID'], missing: LTE_ONLY },
    slots: [{ kind: 'euicc', eid: ownEid(6001), profiles: TWO_PROFILES }],
  },
  'thales-pls83': {
    label: 'Thales Cinterion PLS83-W',
    shows: 'Ports with two interfaces each, as CDC ACM has them.',
    usb: { vendorId: '1e2d', productId: '006f', manufacturer: 'Cinterion', product: 'PLS83-W' },
    tty: 'ttyACM',
    ports: interfaces({ 0: 'at', 2: 'at', 4: 'nmea', 6: 'diag' }),
    identity: { manufacturer: 'Cinterion', model: 'PLS83-W', revision: 'REVISION 01.200' },
    quirks: { iccidCommands: ['+CCID'], missing: LTE_ONLY },
    slots: [{ kind: 'euicc', eid: ownEid(83), profiles: TWO_PROFILES }],
  },
  'nordic-nrf9151': {
    label: 'Nordic nRF9151',
    shows: 'Gives the ICCID with AT%XICCID alone, padded as it stands on the card.',
    // The USB is the board's: a bridge to the modem's UART.
    usb: { vendorId: '1915', productId: '9100', manufacturer: 'Nordic Semiconductor', product: 'Thingy:91' },
    tty: 'ttyACM',
    // Which interface is which is not known.
    ports: interfaces({ 1: 'at', 3: 'diag' }),
    identity: {
      manufacturer: 'Nordic Semiconductor ASA',
      model: 'nRF9151-LACA',
      revision: 'mfw_nrf91x1_2.0.2',
    },
    quirks: {
      echo: 'never',
      iccidCommands: ['%XICCID'],
      padsIccid: true,
      missing: ['+C5GREG', '+CREG', '+CGREG'],
    },
    slots: [{ kind: 'euicc', eid: ownEid(9151), profiles: TWO_PROFILES }],
  },
  'foxconn-t99w175': {
    label: 'Foxconn T99W175',
    shows: 'Its eUICC is the second slot: AT^SWITCH_SLOT=1. Slot 1 is empty.',
    usb: { vendorId: '05c6', productId: '90d5', manufacturer: 'QCOM', product: 'T99W175' },
    tty: 'ttyUSB',
    // Which interface is which on USB is not known; on PCIe it has no interfaces.
    ports: layout(2, 'at', 'nmea', 'diag'),
    identity: { manufacturer: 'QCOM', model: 'T99W175', revision: 'T99W175.F0.1.0.0.9' },
    quirks: { slotCommand: 'foxconn', takesHex: 'upperQuoted', simStartMs: 1_200 },
    slots: [{ kind: 'none' }, { kind: 'euicc', eid: ownEid(175), profiles: TWO_PROFILES }],
    activeSlot: 1,
    network: { act: 13 },
  },
  'huawei-ms2372h': {
    label: 'Huawei MS2372h',
    shows: '+CSIM opens no logical channel; lines about the signal come unasked.',
    usb: { vendorId: '12d1', productId: '1506', manufacturer: 'HUAWEI_MOBILE', product: 'HUAWEI_MOBILE' },
    tty: 'ttyUSB',
    // The order of Huawei's ports differs from firmware to firmware; this is a common one.
    ports: layout(0, 'ppp', 'diag', 'at'),
    identity: { manufacturer: 'huawei', model: 'MS2372h-607', revision: '22.321.01.00.00' },
    quirks: {
      csimChannels: 'refused',
      iccidCommands: ['^ICCID'],
      pinTriesCommands: ['huawei'],
      unsolicited: [
        { text: '^RSSI: 20', when: 'afterEcho', only: 'AT+CPIN' },
        { text: '^RSSI: 21', when: 5_000 },
      ],
      missing: LTE_ONLY,
    },
    slots: [{ kind: 'euicc', eid: ownEid(2372), profiles: TWO_PROFILES }],
  },
  'zte-mf636': {
    label: 'ZTE MF636',
    shows: 'Older than LTE: registration is told by +CREG and +CGREG alone.',
    usb: { vendorId: '19d2', productId: '0031', manufacturer: 'ZTE,Incorporated', product: 'ZTE WCDMA MSM' },
    tty: 'ttyUSB',
    ports: interfaces({ 0: 'diag', 1: 'at', 3: 'ppp' }),
    identity: { manufacturer: 'ZTE INCORPORATED', model: 'MF636', revision: 'BD_TMOZP671A1V1.0.0B05' },
    quirks: { missing: ['+C5GREG', '+CEREG'] },
    slots: [{ kind: 'euicc', eid: ownEid(636), profiles: TWO_PROFILES }],
    network: { act: 2 },
  },
  'sequans-gm02s': {
    label: 'Sequans GM02S',
    shows: 'On a UART. AT+SQNCCID gives ICCID and EID in quotes.',
    // The module has no USB; these are the ids of an adapter that many boards have.
    usb: { vendorId: '0403', productId: '6001', manufacturer: 'FTDI', product: 'FT232R USB UART' },
    tty: 'ttyUSB',
    ports: layout(0, 'at'),
    identity: { manufacturer: 'SEQUANS Communications', model: 'GM02S', revision: 'UE8.2.1.0' },
    quirks: { baudRate: 115_200, iccidCommands: ['+SQNCCID'], missing: LTE_ONLY },
    slots: [{ kind: 'euicc', eid: ownEid(202), profiles: TWO_PROFILES }],
    network: { act: 7 },
  },
  'busy-euicc': {
    label: 'Demo modem with a card of its own mind',
    shows: 'Old eUICC: only EUICCInfo1, no notifications, no tag list, busy once; ignores REFRESH.',
    usb: { vendorId: '1209', productId: '0002', manufacturer: 'Demo', product: 'Older eUICC' },
    tty: 'ttyACM',
    ports: layout(0, 'at'),
    identity: { manufacturer: 'Demo', model: 'Older eUICC', revision: 'DEMO-O1' },
    quirks: { onRefresh: 'ignored', closesOnOther: true, channelBusy: 1 },
    slots: [
      {
        kind: 'euicc',
        eid: ownEid(6),
        profiles: TWO_PROFILES,
        card: { firstChannel: 11, lastChannel: 19, block: 64 },
        es10: {
          refuses: { BF22: 0x6a88, BF28: 0x6a88, BF2B: 0x6a88 },
          profilesTagList: 'refused',
          catBusy: 1,
          eventBits: 'fourBits',
        },
      },
    ],
  },
} as const satisfies Record<string, Make>;
