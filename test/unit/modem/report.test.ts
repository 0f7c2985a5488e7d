import { describe, expect, it } from 'vitest';
import { eidCheckDigitsHold } from '../../../contract/order.ts';
import { maskReportLine } from '../../../main/modem/maskReport.ts';
import { makeReport } from '../../../main/modem/report.ts';
import { type ModemReport, ModemReportSchema, type ReportAbout } from '../../../main/modem/reportSchema.ts';
import { reportToFixture } from '../../../tools/lib/reportToFixture.mjs';
import { replyOf } from '../../support/fixtureModem.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import {
  apdu,
  BY_CSIM,
  bench,
  CCHO,
  cgla,
  codeOf,
  EID,
  EID_ANSWER,
  GET_EID,
  GOOD,
  IMEI,
  OPEN,
} from './talkTo.ts';

const ICCID = '89494026000021436587';
const ABOUT: ReportAbout = {
  app: { version: '1.2.3' },
  at: Date.UTC(2026, 10, 24),
  usb: { vendorId: '2c7c', productId: '030a', manufacturer: 'Quectel', product: 'EM05-G' },
  ports: [
    { interfaceNumber: 0, role: 'unknown', finding: 'silent', used: false },
    { interfaceNumber: 2, role: 'unknown', finding: 'at', used: true },
  ],
};

/** A modem with everything that a report must not tell. */
const TALKATIVE: Record<string, Reply> = {
  ...GOOD,
  [OPEN]: BY_CSIM[OPEN] ?? null,
  'AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"': apdu('+CSIM', '6A82'),
  'AT+CSIM=10,"0070800100"': apdu('+CSIM', '9000'),
  [cgla('1', '00C0000015')]: apdu('+CGLA', EID_ANSWER),
  'AT+CCID': answer(`+CCID: ${ICCID}`, 'OK'),
  'AT+QESIM="eid"': answer(`+QESIM: "eid",${EID}`, 'OK'),
  'AT+CCHO=?': answer('+CME ERROR: 50'),
  'AT+QUIMSLOT?': answer('+QUIMSLOT: 1', 'OK'),
  'AT+QPINC="SC"': answer('+QPINC: "SC",3,10', 'OK'),
  'AT+CEREG?': answer('+CEREG: 2,1,"1A2B","01234567",7', 'OK'),
  'AT+COPS?': answer('+COPS: 0,2,"26201",7', 'OK'),
};

async function reported(script: Parameters<typeof bench>[0], options: Parameters<typeof bench>[1] = {}) {
  const at = bench(script, options);
  const result = await at.run(makeReport(at.dialogue, ABOUT, { clock: at.clock }));
  if (!result.ok) throw new Error(result.fault.code);
  return { ...at, report: result.value };
}

/** What does not depend on when it was asked. */
const told = ({ commands, ways, modem, complete }: ModemReport) => ({
  ways,
  modem,
  complete,
  commands: commands.map(({ elapsedMs: _, ...rest }) => rest),
});

describe('the compatibility report', () => {
  it('says which way works, and why another does not', async () => {
    const { report } = await reported(TALKATIVE);
    expect(report.ways).toEqual({
      cgla: { works: true, reason: null },
      csim: { works: false, reason: expect.stringContaining('euicc.none: SELECT ISD-R: 6A82') },
      vendor: { works: true, reason: null, by: 'quectel' },
    });
    expect(report.modem).toMatchObject({ manufacturer: 'Quectel', family: 'quectel', simState: 'READY' });
    expect(report.complete).toBe(true);
  });

  it('has each command with its answer and its time', async () => {
    const slow = (command: string) => {
      const reply = TALKATIVE[command] ?? answer('ERROR');
      return typeof reply === 'string' ? { text: reply, afterMs: 120 } : reply;
    };
    const { report, sent } = await reported(slow);
    expect(report.commands.map(({ command }) => command)).toEqual(sent);
    expect(report.commands.every(({ elapsedMs }) => elapsedMs === 120)).toBe(true);
    expect(report.commands.find(({ command }) => command === 'AT+CCHO=?')).toMatchObject({
      part: 'testForms',
      lines: [],
      final: '+CME ERROR: 50',
    });
    expect(report.commands.find(({ command }) => command === 'AT+COPS?')?.lines).toEqual([
      '+COPS: 0,2,"26201",7',
    ]);
  });

  it('fits its schema, as text too', async () => {
    const { report } = await reported(TALKATIVE);
    expect(ModemReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('tells no identifier, and keeps length and shape', async () => {
    const imei = '490154203237518';
    const { report } = await reported({ ...TALKATIVE, 'AT+CGSN': answer(imei, 'OK') });
    const text = JSON.stringify(report);
    for (const secret of [EID, EID.slice(10), ICCID, ICCID.slice(8), imei, imei.slice(9), '1A2B', '01234567'])
      expect(text).not.toContain(secret);
    const eid = /"\+CGLA: 46,\\"BF3E125A10(\d{32})9000\\""/.exec(text)?.[1] ?? '';
    expect(eid.slice(0, 10)).toBe(`${EID.slice(0, 8)}00`);
    expect(eidCheckDigitsHold(eid)).toBe(true);
    expect(report.modem.imei).toBe(`${imei.slice(0, 8)}0000000`);
  });

  it('changes nothing: no form of a command that sets is sent, but those to open and close a channel', async () => {
    const { sent } = await reported(TALKATIVE);
    const setting = sent.filter((command) => command.includes('=') && !command.endsWith('=?'));
    const fine =
      /^AT(\+CMEE=1|\+CC(HO|HC|LA)=|\+CGLA=|\+CSIM=|\+CRSM=176|\+QESIM="eid"|\+QPINC="SC"|\+CPINR="SIM PIN")/;
    expect(setting.filter((command) => !fine.test(command))).toEqual([]);
    expect(sent.filter((command) => command.startsWith('AT+CPIN=')).length).toBe(0);
  });

  it('goes on over what is refused and what is not answered', async () => {
    const { report } = await reported(
      (command) => {
        if (command === 'AT+CESQ') return null;
        return command in TALKATIVE && command !== CCHO ? TALKATIVE[command] : answer('ERROR');
      },
      { whileBusy: 'drop' },
    );
    expect(report.ways.cgla).toEqual({ works: false, reason: 'modem.refused: +CCHO: ERROR' });
    expect(report.commands.find(({ command }) => command === 'AT+CESQ')).toMatchObject({
      final: null,
      fault: 'modem.noAnswer',
    });
    expect(report.commands.at(-1)?.command).toBe('AT+CSQ');
  });

  it('ends within five minutes and says what it left out', async () => {
    let met = false;
    const { report, clock } = await reported((command) => {
      if (command === 'AT+CPIN?') met = true;
      return met ? null : TALKATIVE[command];
    });
    expect(report.complete).toBe(false);
    expect(clock.monotonic() - 1_000).toBeLessThan(360_000);
  });

  it.each(['port.vanished', 'cancelled'])('%s ends it', async (code) => {
    const abort = new AbortController();
    const at = bench((command) => {
      const reply = TALKATIVE[command] ?? answer('ERROR');
      return typeof reply === 'string' ? { text: reply, afterMs: 500 } : reply;
    });
    const work = makeReport(at.dialogue, ABOUT, { clock: at.clock, signal: abort.signal });
    at.clock.after(6_200, () => (code === 'cancelled' ? abort.abort() : at.vanish()));
    expect(codeOf(await at.run(work))).toBe(code);
  });
});

describe('a modem made of a report', () => {
  it.each<[string, Record<string, Reply>]>([
    ['of one that does all by the book', TALKATIVE],
    ['of one that has +CSIM alone', { ...GOOD, ...BY_CSIM, 'AT+CGMI': answer('Acme', 'OK') }],
    ['of one with nothing but an identity', { ...GOOD, [CCHO]: answer('ERROR') }],
    [
      'of one that cuts the EID in two',
      {
        ...GOOD,
        [cgla('1', GET_EID)]: apdu('+CGLA', `${EID_ANSWER.slice(0, 20)}610B`),
        [cgla('1', '00C000000B')]: apdu('+CGLA', EID_ANSWER.slice(20)),
      },
    ],
  ])('%s gives the same report', async (_, script) => {
    const { report } = await reported(script);
    const fixture = reportToFixture(JSON.stringify(report));
    const again = await reported((command, times) => replyOf(fixture, command, times));
    if (!script[cgla('1', GET_EID)]?.toString().includes('610B'))
      expect(told(again.report)).toEqual(told(report));
    else
      expect(again.report.commands.map(({ command }) => command)).toEqual(
        report.commands.map(({ command }) => command),
      );
    expect(again.report.ways.cgla.works).toBe(report.ways.cgla.works);
    expect(JSON.stringify(report)).not.toMatch(new RegExp(`${EID.slice(8, 16)}|${EID.slice(-14)}`));
  });

  it('says nothing where the modem said nothing', async () => {
    const { report } = await reported((command) => (command === 'AT+CSQ' ? null : TALKATIVE[command]), {
      whileBusy: 'drop',
    });
    const fixture = reportToFixture(JSON.stringify(report));
    expect(replyOf(fixture, 'AT+CSQ', 0)).toBeNull();
    expect(replyOf(fixture, 'AT+NEVER', 0)?.text).toContain('ERROR');
    expect(replyOf(fixture, 'AT', 3)?.text).toContain('OK');
  });

  it.each([
    ['no JSON', '{', /no JSON/],
    ['something else', '{"format":"x"}', /no compatibility report/],
    ['another version', '{"format":"esim-bench compatibility report","version":2}', /version 2/],
    [
      'a version that is none',
      '{"format":"esim-bench compatibility report","version":{"toString":1}}',
      /version .* is not known/,
    ],
    ['no commands', '{"format":"esim-bench compatibility report","version":1,"modem":{}}', /not complete/],
    [
      'a command that is none',
      '{"format":"esim-bench compatibility report","version":1,"modem":{},"commands":[{"command":"rm"}]}',
      /Command 1/,
    ],
  ])('is not made of %s', (_, text, message) => {
    expect(() => reportToFixture(text)).toThrow(message);
  });
});

describe('masking for a report', () => {
  const masked = (text: string, command = 'AT+X') => maskReportLine(text, command);
  it.each<[string, string, string, string]>([
    ['an EID', `+EID: "${EID}"`, 'AT+EID?', '+EID: "89049032000000000000000000000066"'],
    [
      'an EID whose check digits do not hold',
      '89049032003451234567890123456789',
      'AT+CEID',
      '89049032000000000000000000000000',
    ],
    ['an ICCID', `+CCID: ${ICCID}`, 'AT+CCID', '+CCID: 89494000000000000000'],
    ['an ICCID with padding', '8949402600002143658F', 'AT+CCID', '8949400000000000000F'],
    [
      'an ICCID as the card has it',
      '+CRSM: 144,0,"98940462000012345678"',
      'AT+CRSM=176,12258,0,0,10',
      '+CRSM: 144,0,"98940000000000000000"',
    ],
    ['an IMEI', IMEI, 'AT+CGSN', '867698040000000'],
    ['a serial number', '+CGSN: "80A1B2C3"', 'AT+CGSN', '+CGSN: "80A10000"'],
    ['where the modem is', '+CREG: 2,1,"1A2B","01234567",7', 'AT+CREG?', '+CREG: 2,1,"0000","00000000",7'],
    ['a number that came in between', '+CREG: 0,1,262019876543210', 'AT+CREG?', '+CREG: 0,1,262019870000000'],
    [
      'an EID in an answer that is no APDU',
      `+CGLA: not now (${EID})`,
      cgla('1', GET_EID),
      '+CGLA: not now (89049032000000000000000000000066)',
    ],
    ['a handle stays', '+CCHO: 00000000038001234', CCHO, '+CCHO: 00000000038001234'],
    ['a status word stays', '+CGLA: 4,"9000"', 'AT+CGLA=1,4,"80CA"', '+CGLA: 4,"9000"'],
    [
      'an answer without a prefix',
      `46,"${EID_ANSWER}"`,
      cgla('1', GET_EID),
      '46,"BF3E125A10890490320000000000000000000000669000"',
    ],
    [
      'an ICCID in an APDU',
      '+CSIM: 28,"5A0A989404620000123456789000"',
      'AT+CSIM=10,"8000000000"',
      '+CSIM: 28,"5A0A989400000000000000009000"',
    ],
    [
      'a name of an application stays',
      '+CGLA: 36,"4F10A0000005591010FFFFFFFF89000001009000"',
      'AT+CGLA=1,4,"80CA"',
      '+CGLA: 36,"4F10A0000005591010FFFFFFFF89000001009000"',
    ],
    ['a firmware stays', 'EM05GFAR07A07M1G', 'AT+CGMR', 'EM05GFAR07A07M1G'],
  ])('%s', (_, line, command, expected) => {
    expect(masked(line, command)).toBe(expected);
    expect(masked(expected, command)).toBe(expected);
    expect(expected.length).toBe(line.length);
  });
});
