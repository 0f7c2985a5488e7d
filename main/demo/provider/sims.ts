import { isoSeconds } from './profiles.ts';

const STATUSES = ['new', 'ready', 'active', 'inactive'] as const;
export type SimStatus = (typeof STATUSES)[number];

/** A Sim as the provider keeps it. */
export interface StoredSim {
  readonly sid: string;
  readonly accountSid: string;
  readonly iccid: string;
  uniqueName: string | null;
  status: SimStatus;
  fleetSid: string | null;
  readonly createdAt: number;
  updatedAt: number;
  /** A change that was taken and is done later; null: none. Until then its status is shown as `scheduled`. */
  scheduled: ScheduledChange | null;
}

export interface ScheduledChange {
  /** ms since 1970, the provider's clock; null: only when told. */
  readonly at: number | null;
  readonly status: SimStatus;
  readonly fleetSid: string | null;
}

/** From which status which others can be asked for. `ready` can only be reached from `new`. */
const TRANSITIONS: Readonly<Record<SimStatus, readonly SimStatus[]>> = {
  new: ['ready', 'active'],
  ready: ['active', 'inactive'],
  active: ['inactive'],
  inactive: ['active'],
};

export function mayBecome(from: SimStatus, to: SimStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

export function isSimStatus(text: string): text is SimStatus {
  return STATUSES.some((status) => status === text);
}

/** Lets a scheduled change be done once it is due. */
export function settle(sim: StoredSim, now: number): void {
  const { scheduled } = sim;
  if (scheduled?.at == null || now < scheduled.at) return;
  settleNow(sim, scheduled.at);
}

/** Lets a scheduled change be done at once. */
export function settleNow(sim: StoredSim, at: number): void {
  if (sim.scheduled === null) return;
  sim.status = sim.scheduled.status;
  sim.fleetSid = sim.scheduled.fleetSid;
  sim.scheduled = null;
  sim.updatedAt = at;
}

/** What a Sim's status is shown as. */
export function shownStatus(sim: StoredSim): SimStatus | 'scheduled' {
  return sim.scheduled === null ? sim.status : 'scheduled';
}

/** A Sim's resource as the API gives it: field for field as the official OpenAPI document has it. */
export function simResource(sim: StoredSim, origin: string): Record<string, unknown> {
  const url = `${origin}/v1/Sims/${sim.sid}`;
  return {
    sid: sim.sid,
    account_sid: sim.accountSid,
    unique_name: sim.uniqueName,
    status: shownStatus(sim),
    fleet_sid: sim.fleetSid,
    iccid: sim.iccid,
    date_created: isoSeconds(sim.createdAt),
    date_updated: isoSeconds(sim.updatedAt),
    url,
    links: { billing_periods: `${url}/BillingPeriods`, sim_ip_addresses: `${url}/IpAddresses` },
  };
}
