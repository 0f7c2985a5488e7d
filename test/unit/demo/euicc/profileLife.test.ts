import { describe, expect, it } from 'vitest';
import type { ProfileRecipe } from '../../../../main/demo/euicc/euiccState.ts';
import { isdR } from './isdR.ts';

/*
 * Requests and responses byte for byte as published by those that test against them: the Android Open Source Project
 * (EuiccCardTest) and euicc-go (recorded APDUs). ICCID 98760000000000543210 is theirs.
 */

const A = '98760000000000543210';
const B = '89883070000051466066';
const T = '89000123456789012341';
const ICCID_A = '5A0A89670000000000452301';
const ICCID_B = '5A0A98880307000015640666';
const ICCID_T = '5A0A98001032547698103214';

const ENABLE_A = `BF3111A00C${ICCID_A}8101FF`;
const ENABLE_B = `BF3111A00C${ICCID_B}8101FF`;
const ENABLE_T = `BF3111A00C${ICCID_T}8101FF`;
const ENABLE_B_UNREFRESHED = `BF3111A00C${ICCID_B}810100`;
const DISABLE_A = `BF3211A00C${ICCID_A}8101FF`;
const DISABLE_T = `BF3211A00C${ICCID_T}8101FF`;
const DELETE_A = `BF330C${ICCID_A}`;
const DELETE_B = `BF330C${ICCID_B}`;

/** Ends in `910B` where a REFRESH of eleven bytes waits. */
const REFRESHES = '910B';

const a: ProfileRecipe = { iccid: A };
const b: ProfileRecipe = { iccid: B };
const test: ProfileRecipe = { iccid: T, profileClass: 'test' };
const on = (recipe: ProfileRecipe, more: Partial<ProfileRecipe> = {}): ProfileRecipe => ({
  ...recipe,
  ...more,
  enabled: true,
});

describe('EnableProfile (SGP.22 §5.7.16)', () => {
  it.each<[string, ProfileRecipe[], string, string]>([
    ['ok(0), with a refresh', [a], ENABLE_A, `BF3103800100${REFRESHES}`],
    ['ok(0), without', [b], ENABLE_B_UNREFRESHED, 'BF31038001009000'],
    ['iccidOrAidNotFound(1)', [b], ENABLE_A, 'BF31038001019000'],
    ['profileNotInDisabledState(2)', [on(a)], ENABLE_A, 'BF31038001029000'],
    [
      'disallowedByPolicy(3): PPR1 of the enabled one',
      [a, on(b, { ppr1: true })],
      ENABLE_A,
      'BF31038001039000',
    ],
    [
      'ok(0): PPR1 does not keep a test profile',
      [test, on(b, { ppr1: true })],
      ENABLE_T,
      `BF3103800100${REFRESHES}`,
    ],
    [
      'ok(0), by the ISD-P',
      [a, b],
      'BF3117A0124F10A0000005591010FFFFFFFF89000011008101FF',
      `BF3103800100${REFRESHES}`,
    ],
    ['refused without a refresh flag', [a], `BF310EA00C${ICCID_A}`, '6A80'],
    ['refused with the flag inside the identifier', [a], `BF3111A00F${ICCID_A}8101FF`, '6A80'],
    ['refused with the bare identifier', [a], `BF310F${ICCID_A}8101FF`, '6A80'],
  ])('%s', (_what, profiles, request, response) => {
    expect(isdR({ profiles }).request(request)).toBe(response);
  });

  it('wrongProfileReenabling(4): after a test profile only the one before it, or another test profile', () => {
    const { request } = isdR({ profiles: [on(a), b, test] });
    expect(request(`BF3111A00C${ICCID_T}810100`)).toBe('BF31038001009000');
    expect(request(ENABLE_B_UNREFRESHED)).toBe('BF31038001049000');
    expect(request(`BF3111A00C${ICCID_A}810100`)).toBe('BF31038001009000');
    expect(request(ENABLE_B_UNREFRESHED)).toBe('BF31038001009000');
  });

  it('disables the one that was enabled', () => {
    const { card, request } = isdR({ profiles: [on(a), b] });
    request(ENABLE_B);
    expect(card.state.profiles.map((profile) => profile.enabled)).toEqual([false, true]);
  });

  it('changes the network side with the next reset alone', () => {
    const { card, request } = isdR({ profiles: [on(a), b] });
    request(ENABLE_B);
    expect(card.subscription?.iccid).toBe(A);
    card.reset();
    expect(card.subscription?.iccid).toBe(B);
  });
});

describe('DisableProfile (SGP.22 §5.7.17)', () => {
  it.each<[string, ProfileRecipe[], string, string]>([
    ['ok(0)', [on(a)], DISABLE_A, `BF3203800100${REFRESHES}`],
    ['iccidOrAidNotFound(1)', [on(b)], DISABLE_A, 'BF32038001019000'],
    ['profileNotInEnabledState(2)', [a], DISABLE_A, 'BF32038001029000'],
    ['disallowedByPolicy(3): PPR1', [on(a, { ppr1: true })], DISABLE_A, 'BF32038001039000'],
  ])('%s', (_what, profiles, request, response) => {
    expect(isdR({ profiles }).request(request)).toBe(response);
  });

  it('of a test profile enables the one again that was enabled before it', () => {
    const { card, request } = isdR({ profiles: [on(a), b, test] });
    request(`BF3111A00C${ICCID_T}810100`);
    request(DISABLE_T);
    expect(card.state.profiles.map((profile) => profile.enabled)).toEqual([true, false, false]);
  });
});

describe('catBusy(5)', () => {
  it.each([
    ['EnableProfile', ENABLE_B, 'BF31038001059000', `BF3103800100${REFRESHES}`],
    ['DisableProfile', DISABLE_A, 'BF32038001059000', `BF3203800100${REFRESHES}`],
    ['eUICCMemoryReset', 'BF3404820205E0', 'BF34038001059000', `BF3403800100${REFRESHES}`],
  ])('%s: for as many requests as the card is set to', (_name, request, busy, done) => {
    const card = isdR({ profiles: [on(a), b], es10: { catBusy: 2 } });
    expect([card.request(request), card.request(request), card.request(request)]).toEqual([busy, busy, done]);
  });

  it('while a REFRESH waits, but not for a request without a refresh', () => {
    const { request } = isdR({ profiles: [on(a), b] });
    expect(request(ENABLE_B)).toBe(`BF3103800100${REFRESHES}`);
    expect(request(ENABLE_A)).toBe(`BF3103800105${REFRESHES}`);
    expect(request(`BF3111A00C${ICCID_A}810100`)).toBe(`BF3103800100${REFRESHES}`);
  });
});

describe('the REFRESH after a change (TS 102 223 §6.4.7, TS 102 221 §7.4.2)', () => {
  it('waits to be fetched, and is then over', () => {
    const { card, request, send } = isdR({ profiles: [a, b] });
    request(ENABLE_A);
    expect(send('00A40004023F00')).toMatch(/910B$/);
    expect(send('80120000FF')).toBe('6C0B');
    expect(send('801200000B')).toBe(`D009810301010482028182${'9000'}`);
    expect(request(ENABLE_B)).toBe('BF31038001059000');
    expect(send('801400000C810301010482028281830100')).toBe('9000');
    expect(request(ENABLE_B)).toBe(`BF3103800100${REFRESHES}`);
    card.reset();
    expect(send('801200000B')).toBe('6A81');
    expect(send('801400000C810301010482028281830100')).toBe('6985');
  });

  it('is told with the last round of GET RESPONSE', () => {
    const { request, send } = isdR({ profiles: [a], card: { handsOut: '61xx' } });
    expect(request(ENABLE_A)).toBe('6106');
    expect(send('00C0000006')).toBe(`BF3103800100${REFRESHES}`);
  });

  it('does not come from a card that leaves it to the modem', () => {
    const { request } = isdR({ profiles: [a], es10: { sendsRefresh: false } });
    expect(request(ENABLE_A)).toBe('BF31038001009000');
  });
});

describe('DeleteProfile (SGP.22 §5.7.18)', () => {
  it.each<[string, ProfileRecipe[], string, string]>([
    ['ok(0)', [a, b], DELETE_A, 'BF33038001009000'],
    ['ok(0), by the ISD-P', [a], 'BF33124F10A0000005591010FFFFFFFF8900001000', 'BF33038001009000'],
    ['iccidOrAidNotFound(1)', [b], DELETE_A, 'BF33038001019000'],
    ['profileNotInDisabledState(2)', [on(a)], DELETE_A, 'BF33038001029000'],
    ['disallowedByPolicy(3): PPR2', [{ ...a, ppr2: true }], DELETE_A, 'BF33038001039000'],
    ['refused with the identifier in a wrapper', [a], `BF330EA00C${ICCID_A}`, '6A80'],
  ])('%s', (_what, profiles, request, response) => {
    expect(isdR({ profiles }).request(request)).toBe(response);
  });

  it('gives the memory of the profile back', () => {
    const { card, request } = isdR({
      profiles: [{ ...a, bytes: 30_000 }, b],
      info: { freeNonVolatile: 100_000 },
    });
    expect(request('BF2200')).toContain('8204000186A0');
    request(DELETE_A);
    expect(card.state.info.freeNonVolatile).toBe(130_000);
    expect(request('BF2200')).toContain('82040001FBD0');
    expect(card.state.profiles.map((profile) => profile.iccid)).toEqual([B]);
  });

  it('leaves the identifiers of the others as they were, and gives none twice', () => {
    const { card, request } = isdR({ profiles: [a, b] });
    request(DELETE_A);
    card.install({ iccid: T });
    expect(card.state.profiles.map((profile) => profile.isdpAid.slice(-6))).toEqual(['001100', '001200']);
  });

  it('of an only profile leaves an empty card', () => {
    const { request } = isdR({ profiles: [b] });
    request(DELETE_B);
    expect(request('BF2D00')).toBe('BF2D02A0009000');
  });
});

describe('SetNickname (SGP.22 §5.7.21)', () => {
  const name = (bytes: number) => {
    const size = (bytes + 14).toString(16).toUpperCase();
    return `BF29${size}${ICCID_A}90${bytes.toString(16).toUpperCase()}${'61'.repeat(bytes)}`;
  };

  it.each<[string, string, string, string | null]>([
    ['ok(0)', `BF291A${ICCID_A}900C6E6577206E69636B6E616D65`, 'BF29038001009000', 'new nickname'],
    ['ok(0): empty takes it off', `BF290E${ICCID_A}9000`, 'BF29038001009000', null],
    ['ok(0): UTF-8', `BF2912${ICCID_A}9004C3BC4254`, 'BF29038001009000', 'üBT'],
    ['ok(0): 64 bytes', name(64), 'BF29038001009000', 'a'.repeat(64)],
    ['undefinedError(127): 65 bytes', name(65), 'BF290380017F9000', 'old'],
    ['iccidNotFound(1)', `BF291A${ICCID_B}900C6E6577206E69636B6E616D65`, 'BF29038001019000', 'old'],
    ['refused without a nickname', `BF290C${ICCID_A}`, '6A80', 'old'],
  ])('%s', (_what, request, response, nickname) => {
    const card = isdR({ profiles: [{ ...a, nickname: 'old' }] });
    expect(card.request(request)).toBe(response);
    expect(card.card.state.profiles[0]?.nickname).toBe(nickname);
  });
});

describe('eUICCMemoryReset (SGP.22 §5.7.19)', () => {
  const all: ProfileRecipe[] = [
    on(a, { ppr1: true, ppr2: true }),
    b,
    test,
    { iccid: '89000123456789012358', profileClass: 'test', preloaded: true },
    { iccid: '89000123456789012366', profileClass: 'provisioning' },
  ];
  const addresses = { defaultSmdp: 'smdp.example' };

  it.each<[string, string, string, number[], string | null]>([
    ['everything', 'BF3404820205E0', `BF3403800100${REFRESHES}`, [3, 4], null],
    ['profiles, not the address', 'BF3404820205C0', `BF3403800100${REFRESHES}`, [3, 4], 'smdp.example'],
    ['operational ones', 'BF340482020780', `BF3403800100${REFRESHES}`, [2, 3, 4], 'smdp.example'],
    ['test profiles that were loaded', 'BF340482020640', 'BF34038001009000', [0, 1, 3, 4], 'smdp.example'],
    ['the address', 'BF340482020520', 'BF34038001009000', [0, 1, 2, 3, 4], null],
    ['nothing', 'BF340482020000', 'BF34038001019000', [0, 1, 2, 3, 4], 'smdp.example'],
    ['no options', 'BF3400', '6A80', [0, 1, 2, 3, 4], 'smdp.example'],
  ])('of %s', (_what, request, response, left, address) => {
    const { card, request: send } = isdR({ profiles: all, addresses });
    expect(send(request)).toBe(response);
    expect(card.state.profiles.map((profile) => profile.iccid)).toEqual(
      left.map((index) => all[index]?.iccid),
    );
    expect(card.state.addresses.defaultSmdp).toBe(address);
  });

  it('nothingToDelete(1) on an empty card', () => {
    expect(isdR().request('BF3404820205E0')).toBe('BF34038001019000');
  });
});

describe('addresses (SGP.22 §5.7.3, §5.7.4)', () => {
  it('are answered as published', () => {
    const { request } = isdR({ addresses: { defaultSmdp: 'SMDP.COM', rootSmds: 'smds.com' } });
    expect(request('BF3C00')).toBe('BF3C148008534D44502E434F4D8108736D64732E636F6D9000');
  });

  it('are set, and taken off', () => {
    const { request } = isdR({ addresses: { rootSmds: 'smds.com' } });
    expect(request('BF3C00')).toBe('BF3C0A8108736D64732E636F6D9000');
    expect(request('BF3F0F800D736D64702E67736D612E636F6D')).toBe('BF3F038001009000');
    expect(request('BF3C00')).toBe('BF3C19800D736D64702E67736D612E636F6D8108736D64732E636F6D9000');
    expect(request('BF3F028000')).toBe('BF3F038001009000');
    expect(request('BF3C00')).toBe('BF3C0A8108736D64732E636F6D9000');
    expect(request('BF3F00')).toBe('6A80');
  });
});

describe('switches of a card', () => {
  it.each(['BF28', 'BF29', 'BF30', 'BF31', 'BF32', 'BF33', 'BF34', 'BF3F'])(
    '%s: any result that is set, such as undefinedError(127), and nothing is changed',
    (tag) => {
      const { card, request } = isdR({ profiles: [on(a)], es10: { results: { [tag]: 127 } } });
      expect(request(`${tag}00`)).toBe(`${tag}0380017F9000`);
      expect(card.state.profiles).toHaveLength(1);
    },
  );

  it.each(['BF22', 'BF28', 'BF2B', 'BF2D', 'BF31', 'BF3C'])('%s: refused with a status word', (tag) => {
    expect(isdR({ es10: { refuses: { [tag]: 0x6a88 } } }).request(`${tag}00`)).toBe('6A88');
  });

  it('a card that takes no tag list with the list of profiles', () => {
    const { request } = isdR({ profiles: [a], es10: { profilesTagList: 'refused' } });
    expect(request('BF2D065C045A9F7092')).toBe('6A80');
    expect(request('BF2D00')).toMatch(/9000$/);
  });
});

describe('further fields of a profile, for those that ask (SGP.22 annex H)', () => {
  it.each<[string, Partial<ProfileRecipe>, string, string]>([
    [
      'notification configuration',
      { notifications: [{ operations: ['enable', 'disable'], address: 'a.b' }] },
      'B6',
      'B60B300980020560 8103612E62',
    ],
    ['owner', { ownerPlmn: '21354' }, 'B7', 'B705800312F345'],
    ['rules', { ppr1: true, ppr2: true }, '99', '99020560'],
    ['rule', { ppr1: true }, '99', '99020640'],
    ['no rules', {}, '99', ''],
  ])('%s', (_what, more, tag, field) => {
    const { request } = isdR({ profiles: [{ ...a, ...more }] });
    const plain = field.replaceAll(' ', '');
    const size = (bytes: number) => bytes.toString(16).padStart(2, '0').toUpperCase();
    const e3 = `E3${size(plain.length / 2)}${plain}`;
    expect(request(`BF2D035C01${tag}`)).toBe(
      `BF2D${size(e3.length / 2 + 2)}A0${size(e3.length / 2)}${e3}9000`,
    );
  });
});
