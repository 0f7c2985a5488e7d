import { type Fault, fault } from '../../contract/fault.ts';
import type { ExistingProfile, Order } from '../../contract/order.ts';
import type { Profile } from '../provider/provider.ts';
import { lpaOf } from './lpa.ts';

type Known = Pick<
  Order,
  'sid' | 'iccid' | 'simSid' | 'smdpAddress' | 'matchingId' | 'activationCode' | 'extra'
>;

/** The fields that an answer may fill or change, as history names them. */
const FIELDS: readonly { readonly of: Exclude<keyof Known, 'extra'>; readonly name: string }[] = [
  { of: 'sid', name: 'SID' },
  { of: 'iccid', name: 'ICCID' },
  { of: 'simSid', name: 'Sim SID' },
  { of: 'smdpAddress', name: 'SM-DP+ address' },
  { of: 'matchingId', name: 'matching ID' },
  { of: 'activationCode', name: 'activation code' },
];

export interface Filled {
  readonly order: Order;
  /** What is new or different, by the names that history uses. */
  readonly changed: readonly string[];
}

/**
 * Takes over what an answer tells. What is known stays known where the answer says null: the QR of an order is to be there
 * for ever, also when the provider forgets its code after the download.
 */
export function fillFields(order: Order, profile: Profile): Filled {
  const told: Known = {
    sid: profile.sid,
    iccid: profile.iccid,
    simSid: profile.simSid,
    smdpAddress: profile.smdpPlusAddress,
    matchingId: profile.matchingId,
    activationCode: profile.activationCode,
    extra: { ...order.extra, ...profile.extra },
  };
  const filled: Order = { ...order, extra: told.extra };
  const changed: string[] = [];
  for (const field of FIELDS) {
    const value = told[field.of];
    if (value === null || value === order[field.of]) continue;
    filled[field.of] = value;
    changed.push(field.name);
  }
  for (const [name, value] of Object.entries(profile.extra)) {
    if (order.extra[name] !== value) changed.push(name);
  }
  const { lpa, confirmationCodeRequired } = lpaOf(filled);
  return { order: { ...filled, lpa, confirmationCodeRequired }, changed };
}

/** The fault of a profile that the provider says has failed. */
export function failureOf(profile: Profile): Fault {
  const code = profile.errorCode;
  const text = profile.errorMessage;
  const details = [code, text].filter((part) => part !== null && part !== '').join(': ');
  return fault('order.failed', {
    ...(text !== null && text !== ''
      ? { message: `The provider could not make the profile: ${text.slice(0, 400)}` }
      : {}),
    ...(details !== '' ? { details: details.slice(0, 2000) } : {}),
    ...(code !== null && code !== '' ? { providerCode: code.slice(0, 40) } : {}),
  });
}

/** A profile as it is offered to the technician; null for one without a SID, which nothing can be done with. */
export function offerOf(profile: Profile, orderId: string | null): ExistingProfile | null {
  if (profile.sid === null) return null;
  return {
    sid: profile.sid,
    status: profile.status,
    eid: profile.eid,
    iccid: profile.iccid,
    smdpAddress: profile.smdpPlusAddress,
    matchingId: profile.matchingId,
    dateCreated: profile.dateCreated,
    orderId,
  };
}

/** The profile that an order has, as it is offered; null for an order that has none. */
export function offerOfOrder(order: Order): ExistingProfile | null {
  if (order.sid === null) return null;
  const { eid, iccid, matchingId, sid, smdpAddress, status } = order;
  return { sid, status, eid, iccid, smdpAddress, matchingId, dateCreated: null, orderId: order.id };
}
