import { withLuhnDigit } from '../digits.ts';
import type { NotificationConfiguration, ProfileRecipe } from '../euicc/euiccState.ts';
import { ringIcon } from '../euicc/icon.ts';
import type { CardRecipe } from './makeRecipe.ts';

/** Profiles for the makes. Servers end in `.invalid`: nobody can be told of anything. */

/** Numbered in its last five digits, so that each card of a kind can have its own. */
function iccid(issuerAndAccount: string): string {
  return withLuhnDigit(`${issuerAndAccount}0001`);
}

function notifies(address: string): readonly NotificationConfiguration[] {
  return [{ operations: ['install', 'enable', 'disable', 'delete'], address }];
}

/** The one that is enabled in most makes: registers as the modem's switch says. */
const MOBILE: ProfileRecipe = {
  iccid: iccid('898830700000511'),
  enabled: true,
  nickname: 'Bench',
  providerName: 'Demo Mobile',
  profileName: 'Demo Mobile Data',
  icon: ringIcon('0B6E4F', 'FFFFFF'),
  notifications: notifies('smdp.demo-mobile.invalid'),
  ownerPlmn: '00101',
  bytes: 68_000,
  imsi: '001010000000011',
};

/** Its subscription is not active: networks refuse it. */
const TRAVEL: ProfileRecipe = {
  iccid: iccid('898830700000522'),
  providerName: 'Demo Travel',
  profileName: 'Travel 5 GB',
  notifications: notifies('smdp.demo-travel.invalid'),
  ownerPlmn: '00102',
  bytes: 52_000,
  imsi: '001020000000022',
  registration: 'denied',
};

/** For a test network, as laboratories have it (GSMA TS.48). */
const LABORATORY: ProfileRecipe = {
  iccid: iccid('890001234567890'),
  providerName: 'Demo',
  profileName: 'Test profile',
  profileClass: 'test',
  bytes: 30_000,
  imsi: '001010123456789',
};

export const TWO_PROFILES: readonly ProfileRecipe[] = [MOBILE, TRAVEL];

/** A card that has been in use: memory is taken, and one server has not been told of an installation yet. */
export const THREE_PROFILES: Pick<
  Extract<CardRecipe, { kind: 'euicc' }>,
  'profiles' | 'notifications' | 'info' | 'addresses'
> = {
  profiles: [MOBILE, TRAVEL, LABORATORY],
  notifications: [{ operation: 'install', address: 'smdp.demo-travel.invalid', profile: 1 }],
  info: { freeNonVolatile: 210_448 },
  addresses: { defaultSmdp: 'smdp.demo-mobile.invalid' },
};

/** Asks for its PIN, and cannot be deleted: its rules forbid it (PPR2). */
export const LOCKED_PROFILE: ProfileRecipe = {
  iccid: '89000123456789012341',
  enabled: true,
  providerName: 'Demo',
  profileName: 'Locked profile',
  ppr2: true,
  pin: { value: '1234', puk: '12345678' },
};
