import { describe, expect, it } from 'vitest';
import { fromLatin1 } from '../../../../main/demo/bytes.ts';
import { pin } from '../../../../main/demo/euicc/card.ts';
import { createPlainSim } from '../../../../main/demo/euicc/virtualEuicc.ts';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import { EID, euicc, ISD_R, sim, terminal } from './terminal.ts';

const withProfile = () =>
  euicc({ profiles: [{ iccid: '89494026000021436587', enabled: true, imsi: '001010123456789' }] });
const locked = (tries = 3) =>
  createPlainSim({
    iccid: '89494026000021436587',
    imsi: '001010123456789',
    pin: pin('1234', '12345678', { tries }),
  });

describe('a modem that keeps to the standards: the line', () => {
  it('echoes what it is sent and wraps its answer in CR LF', () => {
    expect(terminal().send('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('echoes byte by byte as they come, and answers after the CR', () => {
    const { modem, heard } = terminal();
    for (const character of 'AT+CMEE=1') modem.write(fromLatin1(character));
    expect(heard()).toBe('AT+CMEE=1');
    modem.write(fromLatin1('\r'));
    expect(heard()).toBe('\r\r\nOK\r\n');
  });

  it('stops echoing after ATE0 and begins again after ATE1 and ATZ', () => {
    const { send } = terminal();
    expect(send('ATE0')).toBe('ATE0\r\r\nOK\r\n');
    expect(send('AT')).toBe('\r\nOK\r\n');
    expect(send('ATE1')).toBe('\r\nOK\r\n');
    expect(send('ATE0')).toBe('ATE0\r\r\nOK\r\n');
    expect(send('ATZ')).toBe('\r\nOK\r\n');
    expect(send('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('answers commands that arrive together one after another', () => {
    const { modem, heard } = terminal();
    modem.write(fromLatin1('ATE0\rAT+CMEE?\r\nAT\r'));
    expect(heard()).toBe('ATE0\r\r\nOK\r\n\r\n+CMEE: 0\r\n\r\nOK\r\n\r\nOK\r\n');
  });

  it('answers a whole line of commands once, and stops at the first that fails', () => {
    const { ask } = terminal();
    expect(ask('ATE0+CMEE=1;+CMEE?')).toBe('+CMEE: 1 | OK');
    expect(ask('AT+CMEE?;+NOSUCH;+CMEE=0')).toBe('+CMEE: 1 | ERROR');
    expect(ask('AT+CMEE?')).toBe('+CMEE: 1 | OK');
  });

  it.each(['', 'hello', 'CMEE=1'])('pays no heed to a line without AT: %j', (line) => {
    const { send } = terminal({ echo: 'never' });
    expect(send(line)).toBe('');
  });

  it('takes a backspace back', () => {
    const { modem, heard } = terminal({ echo: 'never' });
    modem.write(fromLatin1('AT+CMEX\bE?\r'));
    expect(heard()).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n');
  });

  it('answers ERROR to a line longer than it can hold', () => {
    expect(terminal({ echo: 'never' }).send(`AT+CGLA=${'0'.repeat(5000)}`)).toBe('\r\nERROR\r\n');
  });
});

describe('a modem that keeps to the standards: commands', () => {
  it.each([
    ['AT+CGMI', 'Demo | OK'],
    ['AT+CGMM', 'Virtual modem | OK'],
    ['AT+CGMR', 'DEMO01 | OK'],
    ['AT+CGSN', '001001001234564 | OK'],
    ['AT+CGSN=1', '+CGSN: "001001001234564" | OK'],
    ['ATI', 'Demo | Virtual modem | Revision: DEMO01 | OK'],
    ['AT+CMEE=?', '+CMEE: (0-2) | OK'],
    ['AT+CMEE=7', 'ERROR'],
    ['AT+CFUN?', '+CFUN: 1 | OK'],
    ['AT+NOSUCH', 'ERROR'],
    ['AT+CCHO?', 'ERROR'],
    ['ATD*99#', 'NO CARRIER'],
    ['AT+CPIN?', '+CPIN: READY | OK'],
    ['AT+CCID', '+CCID: 89494026000021436587 | OK'],
    ['AT+ICCID', '+ICCID: 89494026000021436587 | OK'],
    ['AT+QCCID', '+QCCID: 89494026000021436587 | OK'],
    ['AT+CIMI', '001010123456789 | OK'],
    ['AT+CRSM=176,12258,0,0,10', '+CRSM: 144,0,"98940462000012345678" | OK'],
    ['AT+CRSM=176,28486,0,0,0', '+CRSM: 106,130,"" | OK'],
    ['AT+CRSM=999,12258,0,0,10', 'ERROR'],
  ])('%s', (command, answer) => {
    expect(terminal({}, withProfile()).ask(command)).toBe(answer);
  });

  it('tells errors as numbers or words, as +CMEE says', () => {
    const { ask } = terminal({}, null);
    expect(ask('AT+CPIN?')).toBe('ERROR');
    ask('AT+CMEE=1');
    expect(ask('AT+CPIN?')).toBe('+CME ERROR: 10');
    ask('AT+CMEE=2');
    expect(ask('AT+CPIN?')).toBe('+CME ERROR: SIM not inserted');
  });

  it('says EMPTY_EUICC where no profile is enabled, and has no ICCID', () => {
    const { ask } = terminal();
    ask('AT+CMEE=1');
    expect(ask('AT+CPIN?')).toBe('+CPIN: EMPTY_EUICC | OK');
    expect(ask('AT+CCID')).toBe('+CME ERROR: 22');
    expect(ask('AT+CRSM=176,12258,0,0,10')).toBe('+CRSM: 106,130,"" | OK');
  });

  it('registers some seconds after the radio is on, and loses it with it', async () => {
    const { ask, clock } = terminal({}, withProfile());
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,2 | OK');
    expect(ask('AT+COPS?')).toBe('+COPS: 0 | OK');
    await clock.advance(4_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,5 | OK');
    expect(ask('AT+COPS?')).toBe('+COPS: 0,0,"Demo network",7 | OK');
    expect(ask('AT+CSQ')).toBe('+CSQ: 21,99 | OK');
    expect(ask('AT+CFUN=4')).toBe('OK');
    expect(ask('AT+CREG?')).toBe('+CREG: 0,0 | OK');
    expect(ask('AT+CSQ')).toBe('+CSQ: 99,99 | OK');
  });

  it('never registers without a subscription', async () => {
    const { ask, clock } = terminal();
    await clock.advance(60_000);
    expect(ask('AT+CEREG?')).toBe('+CEREG: 0,0 | OK');
  });

  it('powers the SIM off and on with +CFUN', () => {
    const { ask } = terminal({}, withProfile());
    ask('AT+CMEE=1');
    expect(ask('AT+CFUN=0')).toBe('OK');
    expect(ask('AT+CPIN?')).toBe('+CME ERROR: 13');
    expect(ask('AT+CFUN=1')).toBe('OK');
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
  });
});

describe('PIN and PUK', () => {
  it('asks for the PIN, refuses APDUs without it, and works with it', () => {
    const { ask } = terminal({}, locked());
    ask('AT+CMEE=1');
    expect(ask('AT+CPIN?')).toBe('+CPIN: SIM PIN | OK');
    expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CME ERROR: 11');
    expect(ask('AT+CIMI')).toBe('+CME ERROR: 11');
    expect(ask('AT+CCID')).toBe('+CCID: 89494026000021436587 | OK');
    expect(ask('AT+CPINR')).toBe('+CPINR: SIM PIN,3,3 | +CPINR: SIM PUK,10,10 | OK');
    expect(ask('AT+CPIN="9999"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPINR')).toBe('+CPINR: SIM PIN,2,3 | +CPINR: SIM PUK,10,10 | OK');
    expect(ask('AT+CPIN="1234"')).toBe('OK');
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
    expect(ask('AT+CPIN="1234"')).toBe('+CME ERROR: 3');
  });

  it('asks for the PUK after three wrong PINs', () => {
    const { ask } = terminal({}, locked(1));
    ask('AT+CMEE=1');
    expect(ask('AT+CPIN="9999"')).toBe('+CME ERROR: 12');
    expect(ask('AT+CPIN?')).toBe('+CPIN: SIM PUK | OK');
    expect(ask('AT+CPIN="1234"')).toBe('+CME ERROR: 50');
    expect(ask('AT+CPIN="00000000","4321"')).toBe('+CME ERROR: 16');
    expect(ask('AT+CPIN="12345678","4321"')).toBe('OK');
    expect(ask('AT+CPIN?')).toBe('+CPIN: READY | OK');
  });
});

describe('reading an EID', () => {
  it('with +CCHO and +CGLA', () => {
    const { ask, modem } = terminal();
    expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CCHO: 1 | OK');
    expect(ask('AT+CGLA=1,22,"80E2910006BF3E035C015A"')).toBe(`+CGLA: 46,"BF3E125A10${EID}9000" | OK`);
    expect(modem.slots[0]?.openChannels).toEqual([1]);
    expect(ask('AT+CCHC=1')).toBe('OK');
    expect(modem.slots[0]?.openChannels).toEqual([]);
  });

  it('with +CSIM, byte for byte as TS 102 221 and SGP.22 say', () => {
    const { ask, modem } = terminal();
    expect(ask('AT+CSIM=10,"0070000001"')).toBe('+CSIM: 6,"019000" | OK');
    expect(ask(`AT+CSIM=42,"01A4040010${ISD_R}"`)).toBe('+CSIM: 4,"6121" | OK');
    expect(ask('AT+CSIM=10,"01C0000021"')).toBe(
      '+CSIM: 70,"6F1F8410A0000005591010FFFFFFFF8900000100A5049F6501FFE00582030202029000" | OK',
    );
    expect(ask('AT+CSIM=22,"81E2910006BF3E035C015A"')).toBe('+CSIM: 4,"6115" | OK');
    expect(ask('AT+CSIM=10,"01C0000015"')).toBe(`+CSIM: 46,"BF3E125A10${EID}9000" | OK`);
    expect(ask('AT+CSIM=10,"0070800100"')).toBe('+CSIM: 4,"9000" | OK');
    expect(modem.slots[0]?.openChannels).toEqual([]);
  });

  it.each([
    ['a length that does not fit', 'AT+CGLA=1,20,"80E2910006BF3E035C015A"', '+CME ERROR: 50'],
    ['hex that is none', 'AT+CGLA=1,4,"80X2"', '+CME ERROR: 50'],
    ['half a byte', 'AT+CSIM=9,"007000000"', '+CME ERROR: 50'],
    ['no header', 'AT+CSIM=4,"0070"', '+CME ERROR: 50'],
    ['a handle that is not open', 'AT+CGLA=2,22,"80E2910006BF3E035C015A"', '+CME ERROR: 22'],
    ['closing a handle that is not open', 'AT+CCHC=3', '+CME ERROR: 22'],
    ['an application that is not there', 'AT+CCHO="A0000000031010"', '+CME ERROR: 13'],
    ['no application', 'AT+CCHO=""', '+CME ERROR: 50'],
  ])('is refused with %s', (_what, command, answer) => {
    const { ask } = terminal();
    ask('AT+CMEE=1');
    ask(`AT+CCHO="${ISD_R}"`);
    expect(ask(command)).toBe(answer);
  });

  it('closes the channel again where a plain SIM has no such application', () => {
    const { ask, modem } = terminal({}, sim());
    ask('AT+CMEE=1');
    for (let time = 0; time < 5; time += 1) expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CME ERROR: 13');
    expect(modem.slots[0]?.openChannels).toEqual([]);
  });

  it('runs out of channels where they are not closed', () => {
    const { ask } = terminal();
    ask('AT+CMEE=1');
    for (const handle of [1, 2, 3]) expect(ask(`AT+CCHO="${ISD_R}"`)).toBe(`+CCHO: ${handle} | OK`);
    expect(ask(`AT+CCHO="${ISD_R}"`)).toBe('+CME ERROR: 20');
  });

  it('puts the channel into whatever class byte it is given', () => {
    const { ask } = terminal(
      { latency: { command: 0, sim: 0, channel: 0, apdu: 0 } },
      euicc({ card: { lastChannel: 19 } }),
    );
    for (let handle = 1; handle <= 19; handle += 1) ask(`AT+CCHO="${ISD_R}"`);
    for (const cla of ['80', '81', '83', 'C5'])
      expect(ask(`AT+CGLA=19,22,"${cla}E2910006BF3E035C015A"`)).toBe(`+CGLA: 46,"BF3E125A10${EID}9000" | OK`);
  });
});

describe('a reset', () => {
  it('closes channels and forgets settings', () => {
    const { ask, modem } = terminal();
    ask('ATE0');
    ask('AT+CMEE=1');
    ask(`AT+CCHO="${ISD_R}"`);
    expect(ask('AT+CFUN=1,1')).toBe('OK');
    expect(modem.slots[0]?.openChannels).toEqual([]);
    expect(terminal().send('AT')).toBe('AT\r\r\nOK\r\n');
    expect(ask('AT+CMEE?')).toBe('+CMEE: 0 | OK');
  });
});

describe('its record', () => {
  it('has every command with its time', async () => {
    const { modem, clock } = terminal({ latency: { command: 10, sim: 30, channel: 80, apdu: 60 } });
    modem.write(typed('AT'));
    modem.write(typed(`AT+CCHO="${ISD_R}"`));
    await clock.advance(100);
    expect(modem.record().map(({ line, answerMs }) => [line, answerMs])).toEqual([
      ['AT', 10],
      [`AT+CCHO="${ISD_R}"`, 80],
    ]);
  });
});
