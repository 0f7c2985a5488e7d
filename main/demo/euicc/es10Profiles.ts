import { fromHex, sameBytes } from '../bytes.ts';
import { iccidBytes } from '../digits.ts';
import { SW } from './apdu.ts';
import { bitsIn, resultCode } from './encode.ts';
import type { Es10Card, Es10Function } from './es10Card.ts';
import type { EuiccState, InstalledProfile } from './euiccState.ts';
import {
  deleteProfile,
  disableProfile,
  enabledProfile,
  enableProfile,
  mayDelete,
  mayDisable,
  mayEnable,
  profilesToReset,
  RESULT,
} from './profileLife.ts';
import { readTlvs, type Tlv } from './tlv.ts';

/** Longest nickname, bytes of UTF-8 (SGP.22 annex H: `UTF8String (SIZE(0..64))`). */
const MOST_NICKNAME = 64;

/**
 * ES10c.EnableProfile (SGP.22 §5.7.16): `EnableProfileRequest ::= [49] SEQUENCE { profileIdentifier [0] CHOICE {
 * isdpAid [APPLICATION 15], iccid [APPLICATION 26] }, refreshFlag [1] BOOLEAN }`. The network side of the card
 * changes with its next reset.
 */
export const enable: Es10Function = (request, card) =>
  changeState('BF31', request, card, (profile) => mayEnable(card.state, profile), enableProfile);

/** ES10c.DisableProfile (SGP.22 §5.7.17), of the same form. */
export const disable: Es10Function = (request, card) =>
  changeState('BF32', request, card, mayDisable, disableProfile);

function changeState(
  tag: string,
  request: readonly Tlv[],
  card: Es10Card,
  may: (profile: InstalledProfile | undefined) => number,
  change: (state: EuiccState, profile: InstalledProfile) => void,
): Uint8Array | number {
  const [identifier, flag, ...more] = request;
  const inner = identifier?.tag === 'A0' ? readTlvs(identifier.value) : null;
  const wanted = inner?.length === 1 ? inner[0] : undefined;
  if (wanted === undefined || !names(wanted)) return SW.wrongData;
  if (flag?.tag !== '81' || flag.value.length !== 1 || more.length > 0) return SW.wrongData;
  const refresh = flag.value[0] !== 0;
  const profile = findProfile(card.state, wanted);
  const result = may(profile);
  if (result !== RESULT.ok || profile === undefined) return resultCode(tag, result);
  if (refresh && isCatBusy(card)) return resultCode(tag, RESULT.catBusy);
  change(card.state, profile);
  if (refresh && card.quirks.sendsRefresh) card.toolkit.refresh();
  return resultCode(tag, RESULT.ok);
}

/** ES10c.DeleteProfile (SGP.22 §5.7.18): `[51] CHOICE { isdpAid, iccid }`. */
export const deleteOne: Es10Function = (request, { state }) => {
  const [wanted, ...more] = request;
  if (wanted === undefined || !names(wanted) || more.length > 0) return SW.wrongData;
  const profile = findProfile(state, wanted);
  const result = mayDelete(profile);
  if (result === RESULT.ok && profile !== undefined) deleteProfile(state, profile);
  return resultCode('BF33', result);
};

/** ES10c.SetNickname (SGP.22 §5.7.21): `[41] SEQUENCE { iccid, profileNickname [16] UTF8String }`; empty takes it off. */
export const setNickname: Es10Function = (request, { state }) => {
  const [iccid, nickname, ...more] = request;
  if (iccid?.tag !== '5A' || nickname?.tag !== '90' || more.length > 0) return SW.wrongData;
  const profile = findProfile(state, iccid);
  if (profile === undefined) return resultCode('BF29', RESULT.notFound);
  if (nickname.value.length > MOST_NICKNAME) return resultCode('BF29', RESULT.undefinedError);
  profile.nickname = nickname.value.length === 0 ? null : new TextDecoder().decode(nickname.value);
  return resultCode('BF29', RESULT.ok);
};

/**
 * ES10c.eUICCMemoryReset (SGP.22 §5.7.19): `[52] SEQUENCE { resetOptions [2] BIT STRING {
 * deleteOperationalProfiles(0), deleteFieldLoadedTestProfiles(1), resetDefaultSmdpAddress(2) } }`.
 */
export const memoryReset: Es10Function = (request, card) => {
  const { state } = card;
  const [field, ...more] = request;
  const bits = field?.tag === '82' && more.length === 0 ? bitsIn(field.value, 3) : null;
  if (bits === null) return SW.wrongData;
  const [operational = false, fieldLoadedTest = false, defaultSmdp = false] = bits;
  const doomed = profilesToReset(state, { operational, fieldLoadedTest, defaultSmdp });
  const losesAddress = defaultSmdp && state.addresses.defaultSmdp !== null;
  if (doomed.length === 0 && !losesAddress) return resultCode('BF34', RESULT.nothingToDelete);
  const current = enabledProfile(state);
  const losesEnabled = current !== undefined && doomed.includes(current);
  if (losesEnabled && isCatBusy(card)) return resultCode('BF34', RESULT.catBusy);
  for (const profile of doomed) deleteProfile(state, profile);
  if (losesAddress) state.addresses.defaultSmdp = null;
  if (losesEnabled && card.quirks.sendsRefresh) card.toolkit.refresh();
  return resultCode('BF34', RESULT.ok);
};

function isCatBusy(card: Es10Card): boolean {
  if (card.catBusyLeft > 0) {
    card.catBusyLeft -= 1;
    return true;
  }
  return card.toolkit.busy;
}

function names(identifier: Tlv): boolean {
  return identifier.tag === '5A' || identifier.tag === '4F';
}

function findProfile(state: EuiccState, { tag, value }: Tlv): InstalledProfile | undefined {
  return state.profiles.find((profile) =>
    sameBytes(value, tag === '5A' ? iccidBytes(profile.iccid) : fromHex(profile.isdpAid)),
  );
}
