import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import type { Authority } from './authority.ts';
import { outcomeOf } from './createOutcome.ts';
import { unreadableFault } from './errors.ts';
import { LIST_BYTES, listAll, listOne, type PageKind } from './lists.ts';
import { readPage } from './paging.ts';
import { readProfile } from './profile.ts';
import type {
  CreateOutcome,
  CreateRequest,
  Profile,
  ProfileFilter,
  ProfileHistory,
  Provider,
  ProviderClient,
  ProviderDeps,
} from './provider.ts';
import { about, isSid } from './sid.ts';
import { simOperations } from './sims.ts';
import { createSuperSimCalls, type Reading, type SuperSimCalls } from './superSimCalls.ts';

const PROFILES = '/v1/ESimProfiles';

/** The form of a create request; an order by EID and one by matching ID never share it (what both together mean is not known). */
export function createForm(request: CreateRequest): URLSearchParams {
  const form = new URLSearchParams();
  if (request.target.kind === 'eid') form.set('Eid', request.target.eid);
  else form.set('GenerateMatchingId', 'true');
  if (request.callback !== null) {
    form.set('CallbackUrl', request.callback.url);
    form.set('CallbackMethod', request.callback.method);
  }
  return form;
}

/** The query of a list request. */
export function listQuery(filter: ProfileFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.eid !== undefined) query.set('Eid', filter.eid);
  if (filter.simSid !== undefined) query.set('SimSid', filter.simSid);
  if (filter.status !== undefined) query.set('Status', filter.status);
  if (filter.pageSize !== undefined) query.set('PageSize', String(filter.pageSize));
  return query;
}

/**
 * The operations of the Super SIM API, which Twilio made and KORE took over: same paths, forms, fields and errors.
 * What differs comes in as `authority`.
 */
export function createSuperSimProvider(
  endpoint: string,
  authority: Authority,
  deps: ProviderDeps,
): ProviderClient {
  const calls = createSuperSimCalls(endpoint, authority, deps);
  return { ...profileOperations(calls), ...simOperations(calls) };
}

function profileOperations(calls: SuperSimCalls): Provider & ProfileHistory {
  const listAddress = (filter: ProfileFilter) => calls.address(PROFILES, listQuery(filter));
  return {
    create(request, options) {
      const url = calls.address(PROFILES).href;
      return calls.post(url, createForm(request), outcomeOf, notSent, 'once', options);
    },
    list: (filter, options) => listAll(calls, listAddress(filter), filter.pageSize, PAGES, options),
    page: (filter, cursor, options) =>
      listOne(calls, listAddress(filter), filter.pageSize, cursor, PAGES, options),
    async fetch(sid, options) {
      if (!isSid(sid))
        return fail(
          fault('usage.invalid', { message: 'The SID of a profile has letters and digits alone.' }),
        );
      return calls.get(calls.address(`${PROFILES}/${sid}`).href, readingOfProfile(sid), options);
    },
    check(options) {
      const url = listAddress({ pageSize: 1 }).href;
      return calls.get(url, readingOfCheck, options, LIST_BYTES);
    },
  };
}

const PAGES: PageKind<Profile> = { what: 'profiles', read: readPage };

function notSent(reason: Fault): CreateOutcome {
  return { kind: 'notProcessed', fault: reason, retryAfterMs: null };
}

function readingOfProfile(sid: string): Reading<Profile> {
  return (value, answer, redactor) => {
    const read = about(readProfile(value), sid);
    return read.ok ? ok(read.entry) : fail(unreadableFault(answer, read.why, redactor));
  };
}

/** The list may be empty, but it has to be one: a page that answers 200 to everything is no provider. */
const readingOfCheck: Reading<null> = (value, answer, redactor) => {
  const page = readPage(value);
  return page.ok ? ok(null) : fail(unreadableFault(answer, page.why, redactor));
};
