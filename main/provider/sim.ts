import { z } from 'zod';
import { safeParse } from '../../contract/safeParse.ts';
import { describeIssues, type EntryReading, exact, extraOf, nullable, prose, status } from './fields.ts';
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
const SIM_KNOWN: ReadonlySet<string> = new Set([...Object.keys(SimFields.shape), 'links']);

/** Reads one Sim (`supersim.v1.sim`). Its links are addresses of further operations, which nobody here asks for. */
export function readSim(value: unknown): EntryReading<Sim> {
  const parsed = safeParse(SimFields, value);
  if (!parsed.success) return { ok: false, why: `not a Sim: ${describeIssues(parsed.error)}` };
  const fields = parsed.data;
  return {
    ok: true,
    entry: {
      sid: fields.sid,
      accountSid: fields.account_sid,
      uniqueName: fields.unique_name,
      iccid: fields.iccid,
      status: fields.status,
      fleetSid: fields.fleet_sid,
      dateCreated: fields.date_created,
      dateUpdated: fields.date_updated,
      url: fields.url,
      extra: extraOf(value, SIM_KNOWN),
    },
  };
}

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
const FLEET_KNOWN: ReadonlySet<string> = new Set(Object.keys(FleetFields.shape));

/** Reads one Fleet (`supersim.v1.fleet`). */
export function readFleet(value: unknown): EntryReading<Fleet> {
  const parsed = safeParse(FleetFields, value);
  if (!parsed.success) return { ok: false, why: `not a Fleet: ${describeIssues(parsed.error)}` };
  const fields = parsed.data;
  return {
    ok: true,
    entry: {
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
      extra: extraOf(value, FLEET_KNOWN),
    },
  };
}
