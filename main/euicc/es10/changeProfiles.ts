import { fault } from '../../../contract/fault.ts';
import { fail, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { concatBytes } from '../hex.ts';
import { iccidToBytes } from '../iccid.ts';
import { writeTlv } from '../tlv.ts';
import { type ChangeOutcome, outcomeOf, type ResultTable, sendForCode } from './results.ts';
import type { Es10Options, Es10Request } from './sendEs10.ts';

const ICCID = 0x5a;
const NICKNAME = 0x90;
const RESET_OPTIONS = 0x82;

/** ES10c.DeleteProfile (SGP.22 §5.7.18). */
const DELETE_RESULTS: ResultTable = {
  1: { name: 'iccidOrAidNotFound', means: 'chip.profileNotFound' },
  2: {
    name: 'profileNotInDisabledState',
    means: 'chip.wrongState',
    words: {
      message: 'The profile is enabled, and an enabled profile cannot be deleted.',
      hint: 'Disable it first.',
    },
  },
  3: { name: 'disallowedByPolicy', means: 'chip.policy' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/** Deletes a profile that is disabled. Faults: `usage.invalid` for what is no ICCID; those of `sendEs10` and the table. */
export async function deleteProfile(
  channel: ApduChannel,
  iccid: string,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  const bytes = iccidToBytes(iccid);
  if (bytes === null) return fail(noIccid());
  return send(
    channel,
    { name: 'DeleteProfile', tag: 0xbf33, value: writeTlv(ICCID, bytes) },
    DELETE_RESULTS,
    options,
  );
}

/** ES10c.SetNickname (SGP.22 §5.7.21). */
const NICKNAME_RESULTS: ResultTable = {
  1: { name: 'iccidNotFound', means: 'chip.profileNotFound' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/**
 * Gives a profile a nickname; an empty one takes it off.
 * @param nickname at most 64 bytes of UTF-8, which the caller has made sure of.
 */
export async function setNickname(
  channel: ApduChannel,
  iccid: string,
  nickname: string,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  const bytes = iccidToBytes(iccid);
  if (bytes === null) return fail(noIccid());
  const value = concatBytes(writeTlv(ICCID, bytes), writeTlv(NICKNAME, new TextEncoder().encode(nickname)));
  return send(channel, { name: 'SetNickname', tag: 0xbf29, value }, NICKNAME_RESULTS, options);
}

/** ES10c.eUICCMemoryReset (SGP.22 §5.7.19). */
const RESET_RESULTS: ResultTable = {
  1: { name: 'nothingToDelete', means: 'alreadySo' },
  5: { name: 'catBusy', means: 'chip.busy' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/** Three bits, five unused: operational profiles, test profiles loaded in the field, default SM-DP+ address. */
const RESET_ALL = Uint8Array.of(0x05, 0xe0);

/** Deletes every profile that is not the maker's, whether enabled or not, and the default SM-DP+ address. */
export function resetMemory(channel: ApduChannel, options: Es10Options = {}): Promise<Result<ChangeOutcome>> {
  const value = writeTlv(RESET_OPTIONS, RESET_ALL);
  return send(channel, { name: 'eUICCMemoryReset', tag: 0xbf34, value }, RESET_RESULTS, options);
}

async function send(
  channel: ApduChannel,
  request: Es10Request,
  results: ResultTable,
  options: Es10Options,
): Promise<Result<ChangeOutcome>> {
  const code = await sendForCode(channel, request, options);
  return code.ok ? outcomeOf(request, code.value, results) : code;
}

function noIccid() {
  return fault('usage.invalid', { message: 'This is no ICCID.' });
}
