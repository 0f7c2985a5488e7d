import { type InstalledProfile, PROFILE_CLASSES } from '../../../contract/chip.ts';
import type { Fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { fromHex, toHex } from '../hex.ts';
import { readTlvs, writeTlv } from '../tlv.ts';
import { iconIn } from './icon.ts';
import { type ResultTable, refusalOf } from './results.ts';
import { type Es10Options, type Es10Request, sendEs10, unreadable } from './sendEs10.ts';
import { iccidIn, integerIn, objectsIn, textIn } from './values.ts';

const TAG_LIST = 0x5c;
/** ICCID, AID, state, nickname, provider, name, icon type, icon, class. */
const WANTED = fromHex('5A4F9F70909192939495') ?? new Uint8Array();

const GET_PROFILES: Es10Request = {
  name: 'GetProfilesInfo',
  tag: 0xbf2d,
  value: writeTlv(TAG_LIST, WANTED),
};
const GET_PROFILES_PLAIN: Es10Request = { ...GET_PROFILES, value: new Uint8Array() };

/** `ProfileInfoListResponse` and `ProfileInfo` (SGP.22 §5.7.15). */
const LIST = 0xa0;
const LIST_ERROR = 0x81;
const PROFILE_INFO = 0xe3;
const FIELD = {
  iccid: 0x5a,
  isdpAid: 0x4f,
  state: 0x9f70,
  nickname: 0x90,
  serviceProvider: 0x91,
  name: 0x92,
  icon: 0x94,
  profileClass: 0x95,
} as const;

const ERRORS: ResultTable = {
  1: { name: 'incorrectInputValues', means: 'chip.refused' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};
const ENABLED = 1;
const MAX_PROFILES = 64;
const MAX_AID_BYTES = 16;
/** `SIZE(0..64)` in bytes, and more with cards that do not keep to it. */
const MAX_TEXT = 128;

/**
 * Lists the profiles on the eUICC: ES10c.GetProfilesInfo (SGP.22 §5.7.15) with a list of the fields wanted; where a card
 * refuses that list, without.
 * Faults: those of `sendEs10`; `chip.refused` with the error that the card gave.
 */
export async function getProfilesInfo(
  channel: ApduChannel,
  options: Es10Options = {},
): Promise<Result<InstalledProfile[]>> {
  const wanted = await ask(channel, GET_PROFILES, options);
  if (wanted.ok || wanted.fault.code !== 'chip.refused') return wanted;
  return ask(channel, GET_PROFILES_PLAIN, options);
}

async function ask(
  channel: ApduChannel,
  request: Es10Request,
  options: Es10Options,
): Promise<Result<InstalledProfile[]>> {
  const answer = await sendEs10(channel, request, options);
  if (!answer.ok) return answer;
  const list = decodeProfilesInfo(answer.value);
  return list.ok ? list : fail(list.fault);
}

/**
 * `ProfileInfoListResponse`. A profile without an ICCID is passed over: it can be neither named nor changed.
 * @param value what is inside `BF2D`.
 */
export function decodeProfilesInfo(value: Uint8Array): Result<InstalledProfile[]> {
  const outer = readTlvs(value);
  if (!outer.ok) return fail(malformed());
  const error = outer.tlvs.find(({ tag }) => tag === LIST_ERROR);
  if (error !== undefined) return fail(refusalOf(GET_PROFILES, integerIn(error.value), ERRORS));
  const list = outer.tlvs.find(({ tag }) => tag === LIST);
  // Some cards leave the list's own tag out.
  const inner = list === undefined ? outer : readTlvs(list.value);
  if (!inner.ok) return fail(malformed());
  const entries = inner.tlvs.filter(({ tag }) => tag === PROFILE_INFO).slice(0, MAX_PROFILES);
  if (list === undefined && entries.length === 0) return fail(malformed());
  const profiles: InstalledProfile[] = [];
  for (const entry of entries) {
    const profile = profileIn(entry.value);
    if (profile === 'malformed') return fail(malformed());
    if (profile !== null) profiles.push(profile);
  }
  return ok(profiles);
}

function malformed(): Fault {
  return unreadable(GET_PROFILES, 'the answer is no list of profiles.');
}

function profileIn(value: Uint8Array): InstalledProfile | 'malformed' | null {
  const fields = objectsIn(value);
  if (fields === null) return 'malformed';
  const field = (tag: number) => fields.get(tag)?.value;
  const iccid = iccidIn(field(FIELD.iccid));
  if (iccid === null) return null;
  const aid = field(FIELD.isdpAid);
  return {
    iccid,
    isdpAid: aid === undefined || aid.length === 0 || aid.length > MAX_AID_BYTES ? null : toHex(aid),
    state: integerIn(field(FIELD.state)) === ENABLED ? 'enabled' : 'disabled',
    profileClass: PROFILE_CLASSES[integerIn(field(FIELD.profileClass)) ?? -1] ?? null,
    nickname: textIn(field(FIELD.nickname), MAX_TEXT),
    serviceProvider: textIn(field(FIELD.serviceProvider), MAX_TEXT),
    name: textIn(field(FIELD.name), MAX_TEXT),
    icon: iconIn(field(FIELD.icon)),
  };
}
