import type { CardQuirks } from '../euicc/card.ts';
import type { Es10Quirks } from '../euicc/es10Card.ts';
import type { ModemQuirks } from './quirks.ts';

/**
 * Ways to an EID that a virtual modem with the standard's settings has, and what a switch leaves of them: `apdu` by
 * `+CCHO` and `+CGLA` or `+CSIM`, and the command of a maker that the switch itself brings.
 */
export type EidWay = 'cgla' | 'csim' | 'vendor';

/** What is to be set for one value of a switch. */
export interface QuirkSettings {
  readonly modem?: Partial<ModemQuirks>;
  readonly card?: Partial<CardQuirks>;
  readonly es10?: Partial<Es10Quirks>;
}

export interface QuirkValue {
  /** A few words, for the name of a test. */
  readonly name: string;
  readonly set: QuirkSettings;
  /**
   * By which ways the EID can be read with this one alone, on a SIM that is not locked. Two switches together leave
   * what both leave; a maker's own command (`vendor`) works with any other that does not take the card away.
   */
  readonly eidBy: readonly EidWay[];
}

/** A switch, and the values besides the standard's that are worth trying. */
export interface Quirk {
  readonly of: 'modem' | 'card' | 'es10';
  readonly name: keyof ModemQuirks | keyof CardQuirks | keyof Es10Quirks;
  readonly values: readonly QuirkValue[];
}

const BOTH: readonly EidWay[] = ['cgla', 'csim'];
const WITH_VENDOR: readonly EidWay[] = ['cgla', 'csim', 'vendor'];

/** One switch of the modem, by its values with their names. */
function modem<Name extends keyof ModemQuirks>(
  name: Name,
  values: Readonly<Record<string, ModemQuirks[Name]>>,
  eidBy: Readonly<Record<string, readonly EidWay[]>> = {},
): Quirk {
  return {
    of: 'modem',
    name,
    values: Object.entries(values).map(([label, value]) => ({
      name: `${name}: ${label}`,
      set: { modem: { [name]: value } },
      eidBy: eidBy[label] ?? BOTH,
    })),
  };
}

function card<Name extends keyof CardQuirks>(
  name: Name,
  values: Readonly<Record<string, CardQuirks[Name]>>,
): Quirk {
  return {
    of: 'card',
    name,
    values: Object.entries(values).map(([label, value]) => ({
      name: `${name}: ${label}`,
      // A high channel needs a card that has it.
      set: { card: { ...(name === 'firstChannel' ? { lastChannel: 19 } : {}), [name]: value } },
      eidBy: BOTH,
    })),
  };
}

function es10<Name extends keyof Es10Quirks>(
  name: Name,
  values: Readonly<Record<string, Es10Quirks[Name]>>,
  eidBy: Readonly<Record<string, readonly EidWay[]>> = {},
): Quirk {
  return {
    of: 'es10',
    name,
    values: Object.entries(values).map(([label, value]) => ({
      name: `${name}: ${label}`,
      set: { es10: { [name]: value } },
      eidBy: eidBy[label] ?? BOTH,
    })),
  };
}

/** Every switch with its values; the standard's own value is left out. */
export const QUIRK_TABLE: readonly Quirk[] = [
  modem('echo', { always: 'always', never: 'never' }),
  modem('framing', { trailing: 'trailing', lf: 'lf', cr: 'cr', doubled: 'doubled' }),
  modem('answerForms', {
    'no blank': { '*': 'noSpace' },
    'blank before the colon': { '*': 'blankBeforeColon' },
    'bare handle and APDU': { '+CCHO': 'bare', '+CGLA': 'bare', '+CSIM': 'bare' },
  }),
  modem('payload', {
    'lower case': { letters: 'lower', quotes: true },
    'no quotes': { letters: 'upper', quotes: false },
  }),
  modem('takesHex', { 'upper case in quotes': 'upperQuoted' }),
  modem('errors', { bare: 'bare', words: 'text', numbers: 'number' }),
  modem('errorTexts', { 'its own': { 14: 'SIM is busy now', 50: 'Parameters error' } }),
  modem('unknownCommand', { 'as a number': 100 }),
  modem('testForms', { names: 'names', error: 'error' }),
  modem(
    'missing',
    {
      'channel commands': ['+CCHO', '+CCHC', '+CGLA'],
      '+CSIM': ['+CSIM'],
      '+CMEE': ['+CMEE'],
      'CFUN and identity': ['+CFUN', '+CGMI', '+CGMM'],
    },
    { 'channel commands': ['csim'], '+CSIM': ['cgla'] },
  ),
  modem('identityForm', { prefixed: 'prefixed', quoted: 'quoted' }),
  modem('unsolicited', {
    'after the echo': [{ text: '+CREG: 2', when: 'afterEcho' }],
    'before the final result': [{ text: '^RSSI: 20', when: 'beforeFinal' }],
    'after the final result': [{ text: '+ESIMS: 1,29', when: 'afterFinal' }],
    'every 40 ms': [{ text: 'RING', when: 40 }],
    'when the SIM restarts': [
      { text: '+CPIN: NOT READY', when: 'simLost' },
      { text: '+CPIN: READY', when: 'simReady' },
    ],
  }),
  modem('chunkBytes', { 'one by one': 1, 'in threes': 3, 'in sixties': 60 }),
  modem('baudRate', { 'on a UART': 115_200 }),

  modem('emptyEuicc', { READY: 'READY', 'SIM failure': 13, 'SIM not inserted': 10 }),
  modem('noSim', { 'SIM failure': 13 }),
  modem('pinBlocksApdus', { no: false }),
  modem('simBusy', { once: 1, 'three times': 3 }),
  modem('padsIccid', { yes: true }),
  modem(
    'iccidCommands',
    {
      none: [],
      Huawei: ['^ICCID'],
      Nordic: ['%XICCID'],
      Telit: ['#CCID'],
      Sequans: ['+SQNCCID'],
    },
    { Sequans: WITH_VENDOR },
  ),
  modem('pinTriesCommands', { none: [], Quectel: ['quectel'], SIMCom: ['simcom'], Huawei: ['huawei'] }),
  modem('simStartMs', { 'half a second': 500 }),
  modem('onRefresh', {
    ignored: 'ignored',
    'drops channels': 'dropsChannels',
    'not fetched': 'notFetched',
    resets: 'resets',
    reenumerates: 'reenumerates',
  }),
  modem('cfunRestartsSim', { no: false }),
  modem('ccidWithEid', { comma: ',', blank: ' ' }, { comma: WITH_VENDOR, blank: WITH_VENDOR }),

  modem('handles', { opaque: 'opaque' }),
  modem('cchoRefusal', { 'not found': 22, unknown: 100 }),
  modem('cchc', { named: 'named', missing: 'missing' }),
  modem('reusesChannel', { yes: true }),
  modem('followsResponses', {
    neither: { cgla: false, csim: false },
    both: { cgla: true, csim: true },
  }),
  modem('cglaClass', { 'as sent': 'asSent' }),
  modem(
    'csimChannels',
    { 'opened only': 'openOnly', refused: 'refused' },
    {
      'opened only': ['cgla'],
      refused: ['cgla'],
    },
  ),
  modem('channelBusy', { once: 1, twice: 2 }),
  modem('closesIdleMs', { 'after a second': 1_000 }),
  modem('closesOnOther', { yes: true }),
  // With AT+QESIM="lpa_enable",0 and a restart both ways are there again.
  modem('lpaOwnsIsdR', { yes: true }, { yes: [] }),

  modem(
    'qesim',
    { plain: 'plain', quoted: 'quoted', 'with a result': 'withResult' },
    {
      plain: WITH_VENDOR,
      quoted: WITH_VENDOR,
      'with a result': WITH_VENDOR,
    },
  ),
  modem('eidCommand', { yes: true }, { yes: WITH_VENDOR }),
  modem('ceid', { eid: 'eid', 'another number': 'other', refused: 'refused' }, { eid: WITH_VENDOR }),
  modem('slotCommand', { Quectel: 'quectel', Fibocom: 'fibocom', Foxconn: 'foxconn' }),
  modem('slotSwitch', { resets: 'resets', 'needs a reset': 'needsReset' }),
  modem('networkCommands', { Quectel: 'quectel' }),
  modem('registration', { home: 'home', denied: 'denied', searching: 'searching' }),
  modem('statWithoutSim', { searching: 2, 'emergency calls alone': 8 }),

  modem('latency', { slow: { command: 300, sim: 900, channel: 1_500, apdu: 1_200 } }),
  modem('bootMs', { '0.8 s': 800 }),
  modem('reenumeratesMs', { '0.6 s': 600 }),

  card('handsOut', { direct: 'direct', '6Cxx': '6Cxx' }),
  card('block', { '1': 1, '7': 7, '255': 255 }),
  card('strictLe', { no: false }),
  card('fci', { no: false }),
  card('lastChannel', { '1': 1, '19': 19 }),
  card(
    'firstChannel',
    Object.fromEntries(Array.from({ length: 18 }, (_, index) => [String(index + 2), index + 2])),
  ),

  es10('getEidWithoutTagList', { answered: 'answered' }),
  es10('profilesTagList', { refused: 'refused' }),
  es10(
    'refuses',
    {
      EUICCInfo2: { BF22: 0x6a88 },
      notifications: { BF28: 0x6a88, BF2B: 0x6a88, BF30: 0x6a88 },
      addresses: { BF3C: 0x6a88, BF3F: 0x6a88 },
      profiles: { BF2D: 0x6a80 },
      EID: { BF3E: 0x6985 },
    },
    { EID: [] },
  ),
  es10('results', {
    'undefinedError from enable': { BF31: 127 },
    'undefinedError from disable': { BF32: 127 },
    'undefinedError from delete': { BF33: 127 },
  }),
  es10('catBusy', { once: 1 }),
  es10('sendsRefresh', { no: false }),
  es10('eventBits', { 'all four': 'fourBits' }),
];

/** All values of all switches, one after another. */
export const QUIRK_VALUES: readonly (QuirkValue & { readonly quirk: Quirk })[] = QUIRK_TABLE.flatMap(
  (quirk) => quirk.values.map((value) => ({ ...value, quirk })),
);

/** Several values together; of a switch that two of them set, the later one's counts. */
export function combine(...values: readonly QuirkValue[]): Required<QuirkSettings> {
  return {
    modem: Object.assign({}, ...values.map((value) => value.set.modem)),
    card: Object.assign({}, ...values.map((value) => value.set.card)),
    es10: Object.assign({}, ...values.map((value) => value.set.es10)),
  };
}

/** The ways that are left to the EID with two values of different switches. */
export function eidWays(first: QuirkValue, second: QuirkValue): EidWay[] {
  if (hidesEid(first) || hidesEid(second)) return [];
  const shared = BOTH.filter((way) => first.eidBy.includes(way) && second.eidBy.includes(way));
  const vendor = [first, second].some((value) => value.eidBy.includes('vendor'));
  return vendor ? [...shared, 'vendor'] : shared;
}

/** Whether it leaves no way at all, not even a maker's command: the card itself refuses. */
function hidesEid(value: QuirkValue): boolean {
  return value.set.es10?.refuses?.BF3E !== undefined;
}
