import { fault } from '../../contract/fault.ts';
import { eidCheckDigitsHold } from '../../contract/order.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { storeData } from './apdu.ts';
import type { ApduChannel } from './apduChannel.ts';
import { eidFromBytes } from './eid.ts';
import { isDone, swWords } from './statusWord.ts';
import { findValue, writeTlv } from './tlv.ts';

const GET_EUICC_DATA = 0xbf3e;
const TAG_LIST = 0x5c;
const EID = 0x5a;

/** GetEuiccData for the EID (GSMA SGP.22 §5.7.20). Always with the tag list: some cards refuse the empty request. */
export const GET_EID_REQUEST: Uint8Array = writeTlv(GET_EUICC_DATA, writeTlv(TAG_LIST, Uint8Array.of(EID)));

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
  for (const apdu of storeData(GET_EID_REQUEST)) {
    const answer = await channel.transmit(apdu, signal === undefined ? {} : { signal });
    if (!answer.ok) return answer;
    const { data, sw } = answer.value;
    if (!isDone(sw)) return fail(fault('euicc.refused', { details: `GetEID: ${swWords(sw)}` }));
    if (data.length === 0) continue;
    const value = findValue(data, [GET_EUICC_DATA, EID]);
    const digits = value === null ? null : eidFromBytes(value);
    if (digits === null)
      return fail(fault('euicc.unreadable', { details: 'GetEID: the answer has no EID.' }));
    return ok({ value: digits, valid: eidCheckDigitsHold(digits) });
  }
  return fail(fault('euicc.unreadable', { details: 'GetEID: the answer is empty.' }));
}
