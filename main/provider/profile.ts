import { z } from 'zod';
import { entryReader, exact, nullable, prose, status } from './fields.ts';
import type { Profile } from './provider.ts';

const ProfileFields = z.object({
  sid: nullable(exact(64)),
  account_sid: nullable(exact(64)),
  iccid: nullable(exact(40)),
  sim_sid: nullable(exact(64)),
  status,
  eid: nullable(exact(64)),
  smdp_plus_address: nullable(exact(300)),
  matching_id: nullable(exact(255)),
  activation_code: nullable(exact(1_000)),
  /** A string by its schema; other errors of the same provider have numbers. */
  error_code: nullable(z.union([exact(64), z.number().transform(String)])),
  /** For people: cleaned and cut rather than refused. */
  error_message: nullable(prose(500)),
  date_created: nullable(exact(64)),
  date_updated: nullable(exact(64)),
  url: nullable(exact(1_000)),
});

/**
 * Reads one eSIM profile (`supersim.v1.esim_profile`). Every field but `status` may be null; fields that this version does not
 * know are kept in `extra` as text (at most 32 of them, 500 characters each).
 */
export const readProfile = entryReader(
  'an eSIM profile',
  ProfileFields,
  (fields, extra): Profile => ({
    sid: fields.sid,
    accountSid: fields.account_sid,
    iccid: fields.iccid,
    simSid: fields.sim_sid,
    status: fields.status,
    eid: fields.eid,
    smdpPlusAddress: fields.smdp_plus_address,
    matchingId: fields.matching_id,
    activationCode: fields.activation_code,
    errorCode: fields.error_code,
    errorMessage: fields.error_message,
    dateCreated: fields.date_created,
    dateUpdated: fields.date_updated,
    url: fields.url,
    extra,
  }),
);
