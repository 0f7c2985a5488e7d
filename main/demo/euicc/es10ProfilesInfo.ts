import { concat, fromHex, sameBytes } from '../bytes.ts';
import { iccidBytes } from '../digits.ts';
import { SW } from './apdu.ts';
import { namedBits } from './encode.ts';
import type { Es10Function } from './es10Card.ts';
import { type InstalledProfile, PROFILE_OPERATIONS } from './euiccState.ts';
import { readTagList, readTlvs, type Tlv, tlv, utf8 } from './tlv.ts';

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
  ['B6', (profile) => notificationConfiguration(profile)],
  ['B7', (profile) => (profile.ownerPlmn === null ? null : tlv('80', plmnBytes(profile.ownerPlmn)))],
  ['99', (profile) => policyRules(profile)],
];

/** Given where the request has no tag list; what lies beyond is given to those alone that ask for it. */
const UNASKED = ['5A', '4F', '9F70', '90', '91', '92', '93', '94', '95'];

const SEARCHABLE = ['4F', '5A', '95'];

const CLASSES = ['test', 'provisioning', 'operational'] as const;

function profileClass(profile: InstalledProfile): Uint8Array | null {
  return profile.profileClass === null ? null : Uint8Array.of(CLASSES.indexOf(profile.profileClass));
}

/** `[22] SEQUENCE OF SEQUENCE { profileManagementOperation [0] NotificationEvent, notificationAddress [1] UTF8String }`. */
function notificationConfiguration(profile: InstalledProfile): Uint8Array | null {
  if (profile.notificationConfiguration.length === 0) return null;
  return concat(
    ...profile.notificationConfiguration.map(({ operations, address }) => {
      const events = namedBits(PROFILE_OPERATIONS.map((operation) => operations.includes(operation)));
      return tlv('30', tlv('80', events), tlv('81', utf8(address)));
    }),
  );
}

/** `PprIds ::= BIT STRING { pprUpdateControl(0), ppr1(1), ppr2(2) }`; none where there are no rules. */
function policyRules({ rules }: InstalledProfile): Uint8Array | null {
  return rules.ppr1 || rules.ppr2 ? namedBits([false, rules.ppr1, rules.ppr2]) : null;
}

/** MCC and MNC in three bytes (3GPP TS 24.008 §10.5.1.13): `21354` is `12F345`. */
function plmnBytes(plmn: string): Uint8Array {
  const [m1, m2, m3, n1, n2, n3] = plmn.padEnd(6, 'F');
  return fromHex(`${m2}${m1}${n3}${m3}${n2}${n1}`);
}

function text(value: string | null): Uint8Array | null {
  return value === null ? null : utf8(value);
}

/**
 * ES10c.GetProfilesInfo (SGP.22 §5.7.15): profiles that meet the search criterion (`A0`: ISD-P AID, ICCID or
 * class), with the fields of the tag list (`5C`), else all of them. A wrong criterion answers
 * `incorrectInputValues(1)`.
 */
export const getProfilesInfo: Es10Function = (request, { state, quirks }) => {
  const wanted = request.find((field) => field.tag === '5C');
  if (wanted !== undefined && quirks.profilesTagList === 'refused') return SW.wrongData;
  const tags = wanted === undefined ? UNASKED : readTagList(wanted.value);
  const criteria = request.find((field) => field.tag === 'A0');
  const search = criteria === undefined ? [] : readTlvs(criteria.value);
  const criterion = search?.[0];
  if (tags === null || search === null || search.length > 1 || !isSearchable(criterion))
    return tlv('BF2D', tlv('81', Uint8Array.of(1)));

  const found = state.profiles.filter((profile) => criterion === undefined || meets(profile, criterion));
  return tlv('BF2D', tlv('A0', ...found.map((profile) => tlv('E3', ...profileInfo(profile, tags)))));
};

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
