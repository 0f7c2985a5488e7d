import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../main/demo/bytes.ts';
import type { EuiccOptions } from '../../../../main/demo/euicc/virtualEuicc.ts';
import { EID, isdR } from './isdR.ts';

describe('GetEID (SGP.22 §5.7.20)', () => {
  it.each([EID, '89049032000000000000279973200019', '89882119900000000000000000000005'])(
    'answers the published request with %s in plain BCD',
    (eid) => {
      expect(isdR({ eid }).send('80E2910006BF3E035C015A')).toBe(`BF3E125A10${eid}9000`);
    },
  );

  it.each([
    ['without a tag list, strict card', {}, 'BF3E00', '6A80'],
    [
      'without a tag list, lenient card',
      { getEidWithoutTagList: 'answered' },
      'BF3E00',
      `BF3E125A10${EID}9000`,
    ],
    ['with another tag', {}, 'BF3E035C014F', '6A80'],
    ['with a length that runs out', {}, 'BF3E045C015A', '6A80'],
    ['with something behind it', {}, 'BF3E035C015A00', '6A80'],
    ['on a card that refuses it', { refuses: { BF3E: 0x6985 } }, 'BF3E035C015A', '6985'],
  ] as const)('%s', (_what, es10, request, response) => {
    expect(isdR({ es10 }).request(request)).toBe(response);
  });
});

describe('STORE DATA (SGP.22 §5.7.2)', () => {
  it('is put together from blocks', () => {
    const { send } = isdR();
    expect(send('80E2110002BF3E')).toBe('9000');
    expect(send('80E2110103035C01')).toBe('9000');
    expect(send('80E29102015A')).toBe(`BF3E125A10${EID}9000`);
  });

  it('begins anew with block 0', () => {
    const { send } = isdR();
    expect(send('80E2110002BF20')).toBe('9000');
    expect(send('80E2910006BF3E035C015A')).toBe(`BF3E125A10${EID}9000`);
  });

  it('is refused when a block is missing', () => {
    const { send } = isdR();
    expect(send('80E2110002BF3E')).toBe('9000');
    expect(send('80E2910204035C015A')).toBe('6A86');
    expect(send('80E2910104035C015A')).toBe('6A86');
  });

  it.each([
    ['the interindustry class', '00E2910006BF3E035C015A', '6E00'],
    ['another P1', '80E2900006BF3E035C015A', '6A86'],
    ['a tag that this card does not know', '80E2910003BF7F00', '6A88'],
    ['no data', '80E29100', '6A80'],
    ['an instruction that is not STORE DATA', '80CA00000000', '6D00'],
  ])('is refused with %s', (_what, command, sw) => {
    expect(isdR().send(command)).toBe(sw);
  });

  it('is kept apart by channel', () => {
    const { send } = isdR();
    send('0070000001');
    send('01A4040010A0000005591010FFFFFFFF8900000100');
    expect(send('80E2110002BF3E')).toBe('9000');
    expect(send('81E2110002BF20')).toBe('9000');
    expect(send('80E2910104035C015A')).toBe(`BF3E125A10${EID}9000`);
  });
});

describe('EUICCInfo (SGP.22 §5.7.8)', () => {
  it('1 is, byte for byte, what a card with SGP.22 v2.3 and the GSMA root key was recorded with', () => {
    expect(isdR({ info: { svn: [2, 3, 0] } }).request('BF2000')).toBe(
      'BF20358203020300A916041481370F5125D0B1D408D4C3B232E6D25E795BEBFBAA16041481370F5125D0B1D408D4C3B232E6D25E795BEBFB9000',
    );
  });

  it('2 has every field in the order and form of the ASN.1', () => {
    expect(isdR().request('BF2200')).toBe(
      [
        'BF2279',
        '8103020100', // profileVersion 2.1.0
        '8203020202', // svn 2.2.2
        '8303010400', // firmware 1.4.0
        '840F 810100 820400058000 830400002200', // applications 0, 360,448 and 8,704 bytes free
        '8502016A', // 7 bits: usim, isim, milenage, tuak
        '86030B0100', // Java Card 11.1.0
        '8703020300', // GlobalPlatform 2.3.0
        '8802 0490', // 4 bits: additionalProfile, testProfile
        'A916041481370F5125D0B1D408D4C3B232E6D25E795BEBFB',
        'AA16041481370F5125D0B1D408D4C3B232E6D25E795BEBFB',
        '8B0102', // mediumEuicc
        '0403010000', // ppVersion
        '0C0D44452D4D4F2D55502D30303030', // DE-MO-UP-0000
        '9000',
      ]
        .join('')
        .replaceAll(' ', ''),
    );
  });
});

describe('GetProfilesInfo (SGP.22 §5.7.15)', () => {
  const PUBLISHED: EuiccOptions['profiles'] = [
    { iccid: '89000123456789012341', profileName: 'GSMA TS.48 XOR Test Profile', profileClass: 'test' },
    { iccid: '89883070000051466066', profileName: 'Twilio', enabled: true },
  ];

  it('gives, byte for byte, the list that was recorded from a card with these two profiles', () => {
    expect(isdR({ profiles: PUBLISHED }).request('BF2D 06 5C 04 5A 9F70 92')).toBe(
      'BF2D4BA049E32D5A0A980010325476981032149F700100921B47534D412054532E343820584F5220546573742050726F66696C65E3185A0A988803070000156406669F70010192065477696C696F9000',
    );
  });

  it('gives all fields of a profile without a tag list, and leaves out what it does not have', () => {
    const profiles = [
      {
        iccid: '89883070000051466066',
        enabled: true,
        nickname: 'bench',
        providerName: 'Demo',
        profileName: 'Super SIM',
        icon: { type: 'png', bytes: fromHex('89504E47') },
      },
      { iccid: '89000123456789012341', profileClass: null },
    ] as const;
    const first =
      '5A0A98880307000015640666 4F10A0000005591010FFFFFFFF8900001000 9F700101 900562656E6368 910444656D6F 92095375706572 2053494D 930101 940489504E47 950102';
    const second = '5A0A98001032547698103214 4F10A0000005591010FFFFFFFF8900001100 9F700100';
    expect(isdR({ profiles }).request('BF2D00')).toBe(
      `BF2D6EA06C E346${first} E322${second}9000`.replaceAll(' ', ''),
    );
  });

  it.each([
    ['an ICCID', 'A00C 5A0A98880307000015640666', 'A00E E30C5A0A98880307000015640666'],
    ['an ISD-P', 'A012 4F10A0000005591010FFFFFFFF8900001000', 'A00E E30C5A0A98001032547698103214'],
    ['a class', 'A003 950102', 'A00E E30C5A0A98880307000015640666'],
    ['what no profile has', 'A003 950101', 'A000'],
    ['what cannot be searched for', 'A003 920102', '810101'],
  ])('searches for %s', (_what, criterion, result) => {
    const fields = `${criterion}5C015A`.replaceAll(' ', '');
    const length = (fields.length / 2).toString(16).padStart(2, '0');
    const expected = result.replaceAll(' ', '');
    const size = (expected.length / 2).toString(16).padStart(2, '0').toUpperCase();
    expect(isdR({ profiles: PUBLISHED }).request(`BF2D${length}${fields}`)).toBe(
      `BF2D${size}${expected}9000`,
    );
  });

  it('answers an empty eUICC with an empty list', () => {
    expect(isdR().request('BF2D00')).toBe('BF2D02A0009000');
  });

  it('is handed out in rounds where it is longer than one response', () => {
    const profiles = Array.from({ length: 12 }, (_, index) => ({
      iccid: `8988307000005146${(6000 + index).toString()}`,
      profileName: 'Super SIM',
    }));
    const { card, request } = isdR({ profiles });
    let response = request('BF2D00');
    let whole = response.slice(0, -4);
    while (/61..$/.test(response)) {
      response = toHex(card.transmit(fromHex(`00C00000${response.slice(-2)}`)));
      whole += response.slice(0, -4);
    }
    expect(response.slice(-4)).toBe('9000');
    expect(whole.match(/E3..5A0A/g)).toHaveLength(12);
  });
});
