import { describe, expect, it } from 'vitest';
import {
  ChipNotificationSchema,
  EuiccInfoSchema,
  InstalledProfileSchema,
} from '../../../../contract/chip.ts';
import { decodeConfiguredAddresses, getConfiguredAddresses } from '../../../../main/euicc/es10/addresses.ts';
import { decodeEuiccInfo, getEuiccInfo } from '../../../../main/euicc/es10/euiccInfo.ts';
import { iconIn } from '../../../../main/euicc/es10/icon.ts';
import {
  decodeNotifications,
  listNotifications,
  retrieveNotification,
} from '../../../../main/euicc/es10/notifications.ts';
import { decodeProfilesInfo, getProfilesInfo } from '../../../../main/euicc/es10/profilesInfo.ts';
import { bitsIn, integerBytes, integerIn, textIn } from '../../../../main/euicc/es10/values.ts';
import { toHex } from '../../../../main/euicc/hex.ts';
import { fc } from '../../support/dice.ts';
import { bytes, cardOf, inside, shown } from './es10Card.ts';

/* Byte strings below marked "published" stand in public repositories and issue threads, recorded from real cards or made for the tests of other LPAs. */

const CI = '81370F5125D0B1D408D4C3B232E6D25E795BEBFB';
/** Published: the answer of an eUICC behind a Quectel modem. */
const INFO_1 = `BF20358203020300A9160414${CI}AA160414${CI}`;
/** Published: an eUICC of SGP.32, with fields that version 2 does not know. */
const INFO_2 = `BF228192810302030182030206008303260116840D81010882040002EC08830224DF8505007FB6F3C1860311020087030203008802029CA9160414${CI}AA160414${CI}990206400403FFFFFF0C0D4B4E2D444E2D55502D30333237AF050403030301900101B40BA005040301020081008200`;
/** Published: two keys, `javacardVersion`, four unused bits. */
const INFO_2_TEST = `BF2281B2810302030182030205008303190400840D81010082040003EB80830241F58503017F328603090200870302030088020480A92C0414${CI}041461F709B006684D94C2BC594B7D02EAE8B599F860AA2C0414${CI}041461F709B006684D94C2BC594B7D02EAE8B599F8609902064004030100000C1653415341636372656469746174696F6E4E756D6265729001FFB40BA005040302000C81008200`;

describe('EUICCInfo', () => {
  it('2, as published', () => {
    expect(decodeEuiccInfo(inside(INFO_2))).toEqual({
      svn: '2.6.0',
      profileVersion: '2.3.1',
      firmwareVersion: '38.1.22',
      globalPlatformVersion: '2.3.0',
      javaCardVersion: '17.2.0',
      applications: 8,
      freeNonVolatileBytes: 191_496,
      freeVolatileBytes: 9_439,
      ciKeysForVerification: [CI],
      ciKeysForSigning: [CI],
      category: null,
      uiccCapabilities: [
        'usimSupport',
        'isimSupport',
        'csimSupport',
        'akaMilenage',
        'akaCave',
        'akaTuak128',
        'akaTuak256',
        'usimTestAlgorithm',
        'gbaAuthenUsim',
        'gbaAuthenISim',
        'eapClient',
        'javacard',
        'multipleUsimSupport',
        'multipleIsimSupport',
        'multipleCsimSupport',
        'berTlvFileSupport',
        'getIdentity',
        'profile-a-x25519',
        'profile-b-p256',
        'suciCalculatorApi',
        'iotminimal',
      ],
      rspCapabilities: [
        'additionalProfile',
        'testProfileSupport',
        'deviceInfoExtensibilitySupport',
        'serviceSpecificDataSupport',
      ],
      protectionProfileVersion: '255.255.255',
      sasAccreditationNumber: 'KN-DN-UP-0327',
    });
  });

  it('2, of another card', () => {
    expect(decodeEuiccInfo(inside(INFO_2_TEST))).toMatchObject({
      svn: '2.5.0',
      freeNonVolatileBytes: 256_896,
      freeVolatileBytes: 16_885,
      ciKeysForVerification: [CI, '61F709B006684D94C2BC594B7D02EAE8B599F860'],
      javaCardVersion: '9.2.0',
      uiccCapabilities: expect.arrayContaining(['usimSupport', 'gbaAuthenISim', 'javacard']),
      rspCapabilities: ['additionalProfile'],
      protectionProfileVersion: '1.0.0',
      sasAccreditationNumber: 'SASAccreditationNumber',
    });
  });

  it('1, as published', () => {
    expect(decodeEuiccInfo(inside(INFO_1))).toMatchObject({
      svn: '2.3.0',
      profileVersion: null,
      applications: null,
      ciKeysForVerification: [CI],
      ciKeysForSigning: [CI],
      uiccCapabilities: [],
      rspCapabilities: [],
      sasAccreditationNumber: null,
    });
  });

  it.each<[string, string, object]>([
    ['a category', '8203020202 8B0102', { category: 'medium' }],
    ['a category nobody knows', '8203020202 8B0109', { category: null }],
    ['a version of two bytes', '8203020202 81020203', { profileVersion: null }],
    [
      'resources inside their template',
      '8203020202 840A FF2107 8101058202 0100',
      { applications: 5, freeNonVolatileBytes: 256 },
    ],
    ['resources that are cut off', '8203020202 8403 810105', { applications: 5 }],
    ['resources that are malformed', '8203020202 8403 820401', { freeNonVolatileBytes: null }],
    ['more than four gigabytes', '8203020202 8407 82050100000000', { freeNonVolatileBytes: 4_294_967_296 }],
    ['capabilities beyond those known', '8203020202 88050000000040', { rspCapabilities: ['bit 25'] }],
    ['keys that are malformed', '8203020202 A903041401', { ciKeysForVerification: [] }],
    ['no SAS number', '8203020202 0C00', { sasAccreditationNumber: null }],
  ])('%s', (_, fields, expected) => {
    expect(decodeEuiccInfo(bytes(fields))).toMatchObject(expected);
  });

  it('has a version, or is none', () => {
    expect(decodeEuiccInfo(bytes('8103020301'))).toBeNull();
    expect(decodeEuiccInfo(bytes('8203020301 85'))).toBeNull();
  });

  it.each<[string, string[], string[], unknown]>([
    ['2 is enough', [`${INFO_2}9000`], ['80E2910003BF2200'], { svn: '2.6.0' }],
    [
      '1 where 2 is refused',
      ['6A88', `${INFO_1}9000`],
      ['80E2910003BF2200', '80E2910003BF2000'],
      { svn: '2.3.0' },
    ],
    [
      '1 where 2 says nothing',
      ['BF22009000', `${INFO_1}9000`],
      ['80E2910003BF2200', '80E2910003BF2000'],
      { svn: '2.3.0' },
    ],
  ])('%s', async (_, answers, requests, expected) => {
    const { channel, sent } = cardOf(...answers);
    expect(shown(await getEuiccInfo(channel))).toMatchObject(expected as object);
    expect(sent).toEqual(requests);
  });

  it('tells what was said of 2 where both are refused', async () => {
    expect(shown(await getEuiccInfo(cardOf('6A88', '6D00').channel))).toBe(
      'chip.refused: GetEuiccInfo2: 6A88 (the referenced data was not found)',
    );
  });
});

describe('addresses', () => {
  it.each<[string, string, unknown]>([
    // Published.
    [
      'both',
      'BF3C148008534D44502E434F4D8108736D64732E636F6D',
      { defaultSmdp: 'SMDP.COM', rootSmds: 'smds.com' },
    ],
    ['an empty default', 'BF3C0C80008108736D64732E636F6D', { defaultSmdp: null, rootSmds: 'smds.com' }],
    ['no default', 'BF3C0A8108736D64732E636F6D', { defaultSmdp: null, rootSmds: 'smds.com' }],
    ['none', 'BF3C00', { defaultSmdp: null, rootSmds: null }],
    ['malformed', 'BF3C028008', null],
  ])('%s', (_, hex, expected) => {
    expect(decodeConfiguredAddresses(inside(hex))).toEqual(expected);
  });

  it('are asked for as SGP.22 has it', async () => {
    const { channel, sent } = cardOf('BF3C009000');
    expect(shown(await getConfiguredAddresses(channel))).toEqual({ defaultSmdp: null, rootSmds: null });
    expect(sent).toEqual(['80E2910003BF3C00']);
  });
});

const PNG = '89504E470D0A1A0A0000000D49484452';
const JPEG = 'FFD8FFE000104A464946';

describe('profiles', () => {
  const none = {
    isdpAid: null,
    profileClass: null,
    nickname: null,
    serviceProvider: null,
    name: null,
    icon: null,
  };
  it.each<[string, string, unknown]>([
    // Published: Android's own test of an ICCID and a state.
    [
      'as published, one',
      'BF2D14A012E3105A0A896700000000004523019F700101',
      [{ ...none, iccid: '98760000000000543210', state: 'enabled' }],
    ],
    [
      'as published, an ICCID filled up with F',
      'BF2D14A012E3105A0A896700000000004523FF9F700101',
      [{ ...none, iccid: '987600000000005432', state: 'enabled' }],
    ],
    [
      'as published, with fields that were not asked for',
      'BF2D8184A08181E37F5A0A8967000000000045230190046E69636B9103746D6F92027031B70F800312F345810301020382030405069F700101950101990206C0BF7645E243E135C114ABCD92CBB156B280FA4E1429A6ECEEB6E5C1BFE4CA1D636F6D2E676F6F676C652E616E64726F69642E617070732E6D79617070E30ADB080000000000000001',
      [
        {
          ...none,
          iccid: '98760000000000543210',
          state: 'enabled',
          profileClass: 'provisioning',
          nickname: 'nick',
          serviceProvider: 'tmo',
          name: 'p1',
        },
      ],
    ],
    [
      'as published, two on a modem',
      'BF2D4BA049E32D5A0A980010325476981032149F700100921B47534D412054532E343820584F5220546573742050726F66696C65E3185A0A988803070000156406669F70010192065477696C696F9000',
      [
        { ...none, iccid: '89000123456789012341', state: 'disabled', name: 'GSMA TS.48 XOR Test Profile' },
        { ...none, iccid: '89883070000051466066', state: 'enabled', name: 'Twilio' },
      ],
    ],
    ['none', 'BF2D02A000', []],
    [
      'without the tag of the list',
      'BF2D12E3105A0A896700000000004523019F700101',
      [{ ...none, iccid: '98760000000000543210', state: 'enabled' }],
    ],
    ['one that has no ICCID is passed over', 'BF2D08A006E3049F700101', []],
    ['one whose ICCID is no number is passed over', 'BF2D10A00EE30C5A0AABCDEF00000000452301', []],
    ['an error', 'BF2D03810101', 'chip.refused: GetProfilesInfo: incorrectInputValues(1)'],
    ['another error', 'BF2D0381017F', 'chip.refused: GetProfilesInfo: undefinedError(127)'],
    ['an error that nobody knows', 'BF2D03810109', 'chip.refused: GetProfilesInfo: unknown result(9)'],
    ['an error without a code', 'BF2D028100', 'chip.refused: GetProfilesInfo: unknown result(no code)'],
    ['nothing', 'BF2D00', 'euicc.unreadable: GetProfilesInfo: the answer is no list of profiles.'],
    [
      'half a list',
      'BF2D04A005E310',
      'euicc.unreadable: GetProfilesInfo: the answer is no list of profiles.',
    ],
    [
      'half a profile',
      'BF2D06A004E3025A0A',
      'euicc.unreadable: GetProfilesInfo: the answer is no list of profiles.',
    ],
  ])('%s', (_, hex, expected) => {
    expect(shown(decodeProfilesInfo(inside(hex.replace(/9000$/, ''))))).toEqual(expected);
  });

  it('with all that SGP.22 has', () => {
    const icon = `9410${PNG}`;
    const fields = `5A0A98000000000000000010 4F10A0000005591010FFFFFFFF8900001100 9F700100 9005 C3A4CE9121 910141 920142 930101 ${icon} 950100`;
    const length = bytes(fields).length.toString(16).padStart(2, '0');
    expect(
      shown(decodeProfilesInfo(bytes(`A0${(bytes(fields).length + 2).toString(16)} E3${length} ${fields}`))),
    ).toEqual([
      {
        iccid: '89000000000000000001',
        isdpAid: 'A0000005591010FFFFFFFF8900001100',
        state: 'disabled',
        profileClass: 'test',
        nickname: 'äΑ!',
        serviceProvider: 'A',
        name: 'B',
        icon: { type: 'png', base64: Buffer.from(PNG, 'hex').toString('base64') },
      },
    ]);
  });

  it.each<[string, string[], string[], unknown]>([
    ['with a list of what is wanted', ['BF2D02A0009000'], ['80E291000FBF2D0C5C0A5A4F9F70909192939495'], []],
    [
      'plainly where that is refused',
      ['6A80', 'BF2D02A0009000'],
      ['80E291000FBF2D0C5C0A5A4F9F70909192939495', '80E2910003BF2D00'],
      [],
    ],
    [
      'plainly where that is an error',
      ['BF2D038101019000', 'BF2D02A0009000'],
      ['80E291000FBF2D0C5C0A5A4F9F70909192939495', '80E2910003BF2D00'],
      [],
    ],
    [
      'plainly, and refused again',
      ['BF2D038101019000', '6A88'],
      ['80E291000FBF2D0C5C0A5A4F9F70909192939495', '80E2910003BF2D00'],
      'chip.refused: GetProfilesInfo: 6A88 (the referenced data was not found)',
    ],
  ])('are asked for %s', async (_, answers, requests, expected) => {
    const { channel, sent } = cardOf(...answers);
    expect(shown(await getProfilesInfo(channel))).toEqual(expected);
    expect(sent).toEqual(requests);
  });
});

describe('an icon', () => {
  it.each<[string, string, string | null]>([
    ['a PNG', PNG, 'png'],
    ['a JPEG', JPEG, 'jpeg'],
    ['the beginning of a PNG', PNG.slice(0, 14), null],
    ['a page', Buffer.from('<svg onload=alert(1)>').toString('hex'), null],
    ['nothing', '', null],
    ['the largest', PNG.padEnd(6_144 * 2, '0'), 'png'],
    ['too large a one', PNG.padEnd(6_145 * 2, '0'), null],
  ])('%s', (_, hex, expected) => {
    expect(iconIn(bytes(hex))?.type ?? null).toBe(expected);
  });
});

const META =
  'BF2F2D 800105 81020780 0C18 7369656D656E732E73 6D64702E6578616D706C652E636F6D 5A0A98000000000000000010';
const meta = (sequence: string, operation: string, more = '0C0161') => {
  const fields = `${sequence}${operation}${more}`;
  return toHex(bytes(`BF2F${(fields.length / 2).toString(16).padStart(2, '0')}${fields}`));
};
const list = (...entries: string[]) => {
  const all = bytes(entries.join(''));
  return `A0${all.length < 128 ? '' : '81'}${all.length.toString(16).padStart(2, '0')}${toHex(all)}`;
};

describe('notifications', () => {
  it.each<[string, string, unknown]>([
    ['none', 'A000', []],
    [
      'all four kinds',
      list(
        meta('800101', '81020780'),
        meta('800102', '81020640', `0C0161${'5A0A98000000000000000010'}`),
        meta('80020080', '81020520'),
        meta('800104', '81020410'),
      ),
      [
        { sequenceNumber: 1, operation: 'install', address: 'a', iccid: null },
        { sequenceNumber: 2, operation: 'enable', address: 'a', iccid: '89000000000000000001' },
        { sequenceNumber: 128, operation: 'disable', address: 'a', iccid: null },
        { sequenceNumber: 4, operation: 'delete', address: 'a', iccid: null },
      ],
    ],
    [
      'made from afar',
      list(meta('800101', '81020308')),
      [{ sequenceNumber: 1, operation: 'enable', address: 'a', iccid: null }],
    ],
    [
      'without an address',
      list(meta('800101', '81020410', '')),
      [{ sequenceNumber: 1, operation: 'delete', address: '', iccid: null }],
    ],
    ['of no operation', list(meta('800101', '81020001')), []],
    ['without a number', list(meta('', '81020780')), []],
    ['an error', '81017F', 'chip.refused: ListNotification: undefinedError(127)'],
    ['malformed', 'A002BF2F', 'euicc.unreadable: ListNotification: the answer is malformed.'],
    ['malformed inside', 'A004BF2F0180', 'euicc.unreadable: ListNotification: the answer is malformed.'],
  ])('%s', (_, hex, expected) => {
    expect(shown(decodeNotifications(bytes(hex)))).toEqual(expected);
  });

  it('are listed as SGP.22 has it', async () => {
    const { channel, sent } = cardOf('BF2802A0009000');
    expect(shown(await listNotifications(channel))).toEqual([]);
    expect(sent).toEqual(['80E2910003BF2800']);
  });

  const other = `3011${meta('800105', '81020640', '0C0161')}5F370101`;
  const installed = `BF3712BF270D${meta('800107', '81020780', '0C0162')}8000`;
  const answerOf = (...entries: string[]) => {
    const inner = list(...entries);
    return `BF2B${(inner.length / 2).toString(16).padStart(2, '0')}${inner}9000`;
  };

  it.each<[string, number, string, string, unknown]>([
    ['a signed one', 5, 'BF2B05A003800105', answerOf(other), other],
    ['that of an installation', 7, 'BF2B05A003800107', answerOf(installed), installed],
    ['the right one of several', 7, 'BF2B05A003800107', answerOf(other, installed), installed],
    [
      'a number of two bytes',
      200,
      'BF2B06A004800200C8',
      answerOf(other),
      'chip.refused: RetrieveNotificationsList: not among those given',
    ],
    [
      'none',
      5,
      'BF2B05A003800105',
      'BF2B038101019000',
      'chip.refused: RetrieveNotificationsList: noResultAvailable(1)',
    ],
    [
      'an empty list',
      5,
      'BF2B05A003800105',
      'BF2B02A0009000',
      'chip.refused: RetrieveNotificationsList: not among those given',
    ],
    [
      'an error',
      5,
      'BF2B05A003800105',
      'BF2B0381017F9000',
      'chip.refused: RetrieveNotificationsList: undefinedError(127)',
    ],
    [
      'a refusal',
      5,
      'BF2B05A003800105',
      '6A88',
      'chip.refused: RetrieveNotificationsList: 6A88 (the referenced data was not found)',
    ],
  ])('are retrieved: %s', async (_, number, request, answer, expected) => {
    const { channel, sent } = cardOf(answer);
    expect(shown(await retrieveNotification(channel, number))).toEqual(expected);
    expect(sent[0]?.slice(10)).toBe(request);
  });
});

describe('values', () => {
  it.each([
    [0, '00'],
    [1, '01'],
    [127, '7F'],
    [128, '0080'],
    [255, '00FF'],
    [256, '0100'],
    [32_768, '008000'],
  ])('the integer %i is %s', (number, hex) => {
    expect(toHex(integerBytes(number))).toBe(hex);
    expect(integerIn(bytes(hex))).toBe(number);
  });

  it('an integer is written as it is read', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        (number) => number >= 2 ** 48 || integerIn(integerBytes(number)) === number,
      ),
    );
  });

  it.each<[string, number[]]>([
    ['', []],
    ['07', []],
    ['0780', [0]],
    ['0640', [1]],
    ['05E0', [0, 1, 2]],
    ['04FF', [0, 1, 2, 3]],
    ['FFFF', [0]],
    ['000001', [15]],
  ])('the bits of %s are %j', (hex, expected) => {
    expect(bitsIn(bytes(hex))).toEqual(expected);
  });

  it('text loses control characters, blanks around it, and what is too long', () => {
    expect(textIn(bytes('2041000A422020'), 10)).toBe('AB');
    expect(textIn(bytes('00'), 10)).toBeNull();
    expect(textIn(bytes('FF41'), 10)).toBe('\uFFFDA');
    expect(textIn(new TextEncoder().encode('😀😀😀'), 2)).toBe('😀😀');
  });
});

describe('whatever comes', () => {
  const known = [INFO_1, INFO_2, INFO_2_TEST, `BF28${META.replaceAll(' ', '')}`].map(bytes);
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    // A known answer with some bytes changed.
    fc
      .tuple(fc.constantFrom(...known), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }))
      .map(([answer, changes]) => {
        const changed = Uint8Array.from(answer.subarray(3));
        for (const [at, byte] of changes) if (at < changed.length) changed[at] = byte;
        return changed;
      }),
  );

  it('is decoded to what the contract has, or to a fault', () => {
    fc.assert(
      fc.property(any, (value) => {
        const info = decodeEuiccInfo(value);
        if (info !== null) expect(EuiccInfoSchema.safeParse(info).success).toBe(true);
        const profiles = decodeProfilesInfo(value);
        if (profiles.ok) expect(InstalledProfileSchema.array().safeParse(profiles.value).success).toBe(true);
        const notifications = decodeNotifications(value);
        if (notifications.ok)
          expect(ChipNotificationSchema.array().safeParse(notifications.value).success).toBe(true);
        decodeConfiguredAddresses(value);
      }),
    );
  });

  it.each<[string, string, (card: ReturnType<typeof cardOf>) => Promise<{ ok: boolean }>]>([
    ['EUICCInfo2', INFO_2, ({ channel }) => getEuiccInfo(channel)],
    [
      'addresses',
      'BF3C148008534D44502E434F4D8108736D64732E636F6D',
      ({ channel }) => getConfiguredAddresses(channel),
    ],
    ['profiles', 'BF2D14A012E3105A0A896700000000004523019F700101', ({ channel }) => getProfilesInfo(channel)],
    [
      'notifications',
      `BF28${(list(meta('800101', '81020780')).length / 2).toString(16).padStart(2, '0')}${list(meta('800101', '81020780'))}`,
      ({ channel }) => listNotifications(channel),
    ],
  ])('%s cut off anywhere are no answer', async (_, hex, read) => {
    expect((await read(cardOf(`${hex}9000`))).ok).toBe(true);
    for (let length = 0; length < hex.length; length += 2) {
      const result = await read(cardOf(`${hex.slice(0, length)}9000`));
      expect(result.ok, `${length / 2} bytes`).toBe(false);
    }
  });
});
