import { describe, expect, it } from 'vitest';
import { fromLatin1, toLatin1 } from '../../../../main/demo/bytes.ts';
import { createVirtualEuicc } from '../../../../main/demo/euicc/virtualEuicc.ts';
import { typed } from '../../../../main/demo/modem/atPort.ts';
import type { ModemQuirks } from '../../../../main/demo/modem/quirks.ts';
import { NO_LATENCY } from '../../../../main/demo/modem/quirks.ts';
import { createVirtualModem } from '../../../../main/demo/modem/virtualModem.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { EID, euicc, ISD_R, sim, terminal } from './terminal.ts';

const CCHO = `AT+CCHO="${ISD_R}"`;
const GET_EID = 'AT+CGLA=1,22,"80E2910006BF3E035C015A"';
const ANSWER = `BF3E125A10${EID}9000`;

describe('each switch alone: what is said, and what comes', () => {
  it.each<[string, Partial<ModemQuirks>, ...[command: string, answer: string][]]>([
    ['a bare handle', { answerForms: { '+CCHO': 'bare' } }, [CCHO, '1 | OK']],
    [
      'a bare APDU',
      { answerForms: { '+CGLA': 'bare' } },
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, `46,"${ANSWER}" | OK`],
    ],
    [
      'no blank after the colon',
      { answerForms: { '+CGLA': 'noSpace' } },
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, `+CGLA:46,"${ANSWER}" | OK`],
    ],
    [
      'a blank before the colon',
      { answerForms: { '*': 'blankBeforeColon' } },
      [CCHO, '+CCHO : 1 | OK'],
      [GET_EID, `+CGLA : 46,"${ANSWER}" | OK`],
    ],
    [
      'lower-case hex',
      { payload: { letters: 'lower', quotes: true } },
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, `+CGLA: 46,"${ANSWER.toLowerCase()}" | OK`],
    ],
    [
      'an unquoted payload',
      { payload: { letters: 'upper', quotes: false } },
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, `+CGLA: 46,${ANSWER} | OK`],
    ],
    [
      'upper-case hex in quotes alone',
      { takesHex: 'upperQuoted' },
      ['AT+CMEE=1', 'OK'],
      [CCHO.toLowerCase().replace('at+ccho', 'AT+CCHO'), '+CME ERROR: 50'],
      [CCHO.replaceAll('"', ''), '+CME ERROR: 50'],
      [CCHO, '+CCHO: 1 | OK'],
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"029000" | OK'],
    ],
    [
      'a handle of hex digits, to be given back as it came',
      { handles: 'opaque' },
      ['AT+CMEE=1', 'OK'],
      [CCHO, '+CCHO: 00000000038aa32f | OK'],
      [GET_EID, '+CME ERROR: 22'],
      ['AT+CGLA=38aa32f,22,"80E2910006BF3E035C015A"', '+CME ERROR: 22'],
      ['AT+CGLA=00000000038aa32f,22,"80E2910006BF3E035C015A"', `+CGLA: 46,"${ANSWER}" | OK`],
      ['AT+CCHC=00000000038aa32f', 'OK'],
    ],
    [
      'test forms that answer ERROR',
      { testForms: 'error' },
      ['AT+CCHO=?', 'ERROR'],
      ['AT+CGLA=?', 'ERROR'],
      ['AT+CSIM=?', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
    ],
    [
      'test forms with names',
      { testForms: 'names' },
      ['AT+CCHO=?', '+CCHO: <dfname> | OK'],
      ['AT+CCHC=?', '+CCHC: <sessionid> | OK'],
    ],
    ['test forms that say OK', {}, ['AT+CCHO=?', 'OK']],
    [
      'no +CCHC',
      { cchc: 'missing' },
      [CCHO, '+CCHO: 1 | OK'],
      ['AT+CCHC=1', 'ERROR'],
      [CCHO, '+CCHO: 2 | OK'],
    ],
    [
      'no +CCHC, the same handle again, but not for a channel that +CSIM has closed',
      { cchc: 'missing', reusesChannel: true },
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"019000" | OK'],
      [CCHO, '+CCHO: 2 | OK'],
      ['AT+CSIM=10,"0070800200"', '+CSIM: 4,"9000" | OK'],
      ['AT+CSIM=10,"0070800100"', '+CSIM: 4,"9000" | OK'],
      [CCHO, '+CCHO: 1 | OK'],
    ],
    [
      'no +CCHC, and the same handle again',
      { cchc: 'missing', reusesChannel: true },
      [CCHO, '+CCHO: 1 | OK'],
      ['AT+CCHC=1', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, `+CGLA: 46,"${ANSWER}" | OK`],
    ],
    ['+CCHC named before OK', { cchc: 'named' }, [CCHO, '+CCHO: 1 | OK'], ['AT+CCHC=1', '+CCHC | OK']],
    [
      'errors in its own words',
      { errors: 'text', errorTexts: { 50: 'Parameters error' } },
      ['AT+CCHO="X"', '+CME ERROR: Parameters error'],
    ],
    ['errors as numbers whatever +CMEE says', { errors: 'number' }, ['AT+CCHO="X"', '+CME ERROR: 50']],
    ['bare errors whatever +CMEE says', { errors: 'bare' }, ['AT+CMEE=2', 'OK'], ['AT+CCHO="X"', 'ERROR']],
    [
      'unknown commands with an error number',
      { unknownCommand: 100 },
      ['AT+CMEE=1', 'OK'],
      ['AT+NOSUCH', '+CME ERROR: 100'],
    ],
    [
      'commands that are missing',
      { missing: ['+CMEE', '+CGLA'] },
      ['AT+CMEE=1', 'ERROR'],
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, 'ERROR'],
    ],
    [
      'GET RESPONSE left to us',
      { followsResponses: { cgla: false, csim: false } },
      [CCHO, '+CCHO: 1 | OK'],
      ['AT+CGLA=1,22,"80E2910006BF3E035C015A"', '+CGLA: 4,"6115" | OK'],
      ['AT+CGLA=1,10,"00C0000015"', `+CGLA: 46,"${ANSWER}" | OK`],
    ],
    [
      'GET RESPONSE done by the modem behind +CSIM too',
      { followsResponses: { cgla: true, csim: true } },
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"019000" | OK'],
      [
        `AT+CSIM=42,"01A4040010${ISD_R}"`,
        '+CSIM: 70,"6F1F8410A0000005591010FFFFFFFF8900000100A5049F6501FFE00582030202029000" | OK',
      ],
      ['AT+CSIM=22,"81E2910006BF3E035C015A"', `+CSIM: 46,"${ANSWER}" | OK`],
    ],
    [
      'the class byte sent as it came',
      { cglaClass: 'asSent' },
      [CCHO, '+CCHO: 1 | OK'],
      [GET_EID, '+CGLA: 4,"6D00" | OK'],
      ['AT+CGLA=1,22,"81E2910006BF3E035C015A"', `+CGLA: 46,"${ANSWER}" | OK`],
    ],
    [
      '+CSIM that opens a channel and will not use it',
      { csimChannels: 'openOnly' },
      ['AT+CMEE=1', 'OK'],
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"019000" | OK'],
      [`AT+CSIM=42,"01A4040010${ISD_R}"`, '+CME ERROR: 0'],
      ['AT+CSIM=10,"0070800100"', '+CSIM: 4,"9000" | OK'],
    ],
    [
      '+CSIM that opens no channel',
      { csimChannels: 'refused' },
      ['AT+CSIM=10,"0070000001"', '+CSIM: 4,"6881" | OK'],
    ],
    [
      'a SIM that is busy at first',
      { simBusy: 2 },
      ['AT+CMEE=1', 'OK'],
      ['AT+CPIN?', '+CME ERROR: 14'],
      [CCHO, '+CME ERROR: 14'],
      [CCHO, '+CCHO: 1 | OK'],
    ],
    ['another word for an empty eUICC', { emptyEuicc: 'READY' }, ['AT+CPIN?', '+CPIN: READY | OK']],
    ['an error for an empty eUICC', { emptyEuicc: 13, errors: 'number' }, ['AT+CPIN?', '+CME ERROR: 13']],
    [
      'another refusal where there is no application',
      { cchoRefusal: 100, errors: 'number' },
      ['AT+CCHO="A0000000031010"', '+CME ERROR: 100'],
    ],
    ['identity behind its name', { identityForm: 'prefixed' }, ['AT+CGMI', '+CGMI: Demo | OK']],
    ['identity in quotes', { identityForm: 'quoted' }, ['AT+CGSN', '+CGSN: "001001001234564" | OK']],
    ['AT+QESIM: not there', {}, ['AT+QESIM="eid"', 'ERROR']],
    ['AT+QESIM: plain', { qesim: 'plain' }, ['AT+QESIM="eid"', `+QESIM: "eid",${EID} | OK`]],
    ['AT+QESIM: quoted', { qesim: 'quoted' }, ['AT+QESIM="eid"', `+QESIM: "eid","${EID}" | OK`]],
    [
      'AT+QESIM: with a result code',
      { qesim: 'withResult' },
      ['AT+QESIM="eid"', `+QESIM: "eid",0,"${EID}" | OK`],
    ],
    ['AT+EID', { eidCommand: true }, ['AT+EID?', `+EID: "${EID}" | OK`], ['AT+EID', `+EID: "${EID}" | OK`]],
    ['AT+CEID', { ceid: 'eid' }, ['AT+CEID', `+CEID: ${EID} | OK`]],
    [
      'AT+CEID with another number',
      { ceid: 'other' },
      ['AT+CEID', '+CEID: 98400411112233441122334411223312 | OK'],
    ],
    ['AT+CEID refused', { ceid: 'refused', errors: 'number' }, ['AT+CEID', '+CME ERROR: 22']],
    [
      "the modem's own LPA in the way",
      { lpaOwnsIsdR: true, qesim: 'plain', errors: 'number' },
      [CCHO, '+CME ERROR: 3'],
      ['AT+CSIM=10,"0070000001"', '+CSIM: 6,"019000" | OK'],
      [`AT+CSIM=42,"01A4040010${ISD_R}"`, '+CSIM: 4,"6985" | OK'],
      ['AT+QESIM="eid"', `+QESIM: "eid",${EID} | OK`],
      ['AT+QESIM="lpa_enable"', '+QESIM: "lpa_enable",1 | OK'],
      ['AT+QESIM="lpa_enable",0', 'OK'],
      [CCHO, '+CME ERROR: 3'],
      ['AT+CFUN=1,1', 'OK'],
      [CCHO, '+CCHO: 1 | OK'],
    ],
    [
      'the slot, Quectel',
      { slotCommand: 'quectel' },
      ['AT+QUIMSLOT?', '+QUIMSLOT: 1 | OK'],
      ['AT+QUIMSLOT=2', 'ERROR'],
    ],
    ['the slot, Fibocom', { slotCommand: 'fibocom' }, ['AT+GTDUALSIM?', '+GTDUALSIM : 0, "SUB1", "NR" | OK']],
    ['the slot, Foxconn', { slotCommand: 'foxconn' }, ['AT^SWITCH_SLOT?', 'SIM1 ENABLE | OK']],
  ])('%s', (_what, quirks, ...pairs) => {
    const { ask } = terminal(quirks);
    for (const [command, answer] of pairs) expect([command, ask(command)]).toEqual([command, answer]);
  });

  it.each([
    ['plain SIM, AT+EID', { eidCommand: true }, 'AT+EID?', '+EID: "" | OK'],
    ['plain SIM, AT+QESIM', { qesim: 'plain' }, 'AT+QESIM="eid"', 'ERROR'],
    ['plain SIM, AT+CEID', { ceid: 'eid', errors: 'number' }, 'AT+CEID', '+CME ERROR: 22'],
  ] as const)('%s', (_what, quirks, command, answer) => {
    expect(terminal(quirks, sim()).ask(command)).toBe(answer);
  });

  it.each([
    ['the ICCID and the EID in one answer', { ccidWithEid: ',' }, `+CCID: 8949402600002143658,${EID} | OK`],
    ['an ICCID of 19 digits padded', { padsIccid: true }, '+CCID: 8949402600002143658F | OK'],
    ['an ICCID of 19 digits as it is', {}, '+CCID: 8949402600002143658 | OK'],
  ])('%s', (_what, quirks, answer) => {
    const card = euicc({ profiles: [{ iccid: '8949402600002143658', enabled: true }] });
    expect(terminal(quirks, card).ask('AT+CCID')).toBe(answer);
  });

  it('switches the slot, and another card is there', () => {
    const clock = createFakeClock();
    const modem = createVirtualModem({
      clock,
      slots: [sim(), createVirtualEuicc({ eid: EID })],
      quirks: { latency: NO_LATENCY, slotCommand: 'quectel', echo: 'never', eidCommand: true },
    });
    let heard = '';
    modem.onBytes((bytes) => {
      heard += toLatin1(bytes);
    });
    for (const line of ['AT+EID', 'AT+QUIMSLOT=2', 'AT+QUIMSLOT?', 'AT+EID']) modem.write(typed(line));
    expect(heard.split(/[\r\n]+/).filter(Boolean)).toEqual([
      '+EID: ""',
      'OK',
      'OK',
      '+QUIMSLOT: 2',
      'OK',
      `+EID: "${EID}"`,
      'OK',
    ]);
  });
});

describe('how lines are written', () => {
  it.each([
    ['standard', '\r\n+CMEE: 0\r\n\r\nOK\r\n'],
    ['trailing', '+CMEE: 0\r\nOK\r\n'],
    ['lf', '\n+CMEE: 0\n\nOK\n'],
    ['cr', '\r+CMEE: 0\r\rOK\r'],
    ['doubled', '\r\r\n+CMEE: 0\r\r\n\r\r\nOK\r\r\n'],
  ] as const)('%s', (framing, text) => {
    expect(terminal({ framing, echo: 'never' }).send('AT+CMEE?')).toBe(text);
  });

  it('with an echo that ATE0 does not stop', () => {
    const { send } = terminal({ echo: 'always' });
    send('ATE0');
    expect(send('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('in pieces', () => {
    const clock = createFakeClock();
    const modem = createVirtualModem({
      clock,
      quirks: { latency: NO_LATENCY, chunkBytes: 3, echo: 'never' },
    });
    const pieces: string[] = [];
    modem.onBytes((bytes) => pieces.push(toLatin1(bytes)));
    modem.write(typed('AT+CMEE?'));
    expect(pieces).toEqual(['\r\n+', 'CME', 'E: ', '0\r\n', '\r\nO', 'K\r\n']);
  });

  it.each([
    ['afterEcho', 'AT+CMEE?\r\r\n+CREG: 2\r\n\r\n+CMEE: 0\r\n\r\nOK\r\n'],
    ['beforeFinal', 'AT+CMEE?\r\r\n+CMEE: 0\r\n\r\n+CREG: 2\r\n\r\nOK\r\n'],
    ['afterFinal', 'AT+CMEE?\r\r\n+CMEE: 0\r\n\r\nOK\r\n\r\n+CREG: 2\r\n'],
  ] as const)('with a line that nobody asked for, %s', (when, text) => {
    expect(terminal({ unsolicited: [{ text: '+CREG: 2', when }] }).send('AT+CMEE?')).toBe(text);
  });

  it('with such a line for some commands alone', () => {
    const { ask } = terminal({ unsolicited: [{ text: 'RING', when: 'beforeFinal', only: 'at+cgla' }] });
    expect(ask(CCHO)).toBe('+CCHO: 1 | OK');
    expect(ask(GET_EID)).toBe(`+CGLA: 46,"${ANSWER}" | RING | OK`);
  });

  it('with such a line every so often, while somebody listens', async () => {
    const { clock, heard } = terminal({ unsolicited: [{ text: '^RSSI: 20', when: 500 }] });
    await clock.advance(1_200);
    expect(heard()).toBe('\r\n^RSSI: 20\r\n\r\n^RSSI: 20\r\n');
  });

  it('only at its own speed, where it is on a UART', () => {
    const { modem, send } = terminal({ baudRate: 9600, echo: 'never' });
    modem.ports[0]?.setSpeed(115200);
    expect(send('AT')).toBe('');
    modem.say('RING');
    modem.ports[0]?.setSpeed(9600);
    expect(send('AT')).toBe('\r\nOK\r\n');
  });
});

describe('time', () => {
  it('passes before an answer, by what the command costs', async () => {
    const { clock, modem, heard } = terminal({
      latency: { command: 5, sim: 20, channel: 100, apdu: 50 },
      echo: 'never',
    });
    modem.write(typed('AT'));
    await clock.advance(4);
    expect(heard()).toBe('');
    await clock.advance(1);
    expect(heard()).toBe('\r\nOK\r\n');
    modem.write(typed(CCHO));
    await clock.advance(99);
    expect(heard()).toBe('');
    await clock.advance(1);
    expect(heard()).toContain('+CCHO: 1');
  });

  it('lets what is sent meanwhile wait its turn', async () => {
    const { clock, modem, heard } = terminal({ latency: { command: 10, sim: 0, channel: 0, apdu: 0 } });
    modem.write(fromLatin1('AT\rAT+CMEE?\r'));
    expect(heard()).toBe('AT\r');
    await clock.advance(10);
    expect(heard()).toBe('\r\nOK\r\nAT+CMEE?\r');
    await clock.advance(10);
    expect(heard()).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n');
  });

  it('a modem that boots is deaf until it is ready, and then says so', async () => {
    const { clock, modem, send, heard } = terminal({
      bootMs: 3_000,
      unsolicited: [{ text: 'RDY', when: 'boot' }],
      echo: 'never',
    });
    expect(send('AT')).toBe('');
    await clock.advance(3_000);
    expect(heard()).toBe('\r\nRDY\r\n');
    expect(send('AT')).toBe('\r\nOK\r\n');
    modem.reset();
    expect(send('AT')).toBe('');
    await clock.advance(3_000);
    expect(heard()).toBe('\r\nRDY\r\n');
  });

  it('a modem on USB goes away and comes back with a reset', async () => {
    const { clock, modem, ask } = terminal({ reenumeratesMs: 2_000 });
    const seen: boolean[] = [];
    modem.onPresence((present) => seen.push(present));
    expect(ask('AT+CFUN=1,1')).toBe('OK');
    expect(modem.present).toBe(false);
    expect(ask('AT')).toBe('');
    await clock.advance(2_000);
    expect(seen).toEqual([false, true]);
    expect(ask('AT')).toBe('OK');
  });
});
