import { describe, expect, it } from 'vitest';
import { eidWithCheckDigits } from '../../../../main/demo/digits.ts';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import {
  createMake,
  MAKE_NAMES,
  MAKES,
  type Make,
  type MakeName,
} from '../../../../main/demo/modem/makes.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { ISD_R, terminalOn } from './terminal.ts';

const CCHO = `AT+CCHO="${ISD_R}"`;
const GET_EID = (handle: string) => `AT+CGLA=${handle},22,"80E2910006BF3E035C015A"`;

function eidOf(name: MakeName, instance = 0): string | null {
  const modem = createMake(name, { clock: createFakeClock(), instance });
  for (const card of modem.slots)
    if (card !== null && 'state' in card) return (card.state as { eid: string }).eid;
  return null;
}

describe('the makes', () => {
  it.each(MAKE_NAMES)('%s is complete', (name) => {
    const make: Make = MAKES[name];
    expect(make.label).not.toBe('');
    expect(make.usb.vendorId).toMatch(/^[0-9a-f]{4}$/);
    expect(make.usb.productId).toMatch(/^[0-9a-f]{4}$/);
    expect(make.ports.length).toBeGreaterThan(0);
    for (const card of make.slots)
      if (card.kind === 'euicc') expect(eidWithCheckDigits(card.eid.slice(0, 30))).toBe(card.eid);
  });

  it('have EIDs of their own, also the second of a kind', () => {
    const eids = MAKE_NAMES.flatMap((name) => [eidOf(name), eidOf(name, 1), eidOf(name, 2)]).filter(
      (eid) => eid !== null,
    );
    expect(new Set(eids).size).toBe(eids.length);
    for (const eid of eids) expect(eidWithCheckDigits(eid.slice(0, 30))).toBe(eid);
  });

  it('have valid IMEIs of their own', () => {
    const imeis = MAKE_NAMES.flatMap((name) =>
      [0, 1, 40].map((instance) => createMake(name, { clock: createFakeClock(), instance }).identity.imei),
    );
    expect(new Set(imeis).size).toBe(imeis.length);
    for (const imei of imeis) expect(imei).toMatch(/^001001\d{9}$/);
  });

  it.each<[MakeName, ...[command: string, answer: string][]]>([
    [
      'quectel-em05-g',
      ['AT+CGMM', 'EM05-G | OK'],
      ['AT+CPIN?', '+CPIN: EMPTY_EUICC | OK'],
      ['AT+CCHO=?', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID('1'), '+CGLA: 46,"BF3E125A10890440111122334411223344112233219000" | OK'],
      ['AT+CCHC=1', 'OK'],
    ],
    [
      'simcom-a7908e',
      ['AT+CPIN?', '+CREG: 2 | +CPIN: READY | OK'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID('1'), '+CGLA:4,"6115" | OK'],
      ['AT+CGLA=1,10,"80C0000015"', '+CGLA:46,"BF3E125A10890490321234512345123456789012359000" | OK'],
    ],
    [
      'fibocom-fm350',
      ['AT+CGMM', '+CGMM: "FM350-GL" | OK'],
      ['AT+CCHC=2', 'ERROR'],
      [CCHO, '1 | OK'],
      [GET_EID('1'), '46,"BF3E125A10890010120123412340123456789012249000" | OK'],
      ['AT+EID?', '+EID: "89001012012341234012345678901224" | OK'],
      ['AT+GTDUALSIM?', '+GTDUALSIM : 0, "SUB1", "NR" | OK'],
      ['AT+GTDUALSIM=1', 'OK'],
      ['AT+EID?', 'ERROR'],
    ],
    [
      'fibocom-fg132',
      ['AT+CCHO=?', 'ERROR'],
      ['AT+CGLA=?', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID('1'), '+CGLA: 46,"BF3E125A10890015670102030405060708091011529000" | OK'],
    ],
    [
      'sierra-em9191',
      ['AT+CCHO="?"', '+CME ERROR: Parameters error'],
      [CCHO, '+CCHO: 1 | OK'],
      ['AT+CCHC=1', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID('1'), '+CGLA: 46,"BF3E125A10890340115600100000000000000001219000" | OK'],
    ],
    ['sierra-mc7455', [CCHO, '+CCHO: 00000000038aa32f | OK']],
    [
      'dell-dw5821e',
      [CCHO, 'ERROR'],
      ['AT^SWITCH_SLOT?', 'SIM1 ENABLE | OK'],
      ['AT+CPIN?', '+CPIN: EMPTY_EUICC | OK'],
      ['AT^SWITCH_SLOT=1', 'OK'],
      ['AT^SWITCH_SLOT?', 'SIM2 ENABLE | OK'],
      ['AT+CPIN?', 'ERROR'],
      ['AT^SWITCH_SLOT=0', 'OK'],
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"019000" | OK'],
      ['AT+CSIM=10,"0070800100"', '+CSIM: 4,"9000" | OK'],
    ],
    [
      'vendor-only',
      [CCHO, 'ERROR'],
      ['AT+CSIM=10,"0070000001"', 'ERROR'],
      ['AT+CEID', `+CEID: ${eidOf('vendor-only')} | OK`],
    ],
    [
      'generic-reader',
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID('1'), `+CGLA: 46,"BF3E125A10${eidOf('generic-reader')}9000" | OK`],
    ],
    ['no-sim', ['AT+CMEE=1', 'OK'], ['AT+CPIN?', '+CME ERROR: 10'], [CCHO, '+CME ERROR: 10']],
    ['plain-sim', ['AT+CMEE=1', 'OK'], ['AT+CPIN?', '+CPIN: READY | OK'], [CCHO, '+CME ERROR: 13']],
    ['refusing-euicc', [CCHO, '+CCHO: 1 | OK'], [GET_EID('1'), '+CGLA: 4,"6985" | OK']],
    [
      'sim-pin',
      ['AT+CMEE=1', 'OK'],
      ['AT+CPIN?', '+CPIN: SIM PIN | OK'],
      [CCHO, '+CME ERROR: 11'],
      ['AT+CPIN="1234"', 'OK'],
      [CCHO, '+CCHO: 1 | OK'],
    ],
    ['sim-puk', ['AT+CMEE=1', 'OK'], ['AT+CPIN?', '+CPIN: SIM PUK | OK'], [CCHO, '+CME ERROR: 12']],
  ])('%s answers as it should', (name, ...pairs) => {
    const { ask } = terminalOn(name);
    for (const [command, answer] of pairs) expect([command, ask(command)]).toEqual([command, answer]);
  });

  it('a port that is silent takes everything and says nothing', async () => {
    const { send, clock, heard } = terminalOn('silent-port');
    expect(send('AT')).toBe('');
    await clock.advance(60_000);
    expect(heard()).toBe('');
  });

  it('a GPS receiver talks every second with right checksums, and answers nothing', async () => {
    const { send, clock, heard } = terminalOn('nmea-talker');
    expect(send('AT')).toBe('');
    await clock.advance(2_500);
    const sentences = heard().split('\r\n').filter(Boolean);
    expect(sentences).toHaveLength(8);
    expect(sentences).toContain('$GPRMC,,V,,,,,,,,,,N*53');
  });

  it('the EM05-G takes about 0.3 s for an EID read of eleven commands', async () => {
    const clock = createFakeClock();
    const modem = createMake('quectel-em05-g', { clock });
    const commands = [
      'AT',
      'ATE0',
      'AT+CMEE=1',
      'AT+CGMI',
      'AT+CGMM',
      'AT+CGMR',
      'AT+CGSN',
      'AT+CPIN?',
      CCHO,
      GET_EID('1'),
      'AT+CCHC=1',
    ];
    for (const command of commands) modem.write(typed(command));
    await clock.advance(2_000);
    const total = modem.record().reduce((sum, { answerMs }) => sum + (answerMs ?? 0), 0);
    expect(modem.record()).toHaveLength(commands.length);
    expect(total).toBeGreaterThan(200);
    expect(total).toBeLessThan(450);
  });

  it('keep no timer running when nobody listens', () => {
    for (const name of MAKE_NAMES) {
      const clock = createFakeClock();
      const modem = createMake(name, { clock, latency: 0 });
      const stops = modem.ports.map((port) => port.onBytes(() => undefined));
      for (const stop of stops) stop();
      expect([name, clock.pending]).toEqual([name, 0]);
    }
  });
});
