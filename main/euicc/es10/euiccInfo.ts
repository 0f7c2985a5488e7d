import type { EuiccInfo } from '../../../contract/chip.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { toHex } from '../hex.ts';
import { readTlvs } from '../tlv.ts';
import { RSP_CAPABILITIES, UICC_CAPABILITIES } from './capabilities.ts';
import { type Es10Options, type Es10Request, sendEs10, unreadable } from './sendEs10.ts';
import { bitsIn, integerIn, objectsIn, textIn, versionIn } from './values.ts';

const NOTHING = new Uint8Array();
const GET_INFO_2: Es10Request = { name: 'GetEuiccInfo2', tag: 0xbf22, value: NOTHING };
const GET_INFO_1: Es10Request = { name: 'GetEuiccInfo1', tag: 0xbf20, value: NOTHING };

/** Fields of EUICCInfo1 and EUICCInfo2 (SGP.22 §5.7.8, Annex H). */
const FIELD = {
  profileVersion: 0x81,
  svn: 0x82,
  firmwareVersion: 0x83,
  extCardResource: 0x84,
  uiccCapability: 0x85,
  /** `ts102241Version`, in older versions `javacardVersion`. */
  javaCardVersion: 0x86,
  globalPlatformVersion: 0x87,
  rspCapability: 0x88,
  keysForVerification: 0xa9,
  keysForSigning: 0xaa,
  category: 0x8b,
  protectionProfileVersion: 0x04,
  sasAccreditationNumber: 0x0c,
} as const;

/** Extended card resources (ETSI TS 102 226 §8.2.1.7.2). */
const RESOURCES = 0xff21;
const RESOURCE = { applications: 0x81, freeNonVolatile: 0x82, freeVolatile: 0x83 } as const;

const CATEGORIES = ['other', 'basic', 'medium', 'contactless'] as const;
const MAX_KEYS = 64;
const MAX_KEY_BYTES = 32;
const MAX_SAS_NUMBER = 64;

/**
 * Reads what the eUICC says of itself: ES10b.GetEUICCInfo, EUICCInfo2, and only where that is refused or unreadable
 * EUICCInfo1, which has the version and the keys alone (SGP.22 §5.7.8).
 * Faults: those of `sendEs10`; where both are refused, that of the first.
 */
export async function getEuiccInfo(
  channel: ApduChannel,
  options: Es10Options = {},
): Promise<Result<EuiccInfo>> {
  const full = await getInfo(channel, GET_INFO_2, options);
  if (full.ok || !isOfTheCard(full.fault.code)) return full;
  const short = await getInfo(channel, GET_INFO_1, options);
  return short.ok || !isOfTheCard(short.fault.code) ? short : full;
}

/** Whether the card has answered, so that another question may have a better answer. */
function isOfTheCard(code: string): boolean {
  return code === 'chip.refused' || code === 'euicc.unreadable';
}

async function getInfo(
  channel: ApduChannel,
  request: Es10Request,
  options: Es10Options,
): Promise<Result<EuiccInfo>> {
  const answer = await sendEs10(channel, request, options);
  if (!answer.ok) return answer;
  const info = decodeEuiccInfo(answer.value);
  return info === null ? fail(unreadable(request, 'the answer has no version.')) : ok(info);
}

/**
 * EUICCInfo1 or EUICCInfo2. Whatever is left out, malformed or unknown is passed over, but the SGP.22 version.
 * @param value what is inside `BF20` or `BF22`.
 */
export function decodeEuiccInfo(value: Uint8Array): EuiccInfo | null {
  const fields = objectsIn(value);
  const field = (tag: number) => fields?.get(tag)?.value;
  const version = (tag: number) => versionIn(field(tag));
  const svn = version(FIELD.svn);
  if (svn === null) return null;
  return {
    svn,
    profileVersion: version(FIELD.profileVersion),
    firmwareVersion: version(FIELD.firmwareVersion),
    globalPlatformVersion: version(FIELD.globalPlatformVersion),
    javaCardVersion: version(FIELD.javaCardVersion),
    ...resourcesIn(field(FIELD.extCardResource)),
    ciKeysForVerification: keysIn(field(FIELD.keysForVerification)),
    ciKeysForSigning: keysIn(field(FIELD.keysForSigning)),
    category: CATEGORIES[integerIn(field(FIELD.category)) ?? -1] ?? null,
    uiccCapabilities: namesOf(bitsIn(field(FIELD.uiccCapability)), UICC_CAPABILITIES),
    rspCapabilities: namesOf(bitsIn(field(FIELD.rspCapability)), RSP_CAPABILITIES),
    protectionProfileVersion: version(FIELD.protectionProfileVersion),
    sasAccreditationNumber: textIn(field(FIELD.sasAccreditationNumber), MAX_SAS_NUMBER),
  };
}

function resourcesIn(
  value: Uint8Array | undefined,
): Pick<EuiccInfo, 'applications' | 'freeNonVolatileBytes' | 'freeVolatileBytes'> {
  const objects = value === undefined ? null : objectsIn(value);
  // Some cards leave the template around it that the card's own GET DATA answers with.
  const inner = objects?.get(RESOURCES);
  const resources = inner === undefined ? objects : objectsIn(inner.value);
  const number = (tag: number) => integerIn(resources?.get(tag)?.value);
  return {
    applications: number(RESOURCE.applications),
    freeNonVolatileBytes: number(RESOURCE.freeNonVolatile),
    freeVolatileBytes: number(RESOURCE.freeVolatile),
  };
}

/** Subject key identifiers, upper-case hex. */
function keysIn(value: Uint8Array | undefined): string[] {
  const read = value === undefined ? null : readTlvs(value);
  if (!read?.ok) return [];
  return read.tlvs
    .filter((tlv) => tlv.value.length > 0 && tlv.value.length <= MAX_KEY_BYTES)
    .slice(0, MAX_KEYS)
    .map((tlv) => toHex(tlv.value));
}

function namesOf(places: readonly number[], names: readonly (string | null)[]): string[] {
  return places.slice(0, names.length * 2).map((place) => names[place] ?? `bit ${place}`);
}
