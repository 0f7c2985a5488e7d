import { pin, type Subscription } from './card.ts';

/** Everything an eUICC holds, as data: handlers read and change it, tests look at it. */
export interface EuiccState {
  /** 32 digits. */
  readonly eid: string;
  readonly info: EuiccInfo;
  readonly addresses: EuiccAddresses;
  /** In the order in which they were installed. */
  readonly profiles: InstalledProfile[];
  /** What waits to be told to servers, oldest first. */
  readonly notifications: PendingNotification[];
  /** Of the next notification; rises by one with each, also when earlier ones are removed. */
  nextSequenceNumber: number;
  /** ICCID of the operational profile that was enabled before a test profile was; null where there was none. */
  enabledBeforeTest: string | null;
  /** For the identifiers of the ISD-Ps to come. */
  nextIsdp: number;
}

/** Where it turns to for profiles (SGP.22 §5.7.3). */
export interface EuiccAddresses {
  defaultSmdp: string | null;
  readonly rootSmds: string;
}

export const PROFILE_OPERATIONS = ['install', 'enable', 'disable', 'delete'] as const;
/** In the order of the bits of `NotificationEvent` (SGP.22 §5.7.9). */
export type ProfileOperation = (typeof PROFILE_OPERATIONS)[number];

/** What a profile wants a server to be told: `NotificationConfigurationInformation` (SGP.22 annex H). */
export interface NotificationConfiguration {
  readonly operations: readonly ProfileOperation[];
  readonly address: string;
}

/** A notification that no server has been told of yet (SGP.22 §3.5, §5.7.9). */
export interface PendingNotification {
  readonly sequenceNumber: number;
  readonly operation: ProfileOperation;
  readonly address: string;
  readonly iccid: string;
  readonly isdpAid: string;
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
  readonly profileClass: ProfileClass | null;
  readonly notificationConfiguration: readonly NotificationConfiguration[];
  /** MCC and MNC of who issued it. */
  readonly ownerPlmn: string | null;
  readonly rules: ProfilePolicyRules;
  /** Bytes of non-volatile memory that it takes, and gives back when it is deleted. */
  readonly bytes: number;
  /** Came with the eUICC, so that a memory reset leaves it: only of consequence for a test profile. */
  readonly preloaded: boolean;
  readonly subscription: Subscription;
}

export type ProfileClass = 'test' | 'provisioning' | 'operational';

/** Profile policy rules (SGP.22 §2.9.1): PPR1 forbids to disable it, PPR2 to delete it. */
export interface ProfilePolicyRules {
  readonly ppr1: boolean;
  readonly ppr2: boolean;
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

/** The GSMA's live root SM-DS; no default SM-DP+, as eUICCs are delivered. */
export const TYPICAL_ADDRESSES: EuiccAddresses = { defaultSmdp: null, rootSmds: 'lpa.ds.gsma.com' };

/** Of a profile whose recipe does not say: between the small and the large ones that are in use. */
const TYPICAL_PROFILE_BYTES = 40_960;

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
  readonly notifications?: readonly NotificationConfiguration[];
  readonly ownerPlmn?: string;
  readonly ppr1?: boolean;
  readonly ppr2?: boolean;
  readonly bytes?: number;
  readonly preloaded?: boolean;
  readonly imsi?: string;
  readonly pin?: { readonly value: string; readonly puk: string; readonly tries?: number };
  /** What the network makes of it, where that is not what the modem's switch says. */
  readonly registration?: Subscription['registration'];
}

export function newEuiccState(
  eid: string,
  info: Partial<EuiccInfo> = {},
  addresses: Partial<EuiccAddresses> = {},
): EuiccState {
  return {
    eid,
    info: { ...TYPICAL_INFO, ...info },
    addresses: { ...TYPICAL_ADDRESSES, ...addresses },
    profiles: [],
    notifications: [],
    nextSequenceNumber: 1,
    enabledBeforeTest: null,
    // Numbered from 0x10 up, as usual (SGP.02 §2.2.3).
    nextIsdp: 0x10,
  };
}

/** A profile as it is on the card, with an ISD-P of its own. */
export function makeProfile(state: EuiccState, recipe: ProfileRecipe): InstalledProfile {
  const number = state.nextIsdp.toString(16).padStart(4, '0').toUpperCase();
  state.nextIsdp += 1;
  const lock = recipe.pin;
  return {
    iccid: recipe.iccid,
    isdpAid: `A0000005591010FFFFFFFF8900${number}00`,
    enabled: recipe.enabled ?? false,
    nickname: recipe.nickname ?? null,
    providerName: recipe.providerName ?? null,
    profileName: recipe.profileName ?? null,
    icon: recipe.icon ?? null,
    profileClass: recipe.profileClass === undefined ? 'operational' : recipe.profileClass,
    notificationConfiguration: recipe.notifications ?? [],
    ownerPlmn: recipe.ownerPlmn ?? null,
    rules: { ppr1: recipe.ppr1 ?? false, ppr2: recipe.ppr2 ?? false },
    bytes: recipe.bytes ?? TYPICAL_PROFILE_BYTES,
    preloaded: recipe.preloaded ?? false,
    subscription: {
      iccid: recipe.iccid,
      imsi: recipe.imsi ?? '001010000000001',
      pin:
        lock === undefined
          ? null
          : pin(lock.value, lock.puk, lock.tries === undefined ? {} : { tries: lock.tries }),
      ...(recipe.registration === undefined ? {} : { registration: recipe.registration }),
    },
  };
}
