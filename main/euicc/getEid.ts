import { eidCheckDigitsHold } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ApduChannel } from './apduChannel.ts';
import { eidFromBytes } from './eid.ts';
import { type Es10Request, sendEs10, unreadable } from './es10/sendEs10.ts';
import { findValue, writeTlv } from './tlv.ts';

const TAG_LIST = 0x5c;
const EID = 0x5a;

/** GetEuiccData for the EID (GSMA SGP.22 §5.7.20). Always with the tag list: some cards refuse the empty request. */
const GET_EID: Es10Request = {
  name: 'GetEID',
  tag: 0xbf3e,
  value: writeTlv(TAG_LIST, Uint8Array.of(EID)),
  refusal: 'euicc.refused',
};

/** An EID as the eUICC gave it. */
export interface Eid {
  /** 32 digits. */
  readonly value: string;
  /** Whether its check digits hold. */
  readonly valid: boolean;
}

/**
 * Asks the ISD-R for the EID (ES10c.GetEID).
 * Faults: those of the channel; `euicc.refused` with the status word; `euicc.unreadable` where the answer has no EID.
 */
export async function getEid(channel: ApduChannel, signal?: AbortSignal): Promise<Result<Eid>> {
  const answer = await sendEs10(channel, GET_EID, signal === undefined ? {} : { signal });
  if (!answer.ok) return answer;
  const value = findValue(answer.value, [EID]);
  const digits = value === null ? null : eidFromBytes(value);
  return digits === null
    ? fail(unreadable(GET_EID, 'the answer has no EID.'))
    : ok({ value: digits, valid: eidCheckDigitsHold(digits) });
}
