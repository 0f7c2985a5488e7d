import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { authenticate, type ProviderAccount } from './accounts.ts';
import { deliver } from './deliver.ts';
import { ERRORS, type ErrorForm, errorResponse, invalidParameter, type ProviderError } from './errors.ts';
import { createProviderFaultList, type Operation, type ProviderFault, type ProviderHarm } from './faults.ts';
import type { StoredFleet } from './fleets.ts';
import { type Delivery, deliveryName, type ProviderRequest, type ProviderResponse } from './http.ts';
import { pageOf } from './pages.ts';
import { type CreateParameters, type ParameterRules, readCreate, readList } from './parameters.ts';
import {
  DEMO_PACE,
  type Doom,
  fail,
  isBefore,
  type LifeStatus,
  move,
  newNames,
  type Pace,
  profileResource,
  ripen,
  type StoredProfile,
} from './profiles.ts';
import { createSimDesk, type DeskAnswer } from './simDesk.ts';
import type { SimStatus, StoredSim } from './sims.ts';
import { createTokenOffice, GATEWAY_REFUSALS, TOKEN_PATH } from './tokens.ts';

export interface VirtualProviderOptions extends Partial<ParameterRules> {
  readonly clock: Clock;
  readonly accounts: readonly ProviderAccount[];
  readonly pace?: Partial<Pace>;
  /** Where its profiles are downloaded from. */
  readonly smdpAddress?: string;
  /** Profiles it can still give; null: as many as are wanted. */
  readonly stock?: number | null;
  readonly errorForm?: ErrorForm;
  /** Its clock minus the other's, ms. */
  readonly skewMs?: number;
  /** From every request to its answer, ms. */
  readonly latencyMs?: number;
  /** How long a token of its token endpoint is good, ms. Default an hour. */
  readonly tokenLifeMs?: number;
  /** Unique names of the Fleets that each account has. */
  readonly fleets?: readonly string[];
  /** From the request for another status of a Sim until it is so, ms; 0: at once; null: only when told. Default 1,500. */
  readonly settleMs?: number | null;
  /** What an earlier one held: see {@link VirtualProvider.snapshot}. */
  readonly snapshot?: ProviderSnapshot;
  readonly random?: (count: number) => Uint8Array;
}

/** All that it holds, as plain JSON, so that a demo can go on after a restart. */
export interface ProviderSnapshot {
  readonly profiles: readonly StoredProfile[];
  readonly sims?: readonly StoredSim[];
  readonly fleets?: readonly StoredFleet[];
}

/** What became of one request, as the provider itself knows it. No credentials. */
export interface ProviderRecordEntry {
  readonly seq: number;
  /** ms since 1970, the provider's clock. */
  readonly at: number;
  readonly operation: Operation;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The account it came from; null where the credentials were not right. */
  readonly accountSid: string | null;
  /** The form of what changes something, the query of a list. Of a token request no more than grant and client. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The profile that it made or the Sim that it changed; null where it did neither. */
  readonly committed: string | null;
  /** How the answer went: `answer 201`, `reset`, `refused`. */
  readonly delivered: string;
}

/**
 * The eSIM API of the provider without the provider: the same requests and answers, with a state and a record
 * of its own.
 */
export interface VirtualProvider {
  handle(request: ProviderRequest): Delivery;
  /** Makes something go wrong with a request to come. */
  harm(fault: ProviderFault): void;
  clearFaults(): void;
  readonly pendingFaults: number;
  setStock(stock: number | null): void;
  readonly stock: number | null;
  /** Moves a profile on, as when a device downloads it. */
  setStatus(sid: string, status: LifeStatus): void;
  failProfile(sid: string, error: { readonly code: string; readonly message: string }): void;
  /** The next profile made will fail so long after. */
  doomNext(doom: Doom): void;
  /** Another secret for a key (`SK…`) or a client, or another auth token for an account (`AC…`). */
  rotate(sid: string, secret: string): void;
  /** Whether a key or a client may use this API. */
  permit(sid: string, permitted: boolean): void;
  /** Every token that was given so far has expired. */
  expireTokens(): void;
  /** Lets scheduled changes be done, of one Sim or of all. */
  settleSims(sid?: string): void;
  /** Moves a Sim on, as its use of data does. */
  setSimStatus(sid: string, status: SimStatus): void;
  /** What is true now, newest first. */
  profiles(): readonly StoredProfile[];
  sims(): readonly StoredSim[];
  fleets(): readonly StoredFleet[];
  /** Every request in order. */
  record(): readonly ProviderRecordEntry[];
  snapshot(): ProviderSnapshot;
}

/** Harms by which a request never gets to the provider. */
const NEVER_CARRIED_OUT: ReadonlySet<ProviderHarm['kind']> = new Set(['refuse', 'page']);

/** Stands where the harm brings its own answer, or none; never delivered. */
const NOTHING: ProviderResponse = { status: 0, headers: {}, body: '' };

type Outcome = { readonly response: ProviderResponse; readonly committed: string | null };

export function createVirtualProvider(options: VirtualProviderOptions): VirtualProvider {
  const { clock, accounts } = options;
  const pace: Pace = { ...DEMO_PACE, ...options.pace };
  const rules: ParameterRules = {
    eidCheck: options.eidCheck ?? 'none',
    bothTargets: options.bothTargets ?? 'refused',
  };
  const smdpAddress = options.smdpAddress ?? 'sm-dp-plus.demo.invalid';
  const errorForm = options.errorForm ?? 'twilio';
  const names = newNames(options.random ?? randomBytes);
  const faults = createProviderFaultList();
  const records: ProviderRecordEntry[] = [];
  /** Oldest first. */
  const profiles: StoredProfile[] = (options.snapshot?.profiles ?? []).map((profile) => ({ ...profile }));
  const dooms: Doom[] = [];
  let stock = options.stock ?? null;

  const now = () => clock.now() + (options.skewMs ?? 0);
  const tokens = createTokenOffice({
    accounts,
    lifeMs: options.tokenLifeMs ?? 3_600_000,
    now,
    random: options.random ?? randomBytes,
  });
  const desk = createSimDesk({
    accountSids: accounts.map(({ accountSid }) => accountSid),
    settleMs: options.settleMs === undefined ? 1_500 : options.settleMs,
    now,
    names,
    ...(options.fleets === undefined ? {} : { fleets: options.fleets }),
    ...(options.snapshot?.sims === undefined ? {} : { sims: options.snapshot.sims }),
    ...(options.snapshot?.fleets === undefined ? {} : { storedFleets: options.snapshot.fleets }),
  });

  function handle(request: ProviderRequest): Delivery {
    const url = new URL(request.url);
    const operation = operationOf(request.method, url.pathname);
    const harm = faults.take(operation);
    const isCarriedOut =
      harm === null || ('commits' in harm ? harm.commits : !NEVER_CARRIED_OUT.has(harm.kind));
    const authentication = authenticate(accounts, request.headers.authorization, tokens);
    const outcome = isCarriedOut ? perform(request, url, operation) : { response: NOTHING, committed: null };
    const delivery = deliver(outcome.response, harm, options.latencyMs ?? 0, withHeaders);
    records.push({
      seq: records.length,
      at: now(),
      operation,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      accountSid: authentication.kind === 'known' ? authentication.accountSid : null,
      parameters: parametersOf(operation, request, url),
      committed: outcome.committed,
      delivered: deliveryName(delivery),
    });
    return delivery;
  }

  function perform(request: ProviderRequest, url: URL, operation: Operation): Outcome {
    const result = route(request, url, operation);
    if ('response' in result) return result;
    return { response: errorAnswer(result, url.pathname), committed: null };
  }

  function route(request: ProviderRequest, url: URL, operation: Operation): Outcome | ProviderError {
    if (operation === 'token') {
      const type = request.headers['content-type'] ?? '';
      const response = withHeaders(tokens.answer(type, new URLSearchParams(request.body)));
      return { response, committed: null };
    }
    const who = authenticate(accounts, request.headers.authorization, tokens);
    switch (who.kind) {
      case 'unknown':
        return ERRORS.wrongCredentials;
      case 'forbidden':
        return ERRORS.notAuthorised;
      case 'expiredToken':
        return { response: withHeaders(GATEWAY_REFUSALS.expired()), committed: null };
      case 'unknownToken':
        return { response: withHeaders(GATEWAY_REFUSALS.unknown()), committed: null };
      case 'known':
        return serve(request, url, operation, who.accountSid);
    }
  }

  function serve(
    request: ProviderRequest,
    url: URL,
    operation: Exclude<Operation, 'token'>,
    accountSid: string,
  ): Outcome | ProviderError {
    ripenAll();
    switch (operation) {
      case 'create':
        return create(request, url.origin, accountSid);
      case 'fetch':
        return fetchOne(url, accountSid);
      case 'list':
        return list(url, accountSid);
      case 'fetchSim':
        return answered(desk.fetchSim(url, accountSid));
      case 'updateSim':
        if (!isForm(request)) return ERRORS.notAForm;
        return answered(desk.updateSim(url, new URLSearchParams(request.body), accountSid));
      case 'listSims':
        return answered(desk.listSims(url, accountSid));
      case 'listFleets':
        return answered(desk.listFleets(url, accountSid));
      case 'other':
        return /^\/v1\/(ESimProfiles|Sims|Fleets)/.test(url.pathname) &&
          !['GET', 'POST'].includes(request.method)
          ? ERRORS.methodNotAllowed
          : notFound(url);
    }
  }

  /** Profiles become what they are by now; the Sims of those that are available come into being. */
  function ripenAll(): void {
    for (const profile of profiles) {
      ripen(profile, pace, now());
      if (profile.status !== 'failed' && !isBefore(profile.status, 'available')) desk.bring(profile);
    }
  }

  function answered(answer: DeskAnswer | ProviderError): Outcome | ProviderError {
    return 'message' in answer
      ? answer
      : { response: json(answer.status, answer.body), committed: answer.changed };
  }

  function create(request: ProviderRequest, origin: string, accountSid: string): Outcome | ProviderError {
    if (!isForm(request)) return ERRORS.notAForm;
    const parameters = readCreate(new URLSearchParams(request.body), rules);
    if ('status' in parameters) return parameters;
    if (stock === 0) return ERRORS.outOfStock;
    if (stock !== null) stock -= 1;
    const profile = newProfile(parameters, accountSid);
    profiles.push(profile);
    return { response: json(201, resource(profile, origin)), committed: profile.sid };
  }

  function newProfile(parameters: CreateParameters, accountSid: string): StoredProfile {
    const at = now();
    return {
      sid: names.sid('HP'),
      accountSid,
      eid: parameters.eid,
      status: 'new',
      createdAt: at,
      updatedAt: at,
      iccid: names.iccid(),
      simSid: names.sid('HS'),
      matchingId: parameters.generateMatchingId ? names.matchingId() : null,
      callbackUrl: parameters.callbackUrl,
      callbackMethod: parameters.callbackMethod,
      doom: dooms.shift() ?? null,
      error: null,
    };
  }

  function fetchOne(url: URL, accountSid: string): Outcome | ProviderError {
    const sid = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    const profile = profiles.find((one) => one.sid === sid && one.accountSid === accountSid);
    if (profile === undefined) return notFound(url);
    return { response: json(200, resource(profile, url.origin)), committed: null };
  }

  function list(url: URL, accountSid: string): Outcome | ProviderError {
    const parameters = readList(url.searchParams);
    if ('message' in parameters) return parameters;
    const { eid, simSid, status } = parameters;
    const matching = newestFirst(accountSid).filter(
      (profile) =>
        (eid === null || profile.eid === eid) &&
        (simSid === null || resource(profile, url.origin).sim_sid === simSid) &&
        (status === null || profile.status === status),
    );
    const page = pageOf(matching, parameters, {
      address: `${url.origin}/v1/ESimProfiles`,
      key: 'esim_profiles',
      filter: { Eid: eid, SimSid: simSid, Status: status },
    });
    if (page === null) return invalidParameter('PageToken is not valid');
    const items = page.items.map((profile) => resource(profile, url.origin));
    return { response: json(200, { esim_profiles: items, meta: page.meta }), committed: null };
  }

  function newestFirst(accountSid: string | null): StoredProfile[] {
    return profiles.filter((one) => accountSid === null || one.accountSid === accountSid).reverse();
  }

  function resource(profile: StoredProfile, origin: string): Record<string, string | null> {
    return profileResource(profile, origin, smdpAddress);
  }

  function notFound(url: URL): ProviderError {
    return { ...ERRORS.notFound, message: `The requested resource ${url.pathname} was not found` };
  }

  function json(status: number, body: unknown): ProviderResponse {
    return withHeaders({
      status,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  function errorAnswer(error: ProviderError, path: string): ProviderResponse {
    return withHeaders(errorResponse(error, errorForm, path));
  }

  function withHeaders(response: ProviderResponse): ProviderResponse {
    const own = { Date: new Date(now()).toUTCString(), 'Twilio-Request-Id': names.sid('RQ') };
    return { ...response, headers: { ...response.headers, ...own } };
  }

  return {
    handle,
    harm: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    get pendingFaults() {
      return faults.pending;
    },
    setStock(left) {
      stock = left;
    },
    get stock() {
      return stock;
    },
    setStatus(sid, status) {
      const profile = profiles.find((one) => one.sid === sid);
      if (profile !== undefined) move(profile, status, now());
    },
    failProfile(sid, error) {
      const profile = profiles.find((one) => one.sid === sid);
      if (profile !== undefined) fail(profile, error, now());
    },
    doomNext: (doom) => dooms.push(doom),
    rotate(sid, secret) {
      for (const account of accounts) {
        if (account.accountSid === sid) account.authToken = secret;
        for (const key of account.keys) if (key.sid === sid) key.secret = secret;
        for (const client of account.clients ?? []) if (client.clientId === sid) client.secret = secret;
      }
    },
    permit(sid, permitted) {
      for (const account of accounts) {
        for (const key of account.keys) if (key.sid === sid) key.permitted = permitted;
        for (const client of account.clients ?? []) if (client.clientId === sid) client.permitted = permitted;
      }
    },
    expireTokens: () => tokens.expireAll(),
    settleSims(sid) {
      ripenAll();
      desk.settleSims(sid);
    },
    setSimStatus(sid, status) {
      ripenAll();
      desk.setSimStatus(sid, status);
    },
    profiles() {
      ripenAll();
      return newestFirst(null).map((profile) => ({ ...profile }));
    },
    sims() {
      ripenAll();
      return desk.sims();
    },
    fleets: () => desk.fleets(),
    record: () => records,
    snapshot() {
      ripenAll();
      return {
        profiles: profiles.map((profile) => ({ ...profile })),
        sims: [...desk.sims()].reverse(),
        fleets: desk.fleets(),
      };
    },
  };
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly operation: Operation;
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/v1\/ESimProfiles$/, operation: 'create' },
  { method: 'GET', path: /^\/v1\/ESimProfiles$/, operation: 'list' },
  { method: 'GET', path: /^\/v1\/ESimProfiles\/[^/]+$/, operation: 'fetch' },
  { method: 'GET', path: /^\/v1\/Sims$/, operation: 'listSims' },
  { method: 'GET', path: /^\/v1\/Sims\/[^/]+$/, operation: 'fetchSim' },
  { method: 'POST', path: /^\/v1\/Sims\/[^/]+$/, operation: 'updateSim' },
  { method: 'GET', path: /^\/v1\/Fleets$/, operation: 'listFleets' },
];

function operationOf(method: string, path: string): Operation {
  if (path === TOKEN_PATH && method === 'POST') return 'token';
  const route = ROUTES.find((one) => one.method === method && one.path.test(path));
  return route?.operation ?? 'other';
}

function isForm(request: ProviderRequest): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** Never with a client's secret in it. */
function parametersOf(operation: Operation, request: ProviderRequest, url: URL): Record<string, string> {
  const form = new URLSearchParams(request.body);
  if (operation === 'create' || operation === 'updateSim') return Object.fromEntries(form);
  if (operation !== 'token') return Object.fromEntries(url.searchParams);
  return Object.fromEntries(['grant_type', 'client_id'].map((name) => [name, form.get(name) ?? '']));
}
