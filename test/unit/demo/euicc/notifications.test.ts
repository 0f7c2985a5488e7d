import { createVerify, verify, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../main/demo/bytes.ts';
import type { NotificationConfiguration, ProfileRecipe } from '../../../../main/demo/euicc/euiccState.ts';
import { readTlvs } from '../../../../main/demo/euicc/tlv.ts';
import { EID, isdR } from './isdR.ts';

const SMDP = 'smdp.com';
const all: readonly NotificationConfiguration[] = [
  { operations: ['install', 'enable', 'disable', 'delete'], address: SMDP },
];
const A: ProfileRecipe = { iccid: '98760000000000543210', notifications: all };
const B: ProfileRecipe = { iccid: '89883070000051466066', notifications: all };
const ICCID_A = '5A0A89670000000000452301';
const ICCID_B = '5A0A98880307000015640666';

/** `smdp.com` as UTF8String. */
const ADDRESS = '0C08736D64702E636F6D';

const enable = (iccid: string) => `BF3111A00C${iccid}810100`;

/** Length and value, for contents shorter than 256 bytes. */
const sized = (hex: string) => {
  const length = hex.length / 2;
  return `${length < 128 ? '' : '81'}${length.toString(16).padStart(2, '0').toUpperCase()}${hex}`;
};
const list = (...entries: string[]) => `BF28${sized(`A0${sized(entries.join(''))}`)}9000`;
const entry = (number: string, operation: string, iccid: string) =>
  `BF2F${sized(`${number}8102${operation}${ADDRESS}${iccid}`)}`;

const INSTALL = '0780';
const ENABLE = '0640';
const DISABLE = '0520';
const DELETE = '0410';

describe('what operations leave behind (SGP.22 §3.5)', () => {
  it('nothing on a card on which nothing has happened', () => {
    expect(isdR({ profiles: [A] }).request('BF2800')).toBe('BF2802A0009000');
  });

  it('one notification for each operation and profile, with rising numbers', () => {
    const { card, request } = isdR({ profiles: [{ ...B, enabled: true }] });
    card.install(A);
    request(enable(ICCID_A));
    request(`BF3211A00C${ICCID_A}810100`);
    request(`BF330C${ICCID_A}`);
    expect(request('BF2800')).toBe(
      list(
        entry('800101', INSTALL, ICCID_A),
        entry('800102', DISABLE, ICCID_B),
        entry('800103', ENABLE, ICCID_A),
        entry('800104', DISABLE, ICCID_A),
        entry('800105', DELETE, ICCID_A),
      ),
    );
  });

  it('only what the profile is set up for, at each of its addresses', () => {
    const { card, request } = isdR({
      profiles: [
        {
          iccid: '98760000000000543210',
          notifications: [
            { operations: ['enable'], address: 'one.example' },
            { operations: ['enable', 'delete'], address: 'two.example' },
          ],
        },
        { iccid: '89883070000051466066', enabled: true },
      ],
    });
    request(enable(ICCID_A));
    request(enable(ICCID_B));
    request(`BF330C${ICCID_A}`);
    expect(card.state.notifications.map(({ operation, address }) => `${operation} ${address}`)).toEqual([
      'enable one.example',
      'enable two.example',
      'delete two.example',
    ]);
  });

  it('also a memory reset, for each profile', () => {
    const { card, request } = isdR({ profiles: [{ ...A, enabled: true }, B] });
    request('BF3404820205E0');
    expect(card.state.notifications.map(({ operation, iccid }) => `${operation} ${iccid}`)).toEqual([
      `delete ${A.iccid}`,
      `delete ${B.iccid}`,
    ]);
  });

  it('nothing where an operation is refused', () => {
    const { card, request } = isdR({ profiles: [{ ...A, enabled: true, ppr1: true }, B] });
    request(enable(ICCID_B));
    request(`BF3211A00C${ICCID_A}810100`);
    request(`BF330C${ICCID_A}`);
    expect(card.state.notifications).toEqual([]);
  });
});

describe('ListNotification (SGP.22 §5.7.9)', () => {
  const pending = () =>
    isdR({
      profiles: [A, B],
      notifications: [
        { operation: 'install', address: SMDP, profile: 0 },
        { operation: 'enable', address: SMDP, profile: 0 },
        { operation: 'disable', address: SMDP, profile: 1 },
        { operation: 'delete', address: SMDP, profile: 1 },
      ],
    });
  const entries = [
    entry('800101', INSTALL, ICCID_A),
    entry('800102', ENABLE, ICCID_A),
    entry('800103', DISABLE, ICCID_B),
    entry('800104', DELETE, ICCID_B),
  ];

  it.each<[string, string, number[]]>([
    ['all', 'BF2800', [0, 1, 2, 3]],
    ['install', 'BF280481020480', [0]],
    ['enable', 'BF280481020440', [1]],
    ['disable', 'BF280481020420', [2]],
    ['delete', 'BF280481020410', [3]],
    ['delete or disable', 'BF280481020430', [2, 3]],
    ['enable, without the zeros at its end', 'BF280481020640', [1]],
    ['none', 'BF2803810100', []],
  ])('%s', (_what, request, found) => {
    expect(pending().request(request)).toBe(list(...found.map((index) => entries[index] ?? '')));
  });

  it.each(['BF280482020480', 'BF280481020880', 'BF28028100'])('refuses %s', (request) => {
    expect(pending().request(request)).toBe('6A80');
  });

  it('writes all four bits on a card that does', () => {
    const { request } = isdR({
      profiles: [A],
      notifications: [{ operation: 'enable', address: SMDP, profile: 0 }],
      es10: { eventBits: 'fourBits' },
    });
    expect(request('BF2800')).toBe(list(entry('800101', '0440', ICCID_A)));
  });

  it.each([
    [127, '80017F'],
    [128, '80020080'],
    [256, '80020100'],
    [1 << 30, '800440000000'],
  ])('writes number %i as %s', (number, field) => {
    const { card, request } = isdR({ profiles: [A] });
    card.state.nextSequenceNumber = number;
    request(enable(ICCID_A));
    expect(request('BF2800')).toBe(list(entry(field, ENABLE, ICCID_A)));
  });
});

describe('RetrieveNotificationsList (SGP.22 §5.7.10)', () => {
  const pending = () =>
    isdR({
      profiles: [A, B],
      notifications: [
        { operation: 'install', address: SMDP, profile: 0 },
        { operation: 'enable', address: SMDP, profile: 0 },
        { operation: 'delete', address: SMDP, profile: 1 },
      ],
    });

  /** The objects in `[0]` of the response. */
  function found(response: string) {
    const [outer] = readTlvs(fromHex(response)) ?? [];
    const [inner] = readTlvs(outer?.value ?? new Uint8Array(0)) ?? [];
    expect([outer?.tag, inner?.tag]).toEqual(['BF2B', 'A0']);
    return readTlvs(inner?.value ?? new Uint8Array(0)) ?? [];
  }

  it.each<[string, string, string[]]>([
    ['all', 'BF2B00', ['BF37', '30', '30']],
    ['by number', 'BF2B05A003800102', ['30']],
    ['by number, the installation', 'BF2B05A003800101', ['BF37']],
    ['by operation', 'BF2B06A00481020410', ['30']],
    ['by operations', 'BF2B06A004810204C0', ['BF37', '30']],
  ])('%s', (_what, request, tags) => {
    expect(found(pending().requestAll(request)).map((one) => one.tag)).toEqual(tags);
  });

  it.each([
    ['noResultAvailable(1): no such number', 'BF2B05A003800109', 'BF2B038101019000'],
    ['noResultAvailable(1): no such operation', 'BF2B06A00481020420', 'BF2B038101019000'],
    ['refused: two criteria', 'BF2B08A006800102800103', '6A80'],
    ['refused: no wrapper', 'BF2B03800102', '6A80'],
  ])('%s', (_what, request, response) => {
    expect(pending().request(request)).toBe(response);
  });

  it("is signed with the eUICC's key, by a certificate with its EID that its maker's key has signed", () => {
    const [one] = found(pending().requestAll('BF2B05A003800102'));
    const [tbs, signature, euicc, eum] = readTlvs(one?.value ?? new Uint8Array(0)) ?? [];
    expect(toHex(tbs?.value ?? new Uint8Array(0))).toBe(`8001028102${ENABLE}${ADDRESS}${ICCID_A}`);
    expect([tbs?.tag, signature?.tag, euicc?.tag, eum?.tag]).toEqual(['BF2F', '5F37', '30', '30']);
    const [own, maker] = [euicc, eum].map(
      (part) => new X509Certificate(Buffer.from(`3082${hex16(part?.value)}`, 'hex')),
    );
    expect(own?.subject).toContain(`serialNumber=${EID}`);
    expect(own?.verify(maker?.publicKey ?? failing())).toBe(true);
    expect(own?.checkIssued(maker ?? failing())).toBe(true);
    const signed = fromHex(entry('800102', ENABLE, ICCID_A));
    const key = { key: own?.publicKey ?? failing(), dsaEncoding: 'ieee-p1363' } as const;
    expect(signature?.value).toHaveLength(64);
    expect(verify('sha256', signed, key, signature?.value ?? new Uint8Array(0))).toBe(true);
    expect(
      createVerify('sha256')
        .update('else')
        .verify(key, signature?.value ?? new Uint8Array(0)),
    ).toBe(false);
  });

  it('an installation has the ISD-P, and the same metadata as the list', () => {
    const [one] = found(pending().requestAll('BF2B05A003800101'));
    const [data, signature] = readTlvs(one?.value ?? new Uint8Array(0)) ?? [];
    expect([data?.tag, signature?.tag]).toEqual(['BF27', '5F37']);
    const fields = readTlvs(data?.value ?? new Uint8Array(0)) ?? [];
    expect(fields.map((field) => field.tag)).toEqual(['80', 'BF2F', '06', 'A2']);
    expect(toHex(fields[1]?.value ?? new Uint8Array(0))).toBe(`8001018102${INSTALL}${ADDRESS}${ICCID_A}`);
    expect(toHex(fields[3]?.value ?? new Uint8Array(0))).toContain('4F10A0000005591010FFFFFFFF8900001000');
  });

  it('stays until it is removed', () => {
    const { requestAll, request } = pending();
    const first = requestAll('BF2B05A003800102');
    expect(requestAll('BF2B05A003800102').slice(0, 80)).toBe(first.slice(0, 80));
    expect(request('BF3003800102')).toBe('BF30038001009000');
    expect(request('BF2B05A003800102')).toBe('BF2B038101019000');
  });
});

describe('RemoveNotificationFromList (SGP.22 §5.7.11)', () => {
  const pending = () =>
    isdR({ profiles: [A], notifications: [{ operation: 'enable', address: SMDP, profile: 0 }] });

  it.each([
    ['ok(0)', 'BF3003800101', 'BF30038001009000', 0],
    ['nothingToDelete(1)', 'BF3003800105', 'BF30038001019000', 1],
    ['nothingToDelete(1), a large number', 'BF3006800440000000', 'BF30038001019000', 1],
    ['refused without a number', 'BF3000', '6A80', 1],
    ['refused with a negative one', 'BF30038001FF', '6A80', 1],
  ])('%s', (_what, request, response, left) => {
    const card = pending();
    expect(card.request(request)).toBe(response);
    expect(card.card.state.notifications).toHaveLength(left);
  });

  it('gives no number twice', () => {
    const { card, request } = pending();
    request('BF3003800101');
    request(enable(ICCID_A));
    expect(card.state.notifications.map((one) => one.sequenceNumber)).toEqual([2]);
  });
});

function hex16(bytes: Uint8Array = new Uint8Array(0)): string {
  return bytes.length.toString(16).padStart(4, '0') + toHex(bytes);
}

function failing(): never {
  throw new Error('missing in the answer');
}
