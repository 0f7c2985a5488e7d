import { ERRORS, invalidParameter, type ProviderError } from './errors.ts';
import { DEMO_FLEETS, findFleet, fleetResource, type StoredFleet } from './fleets.ts';
import { type Listing, type Page, pageOf } from './pages.ts';
import { readPaging } from './parameters.ts';
import type { newNames, StoredProfile } from './profiles.ts';
import {
  isSimStatus,
  mayBecome,
  type SimStatus,
  type StoredSim,
  settle,
  settleNow,
  shownStatus,
  simResource,
} from './sims.ts';

export interface SimDeskOptions {
  readonly accountSids: readonly string[];
  /** Unique names of the Fleets that each account has. */
  readonly fleets?: readonly string[];
  /** From the request for another status until it is so, ms; 0: at once; null: only when told. */
  readonly settleMs: number | null;
  readonly now: () => number;
  readonly names: ReturnType<typeof newNames>;
  /** What an earlier one held. */
  readonly sims?: readonly StoredSim[];
  readonly storedFleets?: readonly StoredFleet[];
}

/** An answer before it has headers. */
export interface DeskAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The Sim that was changed; null where none was. */
  readonly changed: string | null;
}

/** Sims and Fleets of all accounts, and the operations on them. */
export interface SimDesk {
  /** The Sim of a profile comes into being with its `available`. */
  bring(profile: StoredProfile): void;
  fetchSim(url: URL, accountSid: string): DeskAnswer | ProviderError;
  updateSim(url: URL, form: URLSearchParams, accountSid: string): DeskAnswer | ProviderError;
  listSims(url: URL, accountSid: string): DeskAnswer | ProviderError;
  listFleets(url: URL, accountSid: string): DeskAnswer | ProviderError;
  /** Lets scheduled changes be done, of one Sim or of all. */
  settleSims(sid?: string): void;
  /** Moves a Sim on, as its use of data does, or a person in the console. */
  setSimStatus(sid: string, status: SimStatus): void;
  /** What is true now, newest first. */
  sims(): readonly StoredSim[];
  fleets(): readonly StoredFleet[];
}

export function createSimDesk(options: SimDeskOptions): SimDesk {
  const { now, names } = options;
  /** Oldest first. */
  const sims: StoredSim[] = (options.sims ?? []).map((sim) => ({ ...sim }));
  const fleets: readonly StoredFleet[] =
    options.storedFleets ??
    options.accountSids.flatMap((accountSid) =>
      (options.fleets ?? DEMO_FLEETS).map((uniqueName) => ({
        sid: names.sid('HF'),
        accountSid,
        uniqueName,
        networkAccessProfileSid: names.sid('HA'),
        createdAt: now(),
      })),
    );

  function simsOf(accountSid: string): StoredSim[] {
    for (const sim of sims) settle(sim, now());
    return sims.filter((sim) => sim.accountSid === accountSid).reverse();
  }

  function fleetsOf(accountSid: string): StoredFleet[] {
    return fleets.filter((fleet) => fleet.accountSid === accountSid);
  }

  /** By SID or, as the document allows, by unique name. */
  function simAt(url: URL, accountSid: string): StoredSim | null {
    const name = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    return simsOf(accountSid).find((sim) => sim.sid === name || sim.uniqueName === name) ?? null;
  }

  function updateSim(url: URL, form: URLSearchParams, accountSid: string): DeskAnswer | ProviderError {
    const sim = simAt(url, accountSid);
    if (sim === null) return ERRORS.simNotFound;
    if (sim.scheduled !== null) return ERRORS.alreadyScheduled;
    const change = readChange(form, sim, accountSid);
    if ('message' in change) return change;
    if (change.uniqueName !== undefined) sim.uniqueName = change.uniqueName;
    sim.updatedAt = now();
    const isScheduled = change.status !== sim.status && options.settleMs !== 0;
    if (isScheduled) {
      const at = options.settleMs === null ? null : now() + options.settleMs;
      sim.scheduled = { at, status: change.status, fleetSid: change.fleetSid };
    } else {
      sim.status = change.status;
      sim.fleetSid = change.fleetSid;
    }
    return { status: isScheduled ? 202 : 200, body: simResource(sim, url.origin), changed: sim.sid };
  }

  /** The whole change, checked before a part of it is made. */
  function readChange(form: URLSearchParams, sim: StoredSim, accountSid: string): Change | ProviderError {
    const uniqueName = form.get('UniqueName');
    if (
      uniqueName !== null &&
      uniqueName !== '' &&
      simsOf(accountSid).some((other) => other !== sim && other.uniqueName === uniqueName)
    )
      return ERRORS.uniqueNameTaken;
    const fleetName = form.get('Fleet');
    if (fleetName === '' && sim.fleetSid !== null) return ERRORS.cannotLeaveFleet;
    const fleet = fleetName ? findFleet(fleetsOf(accountSid), fleetName) : null;
    if (fleetName && fleet === null) return ERRORS.fleetNotFound;
    const fleetSid = fleet?.sid ?? sim.fleetSid;
    const status = form.get('Status') || null;
    if (status !== null && (!isSimStatus(status) || status === 'new'))
      return invalidParameter('Status is not valid');
    if (status !== null && isSimStatus(status)) {
      if (!mayBecome(sim.status, status)) return ERRORS.badTransition;
      if (fleetSid === null) return ERRORS.noFleet;
      return { ...named(uniqueName), status, fleetSid };
    }
    return { ...named(uniqueName), status: sim.status, fleetSid };
  }

  function listSims(url: URL, accountSid: string): DeskAnswer | ProviderError {
    const query = url.searchParams;
    const paging = readPaging(query);
    if ('message' in paging) return paging;
    const filter = {
      Status: query.get('Status') || null,
      Fleet: query.get('Fleet') || null,
      Iccid: query.get('Iccid') || null,
    };
    if (filter.Status !== null && !isSimStatus(filter.Status) && filter.Status !== 'scheduled')
      return invalidParameter('Status is not valid');
    const fleet = filter.Fleet === null ? null : findFleet(fleetsOf(accountSid), filter.Fleet);
    if (filter.Fleet !== null && fleet === null) return ERRORS.fleetNotFound;
    const matching = simsOf(accountSid).filter(
      (sim) =>
        (filter.Status === null || shownStatus(sim) === filter.Status) &&
        (fleet === null || sim.fleetSid === fleet.sid) &&
        (filter.Iccid === null || sim.iccid === filter.Iccid),
    );
    const page = pageOf(matching, paging, { address: `${url.origin}/v1/Sims`, key: 'sims', filter });
    return answerOf(page, 'sims', (sim) => simResource(sim, url.origin));
  }

  function listFleets(url: URL, accountSid: string): DeskAnswer | ProviderError {
    const paging = readPaging(url.searchParams);
    if ('message' in paging) return paging;
    const wanted = url.searchParams.get('NetworkAccessProfile') || null;
    const matching = fleetsOf(accountSid).filter(
      ({ networkAccessProfileSid }) => wanted === null || networkAccessProfileSid === wanted,
    );
    const listing: Listing = {
      address: `${url.origin}/v1/Fleets`,
      key: 'fleets',
      filter: { NetworkAccessProfile: wanted },
    };
    return answerOf(pageOf(matching, paging, listing), 'fleets', (fleet) => fleetResource(fleet, url.origin));
  }

  return {
    bring({ simSid, accountSid, iccid, updatedAt }) {
      if (sims.some(({ sid }) => sid === simSid)) return;
      sims.push({
        sid: simSid,
        accountSid,
        iccid,
        uniqueName: null,
        status: 'new',
        fleetSid: null,
        createdAt: updatedAt,
        updatedAt,
        scheduled: null,
      });
    },
    fetchSim(url, accountSid) {
      const sim = simAt(url, accountSid);
      if (sim === null) return ERRORS.simNotFound;
      return { status: 200, body: simResource(sim, url.origin), changed: null };
    },
    updateSim,
    listSims,
    listFleets,
    settleSims(sid) {
      for (const sim of sims) if (sid === undefined || sim.sid === sid) settleNow(sim, now());
    },
    setSimStatus(sid, status) {
      const sim = sims.find((one) => one.sid === sid);
      if (sim === undefined) return;
      sim.scheduled = null;
      sim.status = status;
      sim.updatedAt = now();
    },
    sims() {
      for (const sim of sims) settle(sim, now());
      return sims.map((sim) => ({ ...sim })).reverse();
    },
    fleets: () => fleets,
  };
}

interface Change {
  /** An empty name takes the name away. */
  readonly uniqueName?: string | null;
  readonly status: SimStatus;
  readonly fleetSid: string | null;
}

function named(uniqueName: string | null): Pick<Change, 'uniqueName'> {
  return uniqueName === null ? {} : { uniqueName: uniqueName === '' ? null : uniqueName };
}

function answerOf<T>(
  page: Page<T> | null,
  key: string,
  resource: (item: T) => unknown,
): DeskAnswer | ProviderError {
  if (page === null) return invalidParameter('PageToken is not valid');
  return { status: 200, body: { [key]: page.items.map(resource), meta: page.meta }, changed: null };
}
