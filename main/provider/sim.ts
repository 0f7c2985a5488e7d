import { z } from 'zod';
import { entryReader, exact, nullable, prose, status } from './fields.ts';
import type { Fleet, Sim } from './provider.ts';

const SimFields = z.object({
  sid: nullable(exact(64)),
  account_sid: nullable(exact(64)),
  /** Free text that a person chose. */
  unique_name: nullable(prose(300)),
  iccid: nullable(exact(40)),
  status,
  fleet_sid: nullable(exact(64)),
  date_created: nullable(exact(64)),
  date_updated: nullable(exact(64)),
  url: nullable(exact(1_000)),
});

/** Reads one Sim (`supersim.v1.sim`). Its links are addresses of further operations, which nobody here asks for. */
export const readSim = entryReader(
  'a Sim',
  SimFields,
  (fields, extra): Sim => ({
    sid: fields.sid,
    accountSid: fields.account_sid,
    uniqueName: fields.unique_name,
    iccid: fields.iccid,
    status: fields.status,
    fleetSid: fields.fleet_sid,
    dateCreated: fields.date_created,
    dateUpdated: fields.date_updated,
    url: fields.url,
    extra,
  }),
  ['links'],
);

const FleetFields = z.object({
  sid: nullable(exact(64)),
  account_sid: nullable(exact(64)),
  unique_name: nullable(prose(300)),
  data_enabled: nullable(z.boolean()),
  data_limit: nullable(z.number()),
  sms_commands_enabled: nullable(z.boolean()),
  network_access_profile_sid: nullable(exact(64)),
  date_created: nullable(exact(64)),
  date_updated: nullable(exact(64)),
  url: nullable(exact(1_000)),
});

/** Reads one Fleet (`supersim.v1.fleet`). */
export const readFleet = entryReader(
  'a Fleet',
  FleetFields,
  (fields, extra): Fleet => ({
    sid: fields.sid,
    accountSid: fields.account_sid,
    uniqueName: fields.unique_name,
    dataEnabled: fields.data_enabled,
    dataLimit: fields.data_limit,
    smsCommandsEnabled: fields.sms_commands_enabled,
    networkAccessProfileSid: fields.network_access_profile_sid,
    dateCreated: fields.date_created,
    dateUpdated: fields.date_updated,
    url: fields.url,
    extra,
  }),
);
