import { isoSeconds } from './profiles.ts';

/** A Fleet as the provider keeps it. */
export interface StoredFleet {
  readonly sid: string;
  readonly accountSid: string;
  readonly uniqueName: string;
  readonly networkAccessProfileSid: string;
  readonly createdAt: number;
}

/** Fleets that every account has unless it is told otherwise. */
export const DEMO_FLEETS: readonly string[] = ['Pilot Fleet', 'Field devices'];

/** The Fleet that a SID or a unique name means; null where it is none of them. */
export function findFleet(fleets: readonly StoredFleet[], name: string): StoredFleet | null {
  return fleets.find(({ sid, uniqueName }) => sid === name || uniqueName === name) ?? null;
}

/** A Fleet's resource as the API gives it: field for field as the official OpenAPI document has it. */
export function fleetResource(fleet: StoredFleet, origin: string): Record<string, unknown> {
  return {
    account_sid: fleet.accountSid,
    unique_name: fleet.uniqueName,
    data_enabled: true,
    data_limit: 1_000,
    data_metering: 'payg',
    date_created: isoSeconds(fleet.createdAt),
    date_updated: isoSeconds(fleet.createdAt),
    sms_commands_enabled: true,
    sms_commands_method: 'POST',
    sms_commands_url: null,
    ip_commands_method: 'POST',
    ip_commands_url: null,
    network_access_profile_sid: fleet.networkAccessProfileSid,
    sid: fleet.sid,
    url: `${origin}/v1/Fleets/${fleet.sid}`,
  };
}
