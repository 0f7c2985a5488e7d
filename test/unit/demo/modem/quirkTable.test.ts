import { describe, expect, it } from 'vitest';
import { toHex, toLatin1 } from '../../../../main/demo/bytes.ts';
import { iccidBytes } from '../../../../main/demo/digits.ts';
import { PLAIN_CARD, pin } from '../../../../main/demo/euicc/card.ts';
import { PLAIN_ES10 } from '../../../../main/demo/euicc/es10Card.ts';
import type { ProfileRecipe } from '../../../../main/demo/euicc/euiccState.ts';
import { createPlainSim, createVirtualEuicc } from '../../../../main/demo/euicc/virtualEuicc.ts';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import { NO_LATENCY, STANDARD } from '../../../../main/demo/modem/quirks.ts';
import {
  combine,
  type EidWay,
  eidWays,
  QUIRK_TABLE,
  QUIRK_VALUES,
  type QuirkSettings,
} from '../../../../main/demo/modem/quirkTable.ts';
import { createVirtualModem } from '../../../../main/demo/modem/virtualModem.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { modemWith, WAYS } from './handReader.ts';
import { EID, ISD_R } from './terminal.ts';

const WAY_NAMES: readonly EidWay[] = ['cgla', 'csim', 'vendor'];

/** The ways by which the EID is there. */
async function waysOf(set: QuirkSettings): Promise<EidWay[]> {
  const found: EidWay[] = [];
  for (const way of WAY_NAMES) if ((await WAYS[way](await modemWith(set))) === EID) found.push(way);
  return found;
}

describe('the table of switches', () => {
  it.each([
    ['modem', STANDARD],
    ['card', PLAIN_CARD],
    ['es10', PLAIN_ES10],
  ] as const)('has every switch of the %s, once', (of, plain) => {
    const names = QUIRK_TABLE.filter((quirk) => quirk.of === of).map((quirk) => quirk.name);
    expect([...names].sort()).toEqual(Object.keys(plain).sort());
  });

  it('has no two values of one name', () => {
    const names = QUIRK_VALUES.map((value) => value.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('combines two values into one set of switches', () => {
    const [echo, block] = ['echo: never', 'block: 7'].map((name) =>
      QUIRK_VALUES.find((one) => one.name === name),
    );
    if (echo === undefined || block === undefined) throw new Error('not in the table');
    expect(combine(echo, block)).toEqual({ modem: { echo: 'never' }, card: { block: 7 }, es10: {} });
  });
});

describe('the ways to an EID, as the table says', () => {
  it.each(QUIRK_VALUES.map((value) => [value.name, value] as const))('%s', async (_name, value) => {
    expect(await waysOf(value.set)).toEqual(value.eidBy);
  });

  const values = QUIRK_VALUES;
  // Each value with another one, by a stride that differs from value to value; all pairs would take minutes.
  const pairs = values.flatMap((first, at) =>
    [1 + ((at * 37) % (values.length - 1))].flatMap((stride) => {
      const second = values[(at + stride) % values.length];
      return second === undefined || second.quirk === first.quirk ? [] : [[first, second] as const];
    }),
  );
  it('in pairs, too', async () => {
    expect(pairs.length).toBeGreaterThan(values.length / 2);
    for (const [first, second] of pairs)
      expect([first.name, second.name, ...(await waysOf(combine(first, second)))]).toEqual([
        first.name,
        second.name,
        ...eidWays(first, second),
      ]);
  });
});

const PROFILES: readonly ProfileRecipe[] = [
  {
    // 19 digits, so that padding shows.
    iccid: '8988307000005146666',
    enabled: true,
    notifications: [{ operations: ['enable', 'disable'], address: 'a.b' }],
    // So long that the list needs more than one response.
    icon: { type: 'png', bytes: new Uint8Array(300) },
  },
  { iccid: '89883070000051466066', notifications: [{ operations: ['enable'], address: 'a.b' }] },
];
const [ICCID_A = '', ICCID_B = ''] = PROFILES.map(({ iccid }) => `5A0A${toHex(iccidBytes(iccid))}`);

const csim = (apdu: string) => `AT+CSIM=${apdu.length},"${apdu}"`;
const cgla = (data: string) => {
  const apdu = `80E29100${(data.length / 2).toString(16).padStart(2, '0')}${data}`.toUpperCase();
  return `AT+CGLA=1,${apdu.length},"${apdu}"`;
};

/** What is asked of a modem to see how it is, and the ms that pass after each line. */
const SCRIPT: readonly (readonly [line: string, passes: number])[] = [
  ['AT', 900],
  ['AT+CFUN=9', 0],
  ['ATE0', 0],
  ['AT+CMEE=2', 0],
  ['AT+CPIN?', 0],
  ...['AT+CGMI', 'AT+NOSUCH', 'AT+CCHO=?', 'AT+CCHO="X"'].map((line) => [line, 0] as const),
  ...['+CCID', '+SQNCCID', '^ICCID', '#CCID', '%XICCID', '+QPINC?', '+SPIC', '^CPIN?', '+CPINR'].map(
    (name) => [`AT${name}`, 0] as const,
  ),
  ...[
    'AT+QESIM="eid"',
    'AT+EID',
    'AT+CEID',
    'AT+QUIMSLOT?',
    'AT+GTDUALSIM?',
    'AT^SWITCH_SLOT?',
    'AT+QCSQ',
  ].map((line) => [line, 0] as const),
  ['AT+CEREG?', 5_000],
  ['AT+CEREG?', 0],
  // APDUs by hand.
  [csim('0070000001'), 0],
  [csim(`01A4040010${ISD_R}`), 0],
  [csim('01C0000021'), 0],
  [csim('81E2910006BF3E035C015A'), 0],
  [csim('01C0000015'), 0],
  [csim('81E291000FBF2D0C5C0A5A4F9F70909192939495'), 0],
  [csim('01C00000FF'), 0],
  [csim('0070800100'), 0],
  // Lower-case hex without quotes.
  ['AT+CSIM=10,0070000001', 0],
  [csim('0070800100'), 0],
  // The channel commands.
  ['AT+CCHO="A0000000031010"', 0],
  [`AT+CCHO="${ISD_R}"`, 0],
  [`AT+CCHO="${ISD_R}"`, 0],
  [`AT+CCHO="${ISD_R}"`, 0],
  [`AT+CCHO="${ISD_R}"`, 0],
  ...['BF3E035C015A', 'BF3E00', 'BF2200', 'BF2D00', 'BF2D035C015A', 'BF2800', 'BF3C00'].map(
    (data) => [cgla(data), 0] as const,
  ),
  ['AT+CPIN?', 1_500],
  [cgla('BF3E035C015A'), 0],
  ['AT+CCHC=1', 0],
  [`AT+CCHO="${ISD_R}"`, 0],
  // Changes, and what the network side has of them.
  [cgla(`BF3211A00C${ICCID_A}810100`), 0],
  [cgla('BF2800'), 0],
  [cgla(`BF3111A00C${ICCID_B}8101FF`), 0],
  ['AT', 0],
  [cgla('BF2800'), 0],
  ['AT+CRSM=176,12258,0,0,10', 0],
  ['AT+CPIN?', 600],
  ['AT+CPIN?', 1_000],
  [`AT+CCHO="${ISD_R}"`, 0],
  [cgla(`BF3111A00C${ICCID_A}810100`), 0],
  [cgla(`BF330C${ICCID_B}`), 0],
  ['AT+CFUN=0', 0],
  ['AT+CFUN=1', 0],
  ['AT+CPIN?', 0],
  ['AT+CRSM=176,12258,0,0,10', 900],
  ['AT+QUIMSLOT=2', 0],
  ['AT+QUIMSLOT?', 0],
  ['AT+CFUN=1,1', 0],
  ['AT', 2_000],
  ['AT+QUIMSLOT?', 0],
];

/** Everything that a modem sends, in its pieces and at its times, whichever card is in it. */
async function transcripts(set: QuirkSettings): Promise<string[]> {
  const cards = [
    () => [null],
    () => [createVirtualEuicc({ eid: EID, card: set.card ?? {}, es10: set.es10 ?? {} })],
    () => [
      createVirtualEuicc({ eid: EID, profiles: PROFILES, card: set.card ?? {}, es10: set.es10 ?? {} }),
      createPlainSim({ iccid: '89494026000021436587', imsi: '001010000000001', pin: null }, set.card),
    ],
    () => [
      createPlainSim(
        { iccid: '89494026000021436587', imsi: '001010000000001', pin: pin('1234', '12345678') },
        set.card,
      ),
    ],
  ];
  const all: string[] = [];
  for (const make of cards) {
    const clock = createFakeClock();
    const modem = createVirtualModem({
      clock,
      // A slot can be switched, so that it shows what that does; other speeds than the usual one, too.
      quirks: { ...STANDARD, latency: NO_LATENCY, slotCommand: 'quectel', ...set.modem },
      slots: make(),
    });
    let text = '';
    modem.onBytes((bytes) => {
      text += `[${clock.monotonic()}]${toLatin1(bytes)}`;
    });
    modem.ports[0]?.setSpeed(9600);
    modem.write(typed('AT'));
    modem.ports[0]?.setSpeed(115_200);
    for (const [line, passes] of SCRIPT) {
      text += `\n> ${line}\n`;
      modem.write(typed(line));
      if (passes > 0) await clock.advance(passes);
    }
    all.push(text);
  }
  return all;
}

describe('each value of each switch', () => {
  const standard = transcripts({});

  it.each(
    QUIRK_VALUES.filter(({ name }) => name !== 'slotCommand: Quectel').map(
      ({ name, set }) => [name, set] as const,
    ),
  )('makes a difference: %s', async (_name, set) => {
    expect(await transcripts(set)).not.toEqual(await standard);
  });
});
