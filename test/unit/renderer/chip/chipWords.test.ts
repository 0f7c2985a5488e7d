import { describe, expect, it } from 'vitest';
import type { EuiccInfo, InstalledProfile } from '../../../../contract/chip.ts';
import {
  classWord,
  enabledProfile,
  issuerRows,
  missingSentence,
  notificationProfile,
  onlyTestIssuers,
  profileSubtitle,
  profileTitle,
} from '../../../../renderer/features/chip/chipWords.ts';
import { aChip, anInstalledProfile } from '../fixtures.ts';

const GSMA = '81370F5125D0B1D408D4C3B232E6D25E795BEBFB';
const TEST_CI = 'F54172BDF98A95D65CBEB88A38A1C11D800A85C3';
const UNKNOWN = '0102030405060708090A0B0C0D0E0F1011121314';

describe('a profile on the eUICC', () => {
  it.each([
    ['by its nickname first', {}, 'Spare', 'Twilio · Super SIM'],
    ['by its name where it has no nickname', { nickname: null }, 'Super SIM', 'Twilio'],
    ['by its name where the nickname is empty', { nickname: '' }, 'Super SIM', 'Twilio'],
    ['by its provider where it has no name', { nickname: null, name: null }, 'Twilio', ''],
    [
      'by the end of its ICCID where it says nothing of itself',
      { nickname: null, name: null, serviceProvider: null },
      'Profile …1234 5678',
      '',
    ],
    ['without saying the same twice', { serviceProvider: 'Super SIM' }, 'Spare', 'Super SIM'],
  ] as ReadonlyArray<readonly [string, Partial<InstalledProfile>, string, string]>)(
    'is named %s',
    (_, part, title, subtitle) => {
      const profile = anInstalledProfile({ nickname: 'Spare', ...part });
      expect(profileTitle(profile)).toBe(title);
      expect(profileSubtitle(profile)).toBe(subtitle);
    },
  );

  it('says its class only where it is no usual one', () => {
    expect(classWord(anInstalledProfile())).toBeNull();
    expect(classWord(anInstalledProfile({ profileClass: null }))).toBeNull();
    expect(classWord(anInstalledProfile({ profileClass: 'test' }))).toBe('test profile');
    expect(classWord(anInstalledProfile({ profileClass: 'provisioning' }))).toBe('provisioning profile');
  });

  it('is in use where it is the enabled one; none is where the list could not be read', () => {
    expect(enabledProfile(aChip())?.name).toBe('Super SIM');
    expect(enabledProfile(aChip({ profiles: null }))).toBeNull();
    expect(enabledProfile(aChip({ profiles: [] }))).toBeNull();
  });
});

describe('a notification', () => {
  const [notification] = aChip().notifications ?? [];
  if (notification === undefined) throw new Error('the fixture has none');

  it('names its profile while that is on the eUICC, and is known by the ICCID after that', () => {
    expect(notificationProfile(notification, aChip())).toBe('Super SIM');
    expect(notificationProfile(notification, aChip({ profiles: [] }))).toBeNull();
    expect(notificationProfile({ ...notification, iccid: null }, aChip())).toBeNull();
  });
});

describe('certificate issuers', () => {
  const info = (verification: string[], signing: string[]): EuiccInfo => {
    const { info: made } = aChip();
    if (made === null) throw new Error('the fixture has no info');
    return { ...made, ciKeysForVerification: verification, ciKeysForSigning: signing };
  };

  it('are named where they are known, each once, in the order of the eUICC', () => {
    expect(issuerRows(info([TEST_CI, GSMA], [GSMA, UNKNOWN]))).toEqual([
      { keyId: TEST_CI, name: 'GSMA test CI, NIST P-256 (SGP.26)', test: true, signs: false },
      { keyId: GSMA, name: 'GSM Association RSP2 Root CI1', test: false, signs: true },
      { keyId: UNKNOWN, name: null, test: false, signs: true },
    ]);
  });

  it('are warned of only where every one is a test issuer', () => {
    expect(onlyTestIssuers(info([TEST_CI], []))).toBe(true);
    expect(onlyTestIssuers(info([TEST_CI, GSMA], []))).toBe(false);
    expect(onlyTestIssuers(info([UNKNOWN], []))).toBe(false);
    expect(onlyTestIssuers(info([], []))).toBe(false);
  });
});

describe('a part that the eUICC does not give', () => {
  it('is said with its own answer', () => {
    const chip = aChip({ missing: [{ part: 'profiles', details: '6A88 (not found)' }] });
    expect(missingSentence(chip, 'profiles')).toBe(
      'This eUICC does not give its list of profiles. It said: 6A88 (not found)',
    );
    expect(missingSentence(chip, 'info')).toBeNull();
  });
});
