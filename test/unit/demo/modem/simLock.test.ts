import { describe, expect, it } from 'vitest';
import { pin, type VirtualCard } from '../../../../main/demo/euicc/card.ts';
import { createPlainSim } from '../../../../main/demo/euicc/virtualEuicc.ts';
import type { PinTriesCommand } from '../../../../main/demo/modem/quirks.ts';
import { euicc, sim, terminal } from './terminal.ts';

const locked = (left: { tries?: number; pukTries?: number } = {}): VirtualCard =>
  createPlainSim({
    iccid: '89494026000021436587',
    imsi: '001010123456789',
    pin: pin('1234', '12345678', left),
  });

describe('how many tries are left (TS 27.007 §8.65, and makers)', () => {
  it.each<[PinTriesCommand, string, string, string, string]>([
    [
      'cpinr',
      'AT+CPINR',
      '+CPINR: SIM PIN,3,3 | +CPINR: SIM PUK,10,10 | OK',
      '+CPINR: SIM PIN,2,3 | +CPINR: SIM PUK,10,10 | OK',
      '+CPINR: SIM PIN,0,3 | +CPINR: SIM PUK,9,10 | OK',
    ],
    [
      'cpinr',
      'AT+CPINR="SIM PIN"',
      '+CPINR: SIM PIN,3,3 | OK',
      '+CPINR: SIM PIN,2,3 | OK',
      '+CPINR: SIM PIN,0,3 | OK',
    ],
    [
      'cpinr',
      'AT+CPINR="SIM PUK"',
      '+CPINR: SIM PUK,10,10 | OK',
      '+CPINR: SIM PUK,10,10 | OK',
      '+CPINR: SIM PUK,9,10 | OK',
    ],
    [
      'quectel',
      'AT+QPINC?',
      '+QPINC: "SC",3,10 | +QPINC: "P2",0,0 | OK',
      '+QPINC: "SC",2,10 | +QPINC: "P2",0,0 | OK',
      '+QPINC: "SC",0,9 | +QPINC: "P2",0,0 | OK',
    ],
    ['simcom', 'AT+SPIC', '+SPIC: 3,10,0,0 | OK', '+SPIC: 2,10,0,0 | OK', '+SPIC: 0,9,0,0 | OK'],
    [
      'huawei',
      'AT^CPIN?',
      '^CPIN: SIM PIN,3,10,3,0,0 | OK',
      '^CPIN: SIM PIN,2,10,2,0,0 | OK',
      '^CPIN: SIM PUK,9,9,0,0,0 | OK',
    ],
  ])('%s: %s', (kind, command, fresh, afterOne, afterPuk) => {
    const { ask } = terminal({ pinTriesCommands: [kind] }, locked());
    expect(ask(command)).toBe(fresh);
    ask('AT+CPIN="9999"');
    expect(ask(command)).toBe(afterOne);
    ask('AT+CPIN="9999"');
    ask('AT+CPIN="9999"');
    ask('AT+CPIN="00000000","4321"');
    expect(ask(command)).toBe(afterPuk);
  });

  it.each([
    ['a SIM without a PIN', sim(), '^CPIN: READY,,10,3,0,0 | OK'],
    ['an eUICC without a profile', euicc(), '+CME ERROR: 22'],
    ['no SIM', null, '+CME ERROR: 10'],
  ])('%s', (_what, card, answer) => {
    expect(terminal({ pinTriesCommands: ['huawei'], errors: 'number' }, card).ask('AT^CPIN?')).toBe(answer);
  });

  it.each(['AT+CPINR', 'AT+QPINC?', 'AT+SPIC', 'AT^CPIN?'])(
    '%s is not there on a modem that has none',
    (command) => {
      expect(terminal({ pinTriesCommands: [] }, locked()).ask(command)).toBe('ERROR');
    },
  );
});

describe('PIN and PUK', () => {
  it('three wrong PINs block it, the PUK with a new PIN opens it, and the new PIN counts', () => {
    const { ask, modem } = terminal({ errors: 'number' }, locked());
    expect(ask('AT+CPIN="1111"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPIN="2222"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPIN="3333"')).toBe('+CME ERROR: 12');
    expect(ask('AT+CPIN="12345678","9876"')).toBe('OK');
    modem.reset();
    expect(ask('AT+CPIN?')).toBe('+CPIN: SIM PIN | OK');
    expect(ask('AT+CPIN="1234"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPIN="9876"')).toBe('OK');
  });

  it('the last wrong PUK loses the SIM', () => {
    const { ask } = terminal({ errors: 'number' }, locked({ tries: 0, pukTries: 2 }));
    expect(ask('AT+CPIN="00000000","4321"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPIN="00000000","4321"')).toBe('+CME ERROR: 13');
    expect(ask('AT+CPIN="12345678","4321"')).toBe('+CME ERROR: 13');
  });

  it('registration waits for the PIN', async () => {
    const { ask, clock } = terminal({}, locked());
    await clock.advance(10_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,0 | OK');
    ask('AT+CPIN="1234"');
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,2 | OK');
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,5 | OK');
  });

  it("a profile's own PIN is asked for once the profile is in use", () => {
    const card = euicc({
      profiles: [
        { iccid: '89883070000051466066', enabled: true },
        { iccid: '98760000000000543210', pin: { value: '4711', puk: '12345678' } },
      ],
    });
    const { ask } = terminal({ errors: 'number' }, card);
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
    ask('AT+CCHO="A0000005591010FFFFFFFF8900000100"');
    expect(ask('AT+CGLA=1,50,"80E2910014BF3111A00C5A0A896700000000004523018101FF"')).toContain('910B');
    expect(ask('AT+CPIN?')).toBe('+CPIN: SIM PIN | OK');
    expect(ask('AT+CPIN="4711"')).toBe('OK');
  });
});
