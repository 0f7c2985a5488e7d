import { describe, expect, it } from 'vitest';
import { createVirtualEuicc } from '../../../../main/demo/euicc/virtualEuicc.ts';
import type { NetworkOffer } from '../../../../main/demo/modem/modemCore.ts';
import { type ModemQuirks, NO_LATENCY } from '../../../../main/demo/modem/quirks.ts';
import { createVirtualModem } from '../../../../main/demo/modem/virtualModem.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { EID, euicc, ISD_R, onModem, terminal } from './terminal.ts';

const A = '89883070000051466066';

/** A modem with an enabled profile in this network. */
function inNetwork(network: Partial<NetworkOffer>, quirks: Partial<ModemQuirks> = {}) {
  const clock = createFakeClock();
  const card = createVirtualEuicc({ eid: EID, profiles: [{ iccid: A, enabled: true }] });
  return onModem(
    createVirtualModem({ clock, network, quirks: { latency: NO_LATENCY, ...quirks }, slots: [card] }),
    clock,
  );
}

describe('registration (TS 27.007 §7.2, §10.1.20, §10.1.22, §10.1.47)', () => {
  it.each([
    ['home', 1],
    ['roaming', 5],
    ['denied', 3],
    ['searching', 2],
  ] as const)('%s, by switch', async (registration, stat) => {
    const { ask, clock } = inNetwork({}, { registration });
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,2 | OK');
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe(`+CEREG: 0,${stat} | OK`);
    expect(ask('AT+CREG?')).toBe(`+CREG: 0,${stat} | OK`);
    const registered = stat === 1 || stat === 5;
    expect(ask('AT+COPS?')).toBe(registered ? '+COPS: 0,0,"Demo network",7 | OK' : '+COPS: 0 | OK');
  });

  it.each([0, 2, 8] as const)('without a profile: %i', async (statWithoutSim) => {
    const { ask, clock } = terminal({ statWithoutSim });
    await clock.advance(60_000);
    expect(ask('AT+CEREG?')).toBe(`+CEREG: 0,${statWithoutSim} | OK`);
  });

  it('is what the profile in use has of it', async () => {
    const card = euicc({
      profiles: [
        { iccid: A, enabled: true, registration: 'home' },
        { iccid: '98760000000000543210', registration: 'denied' },
      ],
    });
    const { ask, clock } = terminal({}, card);
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,1 | OK');
    ask(`AT+CCHO="${ISD_R}"`);
    ask('AT+CGLA=1,50,"80E2910014BF3111A00C5A0A896700000000004523018101FF"');
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,2 | OK');
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,3 | OK');
  });

  it.each([
    [0, ['1', '1', '0', '0']],
    [2, ['1', '1', '0', '0']],
    [7, ['1', '1', '1', '0']],
    [9, ['1', '1', '1', '0']],
    [11, ['0', '0', '0', '1']],
    [13, ['1', '1', '1', '0']],
  ])('technology %i is known to its own commands', async (act, stats) => {
    const { ask, clock } = inNetwork({ act }, { registration: 'home' });
    await clock.advance(4_000);
    const told = ['+CREG', '+CGREG', '+CEREG', '+C5GREG'].map((name) => /,(\d)/.exec(ask(`AT${name}?`))?.[1]);
    expect(told).toEqual(stats);
  });

  it.each([
    ['+CEREG', 1, '+CEREG: 1,5 | OK'],
    ['+CEREG', 2, '+CEREG: 2,5,"1A2D","01C3E2F5",7 | OK'],
    ['+CREG', 2, '+CREG: 2,5,"1A2D","01C3E2F5",7 | OK'],
    ['+C5GREG', 2, '+C5GREG: 2,0 | OK'],
  ])('%s at level %i', async (name, level, answer) => {
    const { ask, clock } = inNetwork({});
    expect(ask(`AT${name}=${level}`)).toBe('OK');
    await clock.advance(4_000);
    expect(ask(`AT${name}?`)).toBe(answer);
  });

  it('tells why it was denied from level 3 on', async () => {
    const { ask, clock } = inNetwork({}, { registration: 'denied' });
    ask('AT+CEREG=3');
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 3,3,,,,0,15 | OK');
  });

  it('refuses a level that is not there', () => {
    expect(terminal({ errors: 'number' }).ask('AT+CREG=9')).toBe('+CME ERROR: 50');
  });

  it('reports changes where it was asked to, and keeps no timer otherwise', async () => {
    const { ask, clock, heard } = inNetwork({});
    expect(clock.pending).toBe(0);
    ask('AT+CEREG=2');
    await clock.advance(4_000);
    expect(heard()).toBe('\r\n+CEREG: 5,"1A2D","01C3E2F5",7\r\n');
    expect(clock.pending).toBe(0);
    expect(ask('AT+CFUN=4')).toBe('+CEREG: 0 | OK');
    ask('AT+CEREG=0');
    expect(ask('AT+CFUN=1')).toBe('OK');
    await clock.advance(4_000);
    expect(heard()).toBe('');
  });
});

describe('operator and signal', () => {
  it('names the operator as +COPS=3 says', async () => {
    const { ask, clock } = inNetwork({});
    await clock.advance(4_000);
    expect(ask('AT+COPS=3,2')).toBe('OK');
    expect(ask('AT+COPS?')).toBe('+COPS: 0,2,"00101",7 | OK');
    expect(ask('AT+COPS=3,7')).toBe('ERROR');
  });

  it.each([
    [
      7,
      '+CESQ: 99,99,255,255,20,54 | OK',
      '+QCSQ: "LTE",-71,-87,150,-10 | OK',
      '+QNWINFO: "FDD LTE","00101","LTE BAND 3",1300 | OK',
    ],
    [
      11,
      '+CESQ: 99,99,255,255,255,255,66,70,60 | OK',
      '+QCSQ: "NR5G",-87,20,-10 | OK',
      '+QNWINFO: "TDD NR5G","00101","NR5G BAND 78",640000 | OK',
    ],
  ])('technology %i', async (act, cesq, qcsq, qnwinfo) => {
    const { ask, clock } = inNetwork({ act }, { networkCommands: 'quectel' });
    expect(ask('AT+CESQ')).toBe('+CESQ: 99,99,255,255,255,255 | OK');
    expect(ask('AT+QCSQ')).toBe('+QCSQ: "NOSERVICE" | OK');
    expect(ask('AT+QNWINFO')).toBe('+QNWINFO: No Service | OK');
    await clock.advance(4_000);
    expect(ask('AT+CSQ')).toBe('+CSQ: 21,99 | OK');
    expect([ask('AT+CESQ'), ask('AT+QCSQ'), ask('AT+QNWINFO')]).toEqual([cesq, qcsq, qnwinfo]);
  });
});
