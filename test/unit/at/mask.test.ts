import { describe, expect, it } from 'vitest';
import { maskAtText } from '../../../main/at/mask.ts';
import { fc } from '../support/dice.ts';

const EID = '89049032123451234512345678901235';
const MASKED_EID = '****************************1235';

describe('what enters the AT log', () => {
  it.each<[string, string, string | null, string]>([
    ['a PIN', 'AT+CPIN=1234', null, 'AT+CPIN=****'],
    ['a quoted PIN and its successor', 'AT+CPIN="12345678","0000"', null, 'AT+CPIN=****'],
    ['a PIN in a longer line', 'AT+CMEE=1;+CPIN="1234";+CREG=2', null, 'AT+CMEE=1;+CPIN=****;+CREG=2'],
    ['the PIN of another dialect', 'AT^CPIN=1234', null, 'AT^CPIN=****'],
    ['asking for the PIN state', 'AT+CPIN?', null, 'AT+CPIN?'],
    ['the state itself', '+CPIN: SIM PIN', 'AT+CPIN?', '+CPIN: SIM PIN'],
    ['locking with a PIN', 'AT+CLCK="SC",1,"1234"', null, 'AT+CLCK="SC",1,****'],
    ['asking for the lock', 'AT+CLCK="SC",2', null, 'AT+CLCK="SC",2'],
    ['changing a PIN', 'AT+CPWD="SC","1234","5678"', null, 'AT+CPWD="SC",****'],
    ['a data password', 'AT+CGAUTH=1,2,"user","secret"', null, 'AT+CGAUTH=1,2,****'],
    [
      'a PIN in an APDU',
      'AT+CSIM=26,"002000010831323334FFFFFFFF"',
      null,
      'AT+CSIM=26,"0020000108****************"',
    ],
    [
      'a PIN in an APDU on a channel',
      'AT+CGLA=1,26,"012000010831323334FFFFFFFF"',
      null,
      'AT+CGLA=1,26,"0120000108****************"',
    ],
    ['a matching ID', 'AT+X="LPA:1$smdp.example.com$ABCD-1234"', null, 'AT+X="LPA:1$smdp.example.com$****"'],
    ['an IMEI', '867698040000001', 'AT+CGSN', '***********0001'],
    ['an IMEI with its prefix', '+CGSN: "867698040000001"', 'AT+CGSN', '+CGSN: "***********0001"'],
    ['a short number that is an identifier', 'A10000', 'AT+CGSN', 'A*0000'],
    ['an IMSI', '262011234567890', 'AT+CIMI', '***********7890'],
    ['an ICCID', '+CCID: 8949402600002143658F', 'AT+CCID', '+CCID: ***************3658F'],
    [
      'a swapped ICCID',
      '+CRSM: 144,0,"98940462000012345678"',
      'AT+CRSM=176,12258,0,0,10',
      '+CRSM: 144,0,"****************5678"',
    ],
    ['an EID from a vendor', `+QESIM: "eid",${EID}`, 'AT+QESIM="eid"', `+QESIM: "eid",${MASKED_EID}`],
    [
      'an EID in an APDU',
      `+CGLA: 46,"BF3E125A10${EID}9000"`,
      'AT+CGLA=1',
      `+CGLA: 46,"BF3E125A10${MASKED_EID}9000"`,
    ],
    ['an EID in a bare answer', `BF3E125A10${EID}9000`, 'AT+CGLA=1', `BF3E125A10${MASKED_EID}9000`],
    [
      'an ICCID in an APDU',
      '+CSIM: 40,"E30C5A0A98940462000012345678", "9000"',
      'AT+CSIM=1',
      '+CSIM: 40,"E30C5A0A****************5678", "9000"',
    ],
    [
      'part of an EID in an APDU',
      '+CGLA: 28,"12345123456789012356109000"',
      'AT+CGLA=1',
      '+CGLA: 28,"**********************9000"',
    ],
    ['a number that calls', '+CLIP: "+491701234567",145', null, '+CLIP: "+********4567",145'],
    ['a number called', 'ATD+491701234567;', null, 'ATD+********4567;'],
    [
      'the ISD-R',
      'AT+CCHO="A0000005591010FFFFFFFF8900000100"',
      null,
      'AT+CCHO="A0000005591010FFFFFFFF8900000100"',
    ],
    [
      'selecting the ISD-R',
      'AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"',
      null,
      'AT+CSIM=42,"01A4040010A0000005591010FFFFFFFF8900000100"',
    ],
    [
      'asking for the EID',
      'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
      null,
      'AT+CGLA=1,22,"80E2910006BF3E035C015A"',
    ],
    ['a status word', '+CGLA: 4,"6A82"', 'AT+CGLA=1', '+CGLA: 4,"6A82"'],
    ['a revision', 'EM05GFAR07A07M1G_01.005.01.005', 'AT+CGMR', 'EM05GFAR07A07M1G_01.005.01.005'],
    ['an error', '+CME ERROR: 10', 'AT+CPIN?', '+CME ERROR: 10'],
    ['OK', 'OK', 'AT+CGSN', 'OK'],
  ])('%s', (_, text, command, expected) => {
    expect(maskAtText(text, command)).toBe(expected);
  });

  it('never shows more than four digits in a row of an EID, wherever it stands', () => {
    const text = fc.string({ maxLength: 20 }).filter((around) => !/\d$|^\d/.test(around));
    fc.assert(
      fc.property(text, text, fc.stringMatching(/^89\d{30}$/), (before, after, eid) => {
        const masked = maskAtText(`${before}${eid}${after}`);
        expect(masked).not.toContain(eid.slice(-5));
        expect(masked).not.toContain(eid.slice(0, 20));
      }),
    );
  });

  it('leaves what is masked already as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii' }),
        fc.constantFrom(null, 'AT+CGSN', 'AT+CGLA=1'),
        (text, command) => {
          const once = maskAtText(text, command);
          expect(maskAtText(once, command)).toBe(once);
        },
      ),
    );
  });
});
