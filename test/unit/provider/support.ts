import type { AccountOf } from '../../../contract/providerTable.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { startLimit } from '../../../main/provider/limit.ts';
import type { Fetch, FetchInit, ProviderDeps, ProviderObservation } from '../../../main/provider/provider.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';

export const ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};
export const SECRET = 'q8Zp3v+W/s-eCret&"value"=0123456789';
export const EID = '89049032123451234512345678901235';

/** One eSIM profile as the API gives it, with all its fields. */
export function wireProfile(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sid: `HP${'c'.repeat(32)}`,
    account_sid: ACCOUNT.accountSid,
    iccid: null,
    sim_sid: null,
    status: 'new',
    eid: EID,
    smdp_plus_address: null,
    matching_id: null,
    activation_code: null,
    error_code: null,
    error_message: null,
    date_created: '2026-11-24T08:00:00Z',
    date_updated: '2026-11-24T08:00:00Z',
    url: `https://supersim.twilio.com/v1/ESimProfiles/HP${'c'.repeat(32)}`,
    ...fields,
  };
}

export function jsonResponse(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}

export function listPage(profiles: unknown[], nextPageUrl: string | null = null): unknown {
  return { esim_profiles: profiles, meta: { key: 'esim_profiles', page: 0, next_page_url: nextPageUrl } };
}

export interface SentRequest {
  readonly url: string;
  readonly init: FetchInit;
}

/** What a scripted `fetch` does for a request: answer, throw, or never settle. */
export type Step = Response | Error | 'hang' | ((request: SentRequest) => Response | Error | 'hang');

/** A `fetch` that answers from a script, the last step for all further requests, and keeps what it was asked. */
export function scriptedFetch(...steps: Step[]): { fetch: Fetch; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const fetch: Fetch = async (url, init) => {
    const request = { url, init };
    sent.push(request);
    const step = steps[Math.min(sent.length, steps.length) - 1];
    const done = typeof step === 'function' ? step(request) : step;
    if (done === undefined || done === 'hang') return new Promise<Response>(() => undefined);
    if (done instanceof Error) throw done;
    return done.clone();
  };
  return { fetch, sent };
}

/** undici's way to say that something broke: a `TypeError` around a cause with a code. */
export function undiciError(code: string, message = code, syscall?: string): Error {
  const cause = Object.assign(new Error(message), { code, ...(syscall === undefined ? {} : { syscall }) });
  return new TypeError('fetch failed', { cause });
}

export interface Rig {
  readonly deps: ProviderDeps;
  readonly clock: FakeClock;
  readonly observations: ProviderObservation[];
}

export function rig(fetch: Fetch, parts: Partial<ProviderDeps> & { secretIs?: Result<string> } = {}): Rig {
  const clock = createFakeClock();
  const observations: ProviderObservation[] = [];
  const { secretIs, ...deps } = parts;
  return {
    clock,
    observations,
    deps: {
      fetch,
      clock,
      secret: async () => secretIs ?? ok(SECRET),
      random: () => 0.5,
      observe: (observation) => observations.push(observation),
      userAgent: 'eSIM-Bench/test',
      ...deps,
    },
  };
}

/** A limit far away, for pieces that need one. */
export function farLimit() {
  return startLimit(createFakeClock(), 60_000);
}
