import { fromHex, sameBytes } from '../bytes.ts';
import { eidBytes, iccidBytes } from '../digits.ts';
import { SW } from './apdu.ts';
import type { EuiccInfo, EuiccState, InstalledProfile, Version } from './euiccState.ts';
import { readTagList, readTlvs, type Tlv, tlv, utf8 } from './tlv.ts';

/**
 * One function of ES10a to ES10c: the fields of the request (the value of its outer object) in, the encoded
 * response out, or the status word with which it is refused.
 */
export type Es10Function = (
  request: readonly Tlv[],
  state: EuiccState,
  quirks: Es10Quirks,
) => Uint8Array | number;

export interface Es10Quirks {
  /**
   * GetEuiccData without a tag list (`BF3E00`): some cards answer with the EID, others refuse with `6A80`.
   */
  readonly getEidWithoutTagList: 'refused' | 'answered';
  /** Status words for requests that this card refuses whatever they hold, by tag: `{ BF3E: 0x6985 }`. */
  readonly refuses: Readonly<Record<string, number>>;
}

/** The functions by the tag of their request; a further one is one line here and its encoder. */
export const ES10_FUNCTIONS: Readonly<Record<string, Es10Function>> = {
  BF20: (_request, state) => euiccInfo1(state.info),
  BF22: (_request, state) => euiccInfo2(state.info),
  BF2D: getProfilesInfo,
  BF3E: getEuiccData,
};

/**
 * ES10c.GetEID (SGP.22 §5.7.20): `GetEuiccDataRequest ::= [62] SEQUENCE { tagList [APPLICATION 28] Octet1 }`,
 * always `5A`.
 */
function getEuiccData(request: readonly Tlv[], state: EuiccState, quirks: Es10Quirks): Uint8Array | number {
  const list = request.find((field) => field.tag === '5C');
  if (list === undefined) return quirks.getEidWithoutTagList === 'answered' ? eid(state) : SW.wrongData;
  return sameBytes(list.value, Uint8Array.of(0x5a)) ? eid(state) : SW.wrongData;
}

function eid(state: EuiccState): Uint8Array {
  return tlv('BF3E', tlv('5A', eidBytes(state.eid)));
}

/** ES10b.GetEUICCInfo (SGP.22 §5.7.8): `EUICCInfo1 ::= [32] SEQUENCE { svn [2], … [9], … [10] }`. */
function euiccInfo1(info: EuiccInfo): Uint8Array {
  return tlv('BF20', version('82', info.svn), ciKeys(info));
}

/** `EUICCInfo2 ::= [34] SEQUENCE` (SGP.22 §5.7.8, annex H). */
function euiccInfo2(info: EuiccInfo): Uint8Array {
  const optional = (tag: string, value: Version | null) =>
    value === null ? new Uint8Array(0) : version(tag, value);
  return tlv(
    'BF22',
    version('81', info.profileVersion),
    version('82', info.svn),
    version('83', info.firmwareVersion),
    tlv('84', extendedCardResources(info)),
    tlv('85', bitString(info.uiccCapability)),
    optional('86', info.javaCardVersion),
    optional('87', info.globalPlatformVersion),
    tlv('88', bitString(info.rspCapability)),
    ciKeys(info),
    info.category === null ? new Uint8Array(0) : tlv('8B', Uint8Array.of(CATEGORIES.indexOf(info.category))),
    version('04', info.protectionProfileVersion),
    tlv('0C', utf8(info.sasAccreditationNumber)),
  );
}

const CATEGORIES = ['other', 'basic', 'medium', 'contactless'] as const;

/** Number of applications, free non-volatile and free volatile memory (TS 102 226 §8.2.1.7.2.2). */
function extendedCardResources(info: EuiccInfo): Uint8Array {
  const parts = [
    tlv('81', integer(info.applications, 1)),
    tlv('82', integer(info.freeNonVolatile, 4)),
    tlv('83', integer(info.freeVolatile, 4)),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function ciKeys(info: EuiccInfo): Uint8Array {
  const list = (keys: readonly string[]) => keys.map((key) => tlv('04', fromHex(key)));
  return Uint8Array.from([
    ...tlv('A9', ...list(info.ciKeysForVerification)),
    ...tlv('AA', ...list(info.ciKeysForSigning)),
  ]);
}

function version(tag: string, value: Version): Uint8Array {
  return tlv(tag, Uint8Array.from(value));
}

/** Big-endian, exactly `size` bytes. */
function integer(value: number, size: number): Uint8Array {
  return fromHex(value.toString(16).padStart(size * 2, '0'));
}

/**
 * A BIT STRING's value: how many bits of the last byte are unused, then the bits, the first one highest
 * (X.690 §8.6).
 */
function bitString(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, index) => {
    if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  });
  return Uint8Array.of(bytes.length * 8 - bits.length, ...bytes);
}

type ProfileField = readonly [tag: string, value: (profile: InstalledProfile) => Uint8Array | null];

/**
 * Fields of `ProfileInfo ::= [PRIVATE 3] SEQUENCE` in the order of the ASN.1; null where the profile has no
 * such field. A list, since an object would put a key such as `90` before `5A`.
 */
const PROFILE_FIELDS: readonly ProfileField[] = [
  ['5A', (profile) => iccidBytes(profile.iccid)],
  ['4F', (profile) => fromHex(profile.isdpAid)],
  ['9F70', (profile) => Uint8Array.of(profile.enabled ? 1 : 0)],
  ['90', (profile) => text(profile.nickname)],
  ['91', (profile) => text(profile.providerName)],
  ['92', (profile) => text(profile.profileName)],
  ['93', (profile) => (profile.icon === null ? null : Uint8Array.of(profile.icon.type === 'jpg' ? 0 : 1))],
  ['94', (profile) => profile.icon?.bytes ?? null],
  ['95', (profile) => profileClass(profile)],
];

const SEARCHABLE = ['4F', '5A', '95'];

const CLASSES = ['test', 'provisioning', 'operational'] as const;

function profileClass(profile: InstalledProfile): Uint8Array | null {
  return profile.profileClass === null ? null : Uint8Array.of(CLASSES.indexOf(profile.profileClass));
}

function text(value: string | null): Uint8Array | null {
  return value === null ? null : utf8(value);
}

/**
 * ES10c.GetProfilesInfo (SGP.22 §5.7.15): profiles that meet the search criterion (`A0`: ISD-P AID, ICCID or
 * class), with the fields of the tag list (`5C`), else all of them. A wrong criterion answers
 * `incorrectInputValues(1)`.
 */
function getProfilesInfo(request: readonly Tlv[], state: EuiccState): Uint8Array | number {
  const wanted = request.find((field) => field.tag === '5C');
  const tags = wanted === undefined ? PROFILE_FIELDS.map(([tag]) => tag) : readTagList(wanted.value);
  const criteria = request.find((field) => field.tag === 'A0');
  const search = criteria === undefined ? [] : readTlvs(criteria.value);
  const criterion = search?.[0];
  if (tags === null || search === null || search.length > 1 || !isSearchable(criterion))
    return tlv('BF2D', tlv('81', Uint8Array.of(1)));

  const found = state.profiles.filter((profile) => criterion === undefined || meets(profile, criterion));
  return tlv('BF2D', tlv('A0', ...found.map((profile) => tlv('E3', ...profileInfo(profile, tags)))));
}

function isSearchable(criterion: Tlv | undefined): boolean {
  return criterion === undefined || SEARCHABLE.includes(criterion.tag);
}

function meets(profile: InstalledProfile, criterion: Tlv): boolean {
  const value = PROFILE_FIELDS.find(([tag]) => tag === criterion.tag)?.[1](profile) ?? null;
  return value !== null && sameBytes(value, criterion.value);
}

/** The fields asked for, in the order of the ASN.1 whatever the order of the list. */
function profileInfo(profile: InstalledProfile, tags: readonly string[]): Uint8Array[] {
  const fields: Uint8Array[] = [];
  for (const [tag, field] of PROFILE_FIELDS) {
    const value = tags.includes(tag) ? field(profile) : null;
    if (value !== null) fields.push(tlv(tag, value));
  }
  return fields;
}
