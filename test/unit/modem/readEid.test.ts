import { describe, expect, it } from 'vitest';
import type { EidReading } from '../../../contract/device.ts';
import { fault } from '../../../contract/fault.ts';
import { identify } from '../../../main/modem/identify.ts';
import type { Identified, ModemMemory } from '../../../main/modem/modem.ts';
import { readEid } from '../../../main/modem/readEid.ts';
import { answer, type Reply } from '../support/scriptedLink.ts';
import {
  apdu,
  BY_CSIM,
  bench,
  CCHO,
  cgla,
  codeOf,
  csim,
  EID,
  EID_ANSWER,
  GET_EID,
  GOOD,
  IDENTIFIED,
  IDENTITY,
  OPEN,
  OTHER_EID,
  SELECT,
} from './talkTo.ts';

interface Case {
  readonly script?: Readonly<Record<string, Reply>>;
  readonly identified?: Partial<Identified>;
  readonly memory?: Partial<ModemMemory>;
  readonly echo?: boolean;
}

async function read({ script = {}, identified = {}, memory, echo = false }: Case) {
  const at = bench({ AT: answer('OK'), ...GOOD, ...script }, { echo });
  const who: Identified = { ...IDENTIFIED, ...identified };
  const result = await at.run(
    readEid(at.dialogue, who, {
      clock: at.clock,
      ...(memory === undefined ? {} : { memory: { ...IDENTIFIED.memory, ...memory } }),
    }),
  );
  const shown = result.ok
    ? `${result.value.eid.value} ${result.value.eid.valid} ${result.value.eid.via}`
    : result.fault.code;
  return { ...at, result, shown, vendor: result.ok ? result.value.memory.vendor : null };
}

const byCgla = `${EID} true cgla`;
const bySim = `${EID} true csim`;
const CSIM_GET_EID = csim(`81${GET_EID.slice(2)}`);
const CLOSE = csim('0070800100');
/** Neither standard way: what is left is the vendor's. */
const NO_STANDARD = { [CCHO]: answer('+CME ERROR: 4') };

describe('by the book', () => {
  it('takes eleven commands in all from a modem not seen before', async () => {
    const at = bench(GOOD);
    const identified = await at.run(identify(at.dialogue, { clock: at.clock }));
    if (!identified.ok) throw new Error(identified.fault.code);
    const result = await at.run(readEid(at.dialogue, identified.value, { clock: at.clock }));
    expect(result.ok && result.value.eid).toEqual({ value: EID, valid: true, via: 'cgla', elapsedMs: 0 });
    expect(result.ok && result.value.memory).toEqual({ identity: IDENTITY, eidVia: 'cgla', vendor: null });
    expect(at.dialogue.commandsSent).toBe(11);
  });

  it.each<[string, Case, EidReading['via'], number]>([
    ['with GET RESPONSE', {}, 'cgla', 4],
    [
      'with GET RESPONSE done by the modem',
      { script: { [cgla('1', GET_EID)]: apdu('+CGLA', EID_ANSWER) } },
      'cgla',
      3,
    ],
    [
      'by +CSIM',
      { script: { ...BY_CSIM, [CSIM_GET_EID]: apdu('+CSIM', EID_ANSWER) }, memory: { eidVia: 'csim' } },
      'csim',
      4,
    ],
    ['by +CSIM with GET RESPONSE', { script: BY_CSIM, memory: { eidVia: 'csim' } }, 'csim', 5],
    [
      "by a vendor's command",
      {
        script: { ...NO_STANDARD, 'AT+EID?': answer(`+EID: "${EID}"`, 'OK') },
        memory: { eidVia: 'vendor', vendor: 'fibocom' },
      },
      'vendor',
      1,
    ],
  ])('a modem that is known takes few commands: %s', async (_, of, via, commands) => {
    const { result, dialogue } = await read({ memory: { eidVia: 'cgla' }, ...of });
    expect(result.ok && [result.value.eid.value, result.value.eid.via]).toEqual([EID, via]);
    expect(dialogue.commandsSent).toBe(commands);
  });

  it('tells how long it took', async () => {
    const { result } = await read({ script: { [CCHO]: { text: answer('+CCHO: 1', 'OK'), afterMs: 1_200 } } });
    expect(result.ok && result.value.eid.elapsedMs).toBe(1_200);
  });

  it('keeps the EID out of the log, but its last digits', async () => {
    const { log } = await read({ script: { ...BY_CSIM } });
    const text = JSON.stringify(log);
    expect(text).not.toContain(EID.slice(0, 8));
    expect(text).toContain('****1235');
  });
});

describe('what real modems do', () => {
  const handle = '00000000038aa32f';
  it.each<[string, Case, string]>([
    [
      'a handle that is no number goes back as it came',
      {
        script: {
          [CCHO]: answer(`+CCHO: ${handle}`, 'OK'),
          [cgla(handle, GET_EID)]: apdu('+CGLA', EID_ANSWER),
          [`AT+CCHC=${handle}`]: answer('OK'),
        },
      },
      byCgla,
    ],
    [
      'a handle in quotes goes back in quotes',
      {
        script: {
          [CCHO]: answer('+CCHO: "2"', 'OK'),
          [cgla('"2"', GET_EID)]: apdu('+CGLA', EID_ANSWER),
          'AT+CCHC="2"': answer('OK'),
        },
      },
      byCgla,
    ],
    ['a bare handle', { script: { [CCHO]: answer('1', 'OK') } }, byCgla],
    [
      'a handle with the answer to the selection',
      { script: { [CCHO]: answer('+CCHO: 1,"6F009000"', 'OK') } },
      byCgla,
    ],
    [
      '+CGLA without its prefix',
      { script: { [cgla('1', GET_EID)]: answer(`46,"${EID_ANSWER}"`, 'OK') } },
      byCgla,
    ],
    ['+CGLA as hex alone', { script: { [cgla('1', GET_EID)]: answer(EID_ANSWER, 'OK') } }, byCgla],
    [
      '+CGLA without a blank',
      { script: { [cgla('1', GET_EID)]: answer(`+CGLA:46,"${EID_ANSWER}"`, 'OK') } },
      byCgla,
    ],
    [
      '+CGLA without quotes',
      { script: { [cgla('1', GET_EID)]: answer(`+CGLA: 46,${EID_ANSWER}`, 'OK') } },
      byCgla,
    ],
    [
      'a blank before the colon',
      { script: { [cgla('1', GET_EID)]: answer(`+CGLA : 46,"${EID_ANSWER}"`, 'OK') } },
      byCgla,
    ],
    [
      'hex in lower case',
      { script: { [cgla('1', GET_EID)]: answer(`+CGLA: 46,"${EID_ANSWER.toLowerCase()}"`, 'OK') } },
      byCgla,
    ],
    [
      'a length in bytes',
      { script: { [cgla('1', GET_EID)]: answer(`+CGLA: 23,"${EID_ANSWER}"`, 'OK') } },
      byCgla,
    ],
    [
      'an answer broken into lines',
      {
        script: {
          [cgla('1', GET_EID)]: answer(
            `+CGLA: 46,"${EID_ANSWER.slice(0, 20)}`,
            `${EID_ANSWER.slice(20)}"`,
            'OK',
          ),
        },
      },
      byCgla,
    ],
    [
      'unsolicited lines at any point',
      {
        echo: true,
        script: {
          [cgla('1', GET_EID)]: answer('+ESIMS: 1,29', 'RING', `+CGLA: 46,"${EID_ANSWER}"`, '^RSSI: 9', 'OK'),
        },
      },
      byCgla,
    ],
    ['the echo on', { echo: true }, byCgla],
    ['+CCHC prints its name first', { script: { 'AT+CCHC=1': answer('+CCHC', 'OK') } }, byCgla],
    [
      'GET RESPONSE in several rounds',
      {
        script: {
          [cgla('1', GET_EID)]: apdu('+CGLA', `${EID_ANSWER.slice(0, 10)}6110`),
          [cgla('1', '00C0000010')]: apdu('+CGLA', EID_ANSWER.slice(10)),
        },
      },
      byCgla,
    ],
    [
      '6Cxx',
      {
        script: {
          [cgla('1', GET_EID)]: apdu('+CGLA', '6C15'),
          [cgla('1', `${GET_EID}15`)]: apdu('+CGLA', EID_ANSWER),
        },
      },
      byCgla,
    ],
    [
      'the card has something to say',
      { script: { [cgla('1', GET_EID)]: apdu('+CGLA', `${EID_ANSWER.slice(0, -4)}910B`) } },
      byCgla,
    ],
    [
      'a modem that leaves the class byte to us',
      {
        script: {
          [CCHO]: answer('+CCHO: 2', 'OK'),
          [cgla('2', GET_EID)]: apdu('+CGLA', '6E00'),
          [cgla('2', `82${GET_EID.slice(2)}`)]: apdu('+CGLA', '6115'),
          [cgla('2', '02C0000015')]: apdu('+CGLA', EID_ANSWER),
          'AT+CCHC=2': answer('OK'),
        },
      },
      byCgla,
    ],
    ['no +CCHO: bare ERROR', { script: { ...BY_CSIM, [CCHO]: answer('ERROR') } }, bySim],
    [
      'no +CCHO: an error as text',
      { script: { ...BY_CSIM, [CCHO]: answer('+CME ERROR: Parameters error') } },
      bySim,
    ],
    ['no +CCHO: +CME ERROR: 0', { script: { ...BY_CSIM, [CCHO]: answer('+CME ERROR: 0') } }, bySim],
    [
      'no +CCHO: an error in words of its own',
      { script: { ...BY_CSIM, [CCHO]: answer('COMMAND NOT SUPPORT') } },
      bySim,
    ],
    ['+CCHO hangs', { script: { ...BY_CSIM, [CCHO]: null } }, bySim],
    ['+CCHO gives no handle', { script: { ...BY_CSIM, [CCHO]: answer('OK') } }, bySim],
    [
      '+CGLA refuses',
      { script: { ...BY_CSIM, [CCHO]: answer('+CCHO: 1', 'OK'), [cgla('1', GET_EID)]: answer('ERROR') } },
      bySim,
    ],
    [
      '+CGLA gives no hex',
      {
        script: {
          ...BY_CSIM,
          [CCHO]: answer('+CCHO: 1', 'OK'),
          [cgla('1', GET_EID)]: answer('+CGLA: 4,"busy"', 'OK'),
        },
      },
      bySim,
    ],
    [
      '+CSIM on a channel above 3',
      {
        script: {
          ...BY_CSIM,
          [OPEN]: apdu('+CSIM', '059000'),
          [csim('41A4040010A0000005591010FFFFFFFF8900000100')]: apdu('+CSIM', '9000'),
          [csim(`C1${GET_EID.slice(2)}`)]: apdu('+CSIM', EID_ANSWER),
          [csim('0070800500')]: apdu('+CSIM', '9000'),
        },
      },
      bySim,
    ],
    [
      '+CSIM gives the selection whole',
      { script: { ...BY_CSIM, [SELECT]: apdu('+CSIM', '6F108408A0000005591010FF9000') } },
      bySim,
    ],
    [
      '+CSIM wants the right length with the selection',
      {
        script: {
          ...BY_CSIM,
          [SELECT]: apdu('+CSIM', '6C21'),
          [csim('01A4040010A0000005591010FFFFFFFF890000010021')]: apdu('+CSIM', '9000'),
        },
      },
      bySim,
    ],
    [
      '+CSIM gives the channel by GET RESPONSE',
      {
        script: { ...BY_CSIM, [OPEN]: apdu('+CSIM', '6101'), [csim('00C0000001')]: apdu('+CSIM', '019000') },
      },
      bySim,
    ],
    [
      '+CSIM without its prefix',
      { script: { ...BY_CSIM, [csim('01C0000015')]: answer(`46,"${EID_ANSWER}"`, 'OK') } },
      bySim,
    ],
  ])('%s', async (_, of, expected) => {
    const { shown, sent } = await read(of);
    expect(shown).toBe(expected);
    expect(sent.filter((command) => /[a-f]/.test(command.split('"')[1] ?? ''))).toEqual([]);
  });
});

describe("vendors' commands", () => {
  const vendorEid = (value = EID, valid = true) => `${value} ${valid} vendor`;
  it.each<[string, Case, string, string | null]>([
    [
      'Quectel',
      { script: { ...NO_STANDARD, 'AT+QESIM="eid"': answer(`+QESIM: "eid",${EID}`, 'OK') } },
      vendorEid(),
      'quectel',
    ],
    [
      'Quectel, quoted',
      { script: { ...NO_STANDARD, 'AT+QESIM="eid"': answer(`+QESIM: "eid","${EID}"`, 'OK') } },
      vendorEid(),
      'quectel',
    ],
    [
      'Quectel, with a result code',
      { script: { ...NO_STANDARD, 'AT+QESIM="eid"': answer(`+QESIM: "eid",0,"${EID}"`, 'OK') } },
      vendorEid(),
      'quectel',
    ],
    [
      'Fibocom',
      { script: { ...NO_STANDARD, 'AT+EID?': answer(`+EID: "${EID}"`, 'OK') } },
      vendorEid(),
      'fibocom',
    ],
    [
      'Fibocom, the other form',
      { script: { ...NO_STANDARD, 'AT+EID': answer(`+EID: ${EID}`, 'OK') } },
      vendorEid(),
      'fibocom',
    ],
    ['Fibocom, bare', { script: { ...NO_STANDARD, 'AT+EID': answer(EID, 'OK') } }, vendorEid(), 'fibocom'],
    ['+CEID', { script: { ...NO_STANDARD, 'AT+CEID': answer(`+CEID: ${EID}`, 'OK') } }, vendorEid(), 'ceid'],
    [
      '+CEID with an ICCID',
      { script: { ...NO_STANDARD, 'AT+CEID': answer('+CEID: 89494026000021436587', 'OK') } },
      'euicc.none',
      null,
    ],
    [
      '+CEID with another number of 32 digits',
      { script: { ...NO_STANDARD, 'AT+CEID': answer('+CEID: 89049032003451234567890123456789', 'OK') } },
      'euicc.none',
      null,
    ],
    [
      '+CEID not found',
      { script: { ...NO_STANDARD, 'AT+CEID': answer('+CME ERROR: 22') } },
      'euicc.none',
      null,
    ],
    [
      'an EID whose check digits do not hold',
      { script: { ...NO_STANDARD, 'AT+EID?': answer('+EID: "89049032003451234567890123456789"', 'OK') } },
      vendorEid('89049032003451234567890123456789', false),
      'fibocom',
    ],
    [
      'no eUICC in the slot',
      { script: { ...NO_STANDARD, 'AT+EID?': answer('+EID: ""', 'OK') } },
      'euicc.none',
      null,
    ],
    ['none has an answer', { script: NO_STANDARD }, 'modem.refused', null],
  ])('%s', async (_, of, expected, name) => {
    const { shown, vendor } = await read(of);
    expect(shown).toBe(expected);
    expect(vendor).toBe(name);
  });

  it.each([
    ['Quectel', 'AT+QESIM="eid"'],
    ['Fibocom Wireless Inc.', 'AT+EID?'],
    ['UNISOC', 'AT+CEID'],
  ])('the one made for a modem of %s is tried first', async (manufacturer, command) => {
    const { sent } = await read({
      script: NO_STANDARD,
      identified: { identity: { ...IDENTITY, manufacturer } },
    });
    expect(sent.filter((each) => /QESIM|EID/.test(each))[0]).toBe(command);
  });

  it('the one that answered before is tried first of all', async () => {
    const { sent, shown } = await read({
      script: { ...NO_STANDARD, 'AT+CEID': answer(`+CEID: ${EID}`, 'OK') },
      memory: { eidVia: 'vendor', vendor: 'ceid' },
    });
    expect(shown).toBe(vendorEid());
    expect(sent).toEqual(['AT+CEID']);
  });

  it('the standard way is preferred where both answer and differ', async () => {
    const script = { 'AT+QESIM="eid"': answer(`+QESIM: "eid",${OTHER_EID}`, 'OK') };
    expect((await read({ script })).shown).toBe(byCgla);
  });

  it("the standard way is asked again where the vendor's command no longer gives a good EID", async () => {
    const bad = { 'AT+QESIM="eid"': answer('+QESIM: "eid",89049032003451234567890123456789', 'OK') };
    expect((await read({ script: bad, memory: { eidVia: 'vendor', vendor: 'quectel' } })).shown).toBe(byCgla);
    const none = { 'AT+QESIM="eid"': answer('ERROR') };
    expect((await read({ script: none, memory: { eidVia: 'vendor', vendor: 'quectel' } })).shown).toBe(
      byCgla,
    );
  });
});

describe('what is wrong', () => {
  const none = { 'AT+QESIM="eid"': answer('ERROR') };
  it.each<[string, Case, string]>([
    [
      'a SIM without an ISD-R',
      { script: { ...BY_CSIM, [CCHO]: answer('+CME ERROR: 22'), [SELECT]: apdu('+CSIM', '6A82') } },
      'euicc.none',
    ],
    [
      'the same with a modem that says failure',
      { script: { ...BY_CSIM, [CCHO]: answer('+CME ERROR: 13'), [SELECT]: apdu('+CSIM', '6A82') } },
      'euicc.none',
    ],
    [
      'the same where the vendor says so too',
      { script: { ...BY_CSIM, [SELECT]: apdu('+CSIM', '6A82'), 'AT+EID?': answer('+EID: ""', 'OK') } },
      'euicc.none',
    ],
    [
      "a SIM without an ISD-R, by the modem's word alone",
      { script: { ...none, [CCHO]: answer('+CME ERROR: not found') } },
      'euicc.none',
    ],
    [
      'a card without logical channels',
      { script: { ...NO_STANDARD, [OPEN]: apdu('+CSIM', '6881') } },
      'euicc.none',
    ],
    [
      'a card that does not know channels',
      { script: { ...NO_STANDARD, [OPEN]: apdu('+CSIM', '6D00') } },
      'euicc.none',
    ],
    ['no SIM', { script: { [CCHO]: answer('+CME ERROR: 10') } }, 'sim.missing'],
    ['no SIM, as text', { script: { [CCHO]: answer('+CME ERROR: SIM not inserted') } }, 'sim.missing'],
    [
      'no SIM, told by +CPIN alone',
      { script: { [CCHO]: answer('ERROR') }, identified: { simState: null, simFault: fault('sim.missing') } },
      'sim.missing',
    ],
    ['PIN', { script: { [CCHO]: answer('+CME ERROR: 11') } }, 'sim.pin'],
    [
      'PIN, told by +CPIN alone',
      { script: { [CCHO]: answer('ERROR') }, identified: { simFault: fault('sim.pin') } },
      'sim.pin',
    ],
    ['PIN, and yet the eUICC answers', { identified: { simFault: fault('sim.pin') } }, byCgla],
    ['PUK', { script: { [CCHO]: answer('+CME ERROR: SIM PUK required') } }, 'sim.puk'],
    ['a SIM that stays busy', { script: { [CCHO]: answer('+CME ERROR: 14') } }, 'sim.busy'],
    ['a SIM that fails', { script: { [CCHO]: answer('+CME ERROR: 13') } }, 'sim.failure'],
    ['an eUICC without a profile', { identified: { simState: 'EMPTY_EUICC' } }, byCgla],
    [
      'an eUICC that refuses the request',
      { script: { [cgla('1', GET_EID)]: apdu('+CGLA', '6985') } },
      'euicc.refused',
    ],
    [
      'an eUICC that refuses the selection',
      { script: { ...BY_CSIM, [SELECT]: apdu('+CSIM', '6985') } },
      'euicc.refused',
    ],
    [
      'an answer that is no EID',
      { script: { [cgla('1', GET_EID)]: apdu('+CGLA', 'BF3E009000') } },
      'euicc.unreadable',
    ],
    [
      'an answer that is cut off',
      { script: { [cgla('1', GET_EID)]: answer('+CGLA: 46,"BF3E125A10"', 'OK') } },
      'euicc.unreadable',
    ],
    [
      'EID digits that do not hold',
      { script: { [cgla('1', GET_EID)]: apdu('+CGLA', 'BF3E125A10890490320034512345678901234567899000') } },
      '89049032003451234567890123456789 false cgla',
    ],
    ['nothing works at all', { script: { [CCHO]: answer('ERROR') } }, 'modem.refused'],
    [
      'every command hangs but AT',
      { script: { [CCHO]: null, [OPEN]: null, 'AT+QESIM="eid"': null } },
      'modem.timeout',
    ],
    ['the modem falls silent', { script: { [CCHO]: null, AT: null } }, 'modem.timeout'],
  ])('%s', async (_, of, expected) => {
    expect((await read(of)).shown).toBe(expected);
  });

  it('waits for a SIM that is busy', async () => {
    const at = bench((command, times) =>
      command === CCHO && times < 4 ? answer('+CME ERROR: 14') : GOOD[command],
    );
    const result = await at.run(readEid(at.dialogue, IDENTIFIED, { clock: at.clock }));
    expect(codeOf(result)).toBe('ok');
  });

  it('says what each way gave, and what to do about a modem that keeps the eUICC to itself', async () => {
    const { result } = await read({
      script: { ...BY_CSIM, [CCHO]: answer('+CME ERROR: 0'), [SELECT]: apdu('+CSIM', '6985') },
    });
    expect(result.ok ? null : result.fault).toMatchObject({
      code: 'euicc.refused',
      details: '+CCHO: +CME ERROR: 0; SELECT ISD-R: 6985 (the conditions for this are not met)',
      hint: expect.stringContaining('lpa_enable'),
    });
  });
});

describe('channels', () => {
  /** How many channels were opened and how many closed, as a modem counts. */
  function balance(sent: readonly string[]) {
    return {
      cgla: [
        sent.filter((each) => each.startsWith('AT+CCHO')).length,
        sent.filter((each) => each.startsWith('AT+CCHC')).length,
      ],
      csim: [sent.filter((each) => each === OPEN).length, sent.filter((each) => each === CLOSE).length],
    };
  }

  it.each<[string, Case]>([
    ['after an EID', {}],
    ['after a refusal', { script: { [cgla('1', GET_EID)]: apdu('+CGLA', '6985') } }],
    ['after an error', { script: { [cgla('1', GET_EID)]: answer('+CME ERROR: 0') } }],
    ['after nonsense', { script: { [cgla('1', GET_EID)]: answer('+CGLA: 1,"x"', 'OK') } }],
    ['after a time-out', { script: { [cgla('1', GET_EID)]: null } }],
  ])('of +CCHO are closed %s', async (_, of) => {
    expect(balance((await read(of)).sent).cgla).toEqual([1, 1]);
  });

  it.each<[string, Record<string, Reply>]>([
    ['after an EID', {}],
    ['where the application is not there', { [SELECT]: apdu('+CSIM', '6A82') }],
    ['where the selection is refused', { [SELECT]: apdu('+CSIM', '6985') }],
    ['after an error', { [SELECT]: answer('ERROR') }],
    ['after a time-out of the selection', { [SELECT]: null }],
    ['after a refusal', { [CSIM_GET_EID]: apdu('+CSIM', '6985') }],
    ['after a time-out', { [CSIM_GET_EID]: null }],
  ])('of +CSIM are closed %s', async (_, changes) => {
    expect(balance((await read({ script: { ...BY_CSIM, ...changes } })).sent).csim).toEqual([1, 1]);
  });

  it('are closed by the card where the modem has no +CCHC', async () => {
    const { sent, shown } = await read({
      script: { 'AT+CCHC=1': answer('ERROR'), [CLOSE]: apdu('+CSIM', '9000') },
    });
    expect(shown).toBe(byCgla);
    expect(sent.slice(-2)).toEqual(['AT+CCHC=1', CLOSE]);
  });

  it.each([0, 1, 5, 20])(
    'are closed when aborted %d ms into the reading, and their late answers set aside',
    async (abortMs) => {
      const slow = (text: string) => ({ text, afterMs: 10 });
      const script = Object.fromEntries(
        Object.entries(GOOD).map(([command, reply]) => [
          command,
          typeof reply === 'string' ? slow(reply) : reply,
        ]),
      );
      const at = bench(script);
      const abort = new AbortController();
      at.clock.after(abortMs, () => abort.abort());
      const result = await at.run(
        readEid(at.dialogue, IDENTIFIED, { clock: at.clock, signal: abort.signal }),
      );
      expect(codeOf(result)).toBe('cancelled');
      const { cgla: counts } = balance(at.sent);
      expect(counts).toEqual([1, 1]);
      const again = await at.run(readEid(at.dialogue, IDENTIFIED, { clock: at.clock }));
      expect(again.ok && again.value.eid.value).toBe(EID);
    },
  );

  it('are not opened where it was aborted before', async () => {
    const at = bench(GOOD);
    const result = await at.run(
      readEid(at.dialogue, IDENTIFIED, { clock: at.clock, signal: AbortSignal.abort() }),
    );
    expect(codeOf(result)).toBe('cancelled');
    expect(at.sent).toEqual([]);
  });

  it('of +CSIM are closed when aborted', async () => {
    const at = bench({
      ...GOOD,
      ...BY_CSIM,
      [CSIM_GET_EID]: { text: apdu('+CSIM', EID_ANSWER), afterMs: 500 },
    });
    const abort = new AbortController();
    at.clock.after(100, () => abort.abort());
    const result = await at.run(readEid(at.dialogue, IDENTIFIED, { clock: at.clock, signal: abort.signal }));
    expect(codeOf(result)).toBe('cancelled');
    expect(balance(at.sent).csim).toEqual([1, 1]);
  });

  it('need no closing where the port is gone', async () => {
    const at = bench({ ...GOOD, [cgla('1', GET_EID)]: null });
    at.clock.after(50, () => at.vanish());
    expect(codeOf(await at.run(readEid(at.dialogue, IDENTIFIED, { clock: at.clock })))).toBe('port.vanished');
  });
});

describe('channels that another program left open', () => {
  /** A card with no channel free until one of `closing` is sent. */
  function leftOpen(closing: string, changes: Record<string, Reply>, full: Record<string, Reply>) {
    let free = false;
    return bench((command) => {
      const script: Record<string, Reply> = { ...GOOD, ...changes, ...(free ? {} : full) };
      if (command === closing) free = true;
      return script[command];
    });
  }

  it.each<[string, string, Record<string, Reply>, Record<string, Reply>, string]>([
    [
      'the card says so, the modem closes',
      'AT+CCHC=3',
      { 'AT+CCHC=3': answer('OK') },
      { [CCHO]: answer('+CME ERROR: 13'), [OPEN]: apdu('+CSIM', '6A81') },
      'cgla',
    ],
    [
      'the card says so and has to close',
      csim('0070800300'),
      { ...BY_CSIM, 'AT+CCHC=1': answer('ERROR'), [csim('0070800300')]: apdu('+CSIM', '9000') },
      { [OPEN]: apdu('+CSIM', '6A81') },
      'csim',
    ],
    [
      'the modem says that something is full',
      'AT+CCHC=2',
      { 'AT+CCHC=2': answer('OK') },
      { [CCHO]: answer('+CME ERROR: 20') },
      'cgla',
    ],
    ['the modem says nothing of use', 'AT+CCHC=1', {}, { [CCHO]: answer('+CME ERROR: 0') }, 'cgla'],
  ])('%s', async (_, closing, changes, full, via) => {
    const at = leftOpen(closing, changes, full);
    const result = await at.run(readEid(at.dialogue, IDENTIFIED, { clock: at.clock }));
    expect(result.ok && [result.value.eid.value, result.value.eid.via]).toEqual([EID, via]);
  });

  it('are told where they cannot be closed', async () => {
    const { result } = await read({
      script: { ...NO_STANDARD, [OPEN]: apdu('+CSIM', '6A81'), 'AT+CCHC=1': answer('ERROR') },
    });
    expect(result.ok ? null : [result.fault.code, result.fault.message]).toEqual([
      'euicc.refused',
      'The eUICC has no channel free.',
    ]);
  });

  it('are not sought on a modem that says it has no such command', async () => {
    const { sent } = await read({ script: NO_STANDARD });
    expect(sent.filter((each) => each.startsWith('AT+CCHC'))).toEqual([]);
  });
});
