import { pin, type Subscription } from './card.ts';

/** Everything an eUICC holds, as data: handlers read and change it, tests look at it. */
export interface EuiccState {
  /** 32 digits. */
  readonly eid: string;
  readonly info: EuiccInfo;
  /** In the order in which they were installed. */
  readonly profiles: InstalledProfile[];
}

export interface InstalledProfile {
  readonly iccid: string;
  /** Identifier of its ISD-P, upper-case hex. */
  readonly isdpAid: string;
  enabled: boolean;
  nickname: string | null;
  readonly providerName: string | null;
  readonly profileName: string | null;
  readonly icon: { readonly type: 'jpg' | 'png'; readonly bytes: Uint8Array } | null;
  readonly profileClass: 'test' | 'provisioning' | 'operational' | null;
  readonly subscription: Subscription;
}

/** A version as three numbers; three bytes on the card (SGP.22 `VersionType`). */
export type Version = readonly [number, number, number];

/** What EUICCInfo1 and EUICCInfo2 tell (SGP.22 §5.7.8). */
export interface EuiccInfo {
  /** The SGP.22 version that it keeps to. */
  readonly svn: Version;
  readonly profileVersion: Version;
  readonly firmwareVersion: Version;
  /** Applications installed, and bytes free in non-volatile and volatile memory (TS 102 226 §8.2.1.7.2). */
  readonly applications: number;
  freeNonVolatile: number;
  readonly freeVolatile: number;
  readonly javaCardVersion: Version | null;
  readonly globalPlatformVersion: Version | null;
  /** Bits in the order of `UICCCapability` and `RspCapability`. */
  readonly uiccCapability: readonly boolean[];
  readonly rspCapability: readonly boolean[];
  /** Key identifiers of the certificate issuers, 40 hex digits each. */
  readonly ciKeysForVerification: readonly string[];
  readonly ciKeysForSigning: readonly string[];
  readonly category: 'other' | 'basic' | 'medium' | 'contactless' | null;
  readonly protectionProfileVersion: Version;
  readonly sasAccreditationNumber: string;
}

/** The GSMA's live root certificate issuer, as its key identifier. */
export const GSMA_ROOT_CI = '81370F5125D0B1D408D4C3B232E6D25E795BEBFB';

export const TYPICAL_INFO: EuiccInfo = {
  svn: [2, 2, 2],
  profileVersion: [2, 1, 0],
  firmwareVersion: [1, 4, 0],
  applications: 0,
  freeNonVolatile: 360_448,
  freeVolatile: 8_704,
  javaCardVersion: [11, 1, 0],
  globalPlatformVersion: [2, 3, 0],
  // contactlessSupport, usimSupport, isimSupport, csimSupport, akaMilenage, akaCave, akaTuak128
  uiccCapability: [false, true, true, false, true, false, true],
  // additionalProfile, crlSupport, rpmSupport, testProfileSupport
  rspCapability: [true, false, false, true],
  ciKeysForVerification: [GSMA_ROOT_CI],
  ciKeysForSigning: [GSMA_ROOT_CI],
  category: 'medium',
  protectionProfileVersion: [1, 0, 0],
  sasAccreditationNumber: 'DE-MO-UP-0000',
};

/** What a test or a preset says of a profile; the rest is filled in. */
export interface ProfileRecipe {
  readonly iccid: string;
  readonly enabled?: boolean;
  readonly nickname?: string;
  readonly providerName?: string;
  readonly profileName?: string;
  readonly icon?: { readonly type: 'jpg' | 'png'; readonly bytes: Uint8Array };
  /** Null leaves the class out of the profile's data. */
  readonly profileClass?: InstalledProfile['profileClass'];
  readonly imsi?: string;
  readonly pin?: { readonly value: string; readonly puk: string };
}

/** Profiles as they are on the card; their ISD-Ps are numbered from 0x10 up, as usual (SGP.02 §2.2.3). */
export function installProfiles(recipes: readonly ProfileRecipe[]): InstalledProfile[] {
  return recipes.map((recipe, index) => ({
    iccid: recipe.iccid,
    isdpAid: `A0000005591010FFFFFFFF8900${(0x10 + index).toString(16).padStart(4, '0').toUpperCase()}00`,
    enabled: recipe.enabled ?? false,
    nickname: recipe.nickname ?? null,
    providerName: recipe.providerName ?? null,
    profileName: recipe.profileName ?? null,
    icon: recipe.icon ?? null,
    profileClass: recipe.profileClass === undefined ? 'operational' : recipe.profileClass,
    subscription: {
      iccid: recipe.iccid,
      imsi: recipe.imsi ?? '001010000000001',
      pin: recipe.pin === undefined ? null : pin(recipe.pin.value, recipe.pin.puk),
    },
  }));
}
