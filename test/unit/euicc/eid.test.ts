import { describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel, ApduResponse } from '../../../main/euicc/apduChannel.ts';
import { eidFromBytes } from '../../../main/euicc/eid.ts';
import { getEid } from '../../../main/euicc/getEid.ts';
import { fromHex, toHex } from '../../../main/euicc/hex.ts';
import {
  iccidCheckDigitHolds,
  iccidFromBytes,
  iccidFromSwapped,
  normaliseIccid,
} from '../../../main/euicc/iccid.ts';

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const EID = '89049032123451234512345678901235';

function channel(answer: Result<ApduResponse>) {
  const sent: string[] = [];
  const apduChannel: ApduChannel = {
    transmit: async (apdu) => {
      sent.push(toHex(apdu));
      return answer;
    },
    close: async () => {},
  };
  return { apduChannel, sent };
}
const answered = (hex: string, sw = 0x9000) => ok({ data: bytes(hex), sw });

describe('asking for the EID', () => {
  it('sends the request of SGP.22, with the tag list', async () => {
    const { apduChannel, sent } = channel(answered(`BF3E125A10${EID}`));
    expect(await getEid(apduChannel)).toEqual(ok({ value: EID, valid: true }));
    expect(sent).toEqual(['80E2910006BF3E035C015A']);
  });

  it.each<[string, Result<ApduResponse>, unknown]>([
    [
      'an EID while the card has something to say',
      answered(`BF3E125A10${EID}`, 0x910b),
      { value: EID, valid: true },
    ],
    [
      'an EID whose check digits do not hold',
      answered('BF3E125A1089049032003451234567890123456789'),
      { value: '89049032003451234567890123456789', valid: false },
    ],
    ['a refusal', answered('', 0x6a80), 'euicc.refused: GetEID: 6A80 (wrong data)'],
    ['nothing', answered(''), 'euicc.unreadable: GetEID: the answer is empty.'],
    ['no EID in it', answered('BF3E00'), 'euicc.unreadable: GetEID: the answer has no EID.'],
    [
      'another object',
      answered(`BF22125A10${EID}`),
      'euicc.unreadable: GetEID: the answer is that of another function.',
    ],
    [
      'an EID with letters',
      answered('BF3E125A1089049032123451234512345678ABCDEF'),
      'euicc.unreadable: GetEID: the answer has no EID.',
    ],
    [
      'an EID that is too short',
      answered('BF3E0B5A09890490321234512345'),
      'euicc.unreadable: GetEID: the answer has no EID.',
    ],
    ['a cut answer', answered('BF3E125A108904'), 'euicc.unreadable: GetEID: the answer is cut off.'],
    ['a fault below', fail(fault('port.vanished', { details: 'x' })), 'port.vanished: x'],
  ])('%s', async (_, answer, expected) => {
    const result = await getEid(channel(answer).apduChannel);
    expect(result.ok ? result.value : `${result.fault.code}: ${result.fault.details}`).toEqual(expected);
  });
});

describe('an EID on the card', () => {
  it.each([
    [EID, EID],
    ['8904903212345123451234567890123F', null],
    ['890490321234512345123456789012', null],
    ['', null],
  ])('%s', (hex, expected) => {
    expect(eidFromBytes(bytes(hex))).toBe(expected);
  });
});

describe('an ICCID', () => {
  it.each([
    ['98940462000012345678', '89494026000021436587'],
    ['984940260000214365F7', '8994046200001234567'],
    ['9894046200001234FFFF', null],
    ['FFFFFFFFFFFFFFFFFFFF', null],
    ['12345678901234567890', null],
    ['9894', null],
  ])('on the card %s', (hex, expected) => {
    expect(iccidFromBytes(bytes(hex))).toBe(expected);
  });

  it('swapped text', () => {
    expect(iccidFromSwapped('98940462000012345678')).toBe('89494026000021436587');
  });

  it.each([
    ['8949402600002143658F', '8949402600002143658'],
    [' 89494026000021436587 ', '89494026000021436587'],
    ['894940260000214365', '894940260000214365'],
    ['89494026000021436', null],
    ['1234567890123456789', null],
    ['89049032123451234512345678901235', null],
  ])('as text %s', (text, expected) => {
    expect(normaliseIccid(text)).toBe(expected);
  });

  it.each([
    ['8949402600002143659', false],
    ['8991101200003204514', true],
    ['8949402600002143650', true],
    ['8991101200003204511', false],
    ['nonsense', false],
  ])('%s: check digit %s', (iccid, holds) => {
    expect(iccidCheckDigitHolds(iccid)).toBe(holds);
  });
});

describe('hex', () => {
  it.each([
    ['', ''],
    ['0aFF', '0AFF'],
    ['0', null],
    ['0g', null],
    ['0 1', null],
  ])('%j', (text, expected) => {
    const read = fromHex(text);
    expect(read === null ? null : toHex(read)).toBe(expected);
  });
});
