import type {
  Chip,
  ChipNotification,
  ChipPart,
  EuiccInfo,
  InstalledProfile,
} from '../../../contract/chip.ts';
import { tail } from '../../format/digits.ts';
import type { StateWord } from '../orders/orderWords.ts';

/** What a profile is called: the technician's own name for it, else its own, else its provider's, else its ICCID's end. */
export function profileTitle(profile: InstalledProfile): string {
  return profile.nickname || profile.name || profile.serviceProvider || `Profile ${tail(profile.iccid)}`;
}

/** What else it says of itself below the title: service provider and name, where the title is not the same. */
export function profileSubtitle(profile: InstalledProfile): string {
  const title = profileTitle(profile);
  return [profile.serviceProvider, profile.name]
    .filter((part, index, all) => part && part !== title && all.indexOf(part) === index)
    .join(' · ');
}

export const PROFILE_STATES: Readonly<Record<InstalledProfile['state'], StateWord>> = {
  enabled: { word: 'enabled', tone: 'ready' },
  disabled: { word: 'disabled', tone: 'idle' },
};

/** Null for an operational profile, which needs no word. */
export function classWord(profile: InstalledProfile): string | null {
  if (profile.profileClass === 'test') return 'test profile';
  if (profile.profileClass === 'provisioning') return 'provisioning profile';
  return null;
}

/** The profile that the modem uses now; null where none is enabled or the list could not be read. */
export function enabledProfile(chip: Chip): InstalledProfile | null {
  return chip.profiles?.find((profile) => profile.state === 'enabled') ?? null;
}

/** What an eUICC tells a server, in the past: it tells what was done. */
export const OPERATION_WORDS: Readonly<Record<ChipNotification['operation'], string>> = {
  install: 'installed',
  enable: 'enabled',
  disable: 'disabled',
  delete: 'deleted',
};

/** The name of a profile that a notification is about, by its ICCID; one that is no longer on the eUICC has only that. */
export function notificationProfile(notification: ChipNotification, chip: Chip): string | null {
  if (notification.iccid === null) return null;
  const profile = chip.profiles?.find((candidate) => candidate.iccid === notification.iccid);
  return profile === undefined ? null : profileTitle(profile);
}

interface Issuer {
  readonly name: string;
  /** An issuer of test certificates: a profile of a real provider cannot be loaded through it. */
  readonly test: boolean;
}

/** Certificate issuers by their subject key identifier, as they are published (GSMA, SGP.26 for the tests). */
const ISSUERS: Readonly<Record<string, Issuer>> = {
  '81370F5125D0B1D408D4C3B232E6D25E795BEBFB': { name: 'GSM Association RSP2 Root CI1', test: false },
  '4C27967AD20C14B391E9601E41E604AD57C0222F': { name: 'OISTE GSMA CI G1', test: false },
  F54172BDF98A95D65CBEB88A38A1C11D800A85C3: { name: 'GSMA test CI, NIST P-256 (SGP.26)', test: true },
  C0BC70BA36929D43B467FF57570530E57AB8FCD8: { name: 'GSMA test CI, brainpool (SGP.26)', test: true },
};

export interface IssuerRow {
  readonly keyId: string;
  /** Null for one that is not in our table: it is shown by its key alone. */
  readonly name: string | null;
  readonly test: boolean;
  /** Whether the eUICC also signs for it; it may only verify. */
  readonly signs: boolean;
}

/** The certificate issuers of an eUICC, each once, in its own order of preference. */
export function issuerRows(info: EuiccInfo): IssuerRow[] {
  const keys = new Set([...info.ciKeysForVerification, ...info.ciKeysForSigning]);
  return [...keys].map((keyId) => ({
    keyId,
    name: ISSUERS[keyId]?.name ?? null,
    test: ISSUERS[keyId]?.test ?? false,
    signs: info.ciKeysForSigning.includes(keyId),
  }));
}

/** A warning where the eUICC knows none but test issuers: the common reason why a real profile is refused. */
export function onlyTestIssuers(info: EuiccInfo): boolean {
  const rows = issuerRows(info);
  return rows.length > 0 && rows.every((row) => row.test);
}

const PARTS: Readonly<Record<ChipPart, string>> = {
  info: 'its versions and free memory',
  addresses: 'its default SM-DP+ address',
  profiles: 'its list of profiles',
  notifications: 'its pending notifications',
};

/** What an eUICC does not give, in a sentence with its own answer; null where it gives this part. */
export function missingSentence(chip: Chip, part: ChipPart): string | null {
  const missing = chip.missing.find((candidate) => candidate.part === part);
  return missing === undefined
    ? null
    : `This eUICC does not give ${PARTS[part]}. It said: ${missing.details}`;
}

export const CATEGORIES: Readonly<Record<NonNullable<EuiccInfo['category']>, string>> = {
  other: 'other',
  basic: 'basic',
  medium: 'medium',
  contactless: 'contactless',
};
