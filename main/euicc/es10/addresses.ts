import type { Chip } from '../../../contract/chip.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { writeTlv } from '../tlv.ts';
import { type ChangeOutcome, outcomeOf, type ResultTable, sendForCode } from './results.ts';
import { type Es10Options, type Es10Request, sendEs10, unreadable } from './sendEs10.ts';
import { objectsIn, textIn } from './values.ts';

export type ConfiguredAddresses = NonNullable<Chip['addresses']>;

const GET_ADDRESSES: Es10Request = {
  name: 'GetEuiccConfiguredAddresses',
  tag: 0xbf3c,
  value: new Uint8Array(),
};
const DEFAULT_SMDP = 0x80;
const ROOT_SMDS = 0x81;
const MAX_ADDRESS = 255;

/** ES10a.GetEuiccConfiguredAddresses (SGP.22 §5.7.3). Faults: those of `sendEs10`. */
export async function getConfiguredAddresses(
  channel: ApduChannel,
  options: Es10Options = {},
): Promise<Result<ConfiguredAddresses>> {
  const answer = await sendEs10(channel, GET_ADDRESSES, options);
  if (!answer.ok) return answer;
  const addresses = decodeConfiguredAddresses(answer.value);
  return addresses === null ? fail(unreadable(GET_ADDRESSES, 'the answer is malformed.')) : ok(addresses);
}

/** @param value what is inside `BF3C`. */
export function decodeConfiguredAddresses(value: Uint8Array): ConfiguredAddresses | null {
  const fields = objectsIn(value);
  if (fields === null) return null;
  return {
    defaultSmdp: textIn(fields.get(DEFAULT_SMDP)?.value, MAX_ADDRESS),
    rootSmds: textIn(fields.get(ROOT_SMDS)?.value, MAX_ADDRESS),
  };
}

/** ES10a.SetDefaultDpAddress (SGP.22 §5.7.4). */
const SET_RESULTS: ResultTable = { 127: { name: 'undefinedError', means: 'chip.refused' } };

/**
 * Sets the default SM-DP+ address; an empty one takes it off.
 * @param address a host name, which the caller has made sure of. Faults: those of `sendEs10`; `chip.refused`.
 */
export async function setDefaultSmdp(
  channel: ApduChannel,
  address: string,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  const request: Es10Request = {
    name: 'SetDefaultDpAddress',
    tag: 0xbf3f,
    value: writeTlv(DEFAULT_SMDP, new TextEncoder().encode(address)),
  };
  const code = await sendForCode(channel, request, options);
  return code.ok ? outcomeOf(request, code.value, SET_RESULTS) : code;
}
