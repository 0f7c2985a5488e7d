import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok } from '../../contract/result.ts';
import { failureOf } from './createOutcome.ts';
import { unreadableFault } from './errors.ts';
import { listAll, type PageKind } from './lists.ts';
import { readPageOf } from './paging.ts';
import type { Fleet, Sim, SimFilter, SimOperations, SimUpdate, SimUpdateOutcome } from './provider.ts';
import type { Redactor } from './redact.ts';
import type { Reply } from './reply.ts';
import { about, isSid } from './sid.ts';
import { readFleet, readSim } from './sim.ts';
import { isRefusal, namingFault, SCHEDULED, simUpdateForm, wishFault } from './simUpdate.ts';
import type { Reading, SuperSimCalls } from './superSimCalls.ts';

const SIMS = '/v1/Sims';
const FLEETS = '/v1/Fleets';

/** The query of a list of Sims. */
export function simQuery(filter: SimFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.status !== undefined) query.set('Status', filter.status);
  if (filter.fleet !== undefined) query.set('Fleet', filter.fleet);
  if (filter.iccid !== undefined) query.set('Iccid', filter.iccid);
  if (filter.pageSize !== undefined) query.set('PageSize', String(filter.pageSize));
  return query;
}

/** The operations on Sims and Fleets, by the calls of one account. */
export function simOperations(calls: SuperSimCalls): SimOperations {
  return {
    async fetchSim(sid, options) {
      if (!isSid(sid)) return fail(noSid());
      return calls.get(calls.address(`${SIMS}/${sid}`).href, readingOfSim(sid), options);
    },
    async updateSim(sid, update, options) {
      const wrong = isSid(sid) ? wishFault(update) : noSid();
      if (wrong !== null) return { kind: 'refused', fault: wrong };
      const url = calls.address(`${SIMS}/${sid}`).href;
      const judge = (reply: Reply, redactor: Redactor) => outcomeOfUpdate(reply, sid, update, redactor);
      return calls.post(url, simUpdateForm(update), judge, notSent, 'again', options);
    },
    listSims: (filter, options) =>
      listAll(calls, calls.address(SIMS, simQuery(filter)), filter.pageSize, SIM_PAGES, options),
    listFleets: (filter = {}, options) =>
      listAll(calls, calls.address(FLEETS, simQuery(filter)), filter.pageSize, FLEET_PAGES, options),
  };
}

const SIM_PAGES: PageKind<Sim> = {
  what: 'Sims',
  read: (value) => readPageOf(value, 'sims', 'Sims', readSim),
};
const FLEET_PAGES: PageKind<Fleet> = {
  what: 'Fleets',
  read: (value) => readPageOf(value, 'fleets', 'Fleets', readFleet),
};

function readingOfSim(sid: string): Reading<Sim> {
  return (value, answer, redactor) => {
    const read = about(readSim(value), sid);
    return read.ok ? ok(read.entry) : fail(unreadableFault(answer, read.why, redactor));
  };
}

/** What became of a request to change a Sim, from the reply to it. */
export function outcomeOfUpdate(
  reply: Reply,
  sid: string,
  update: SimUpdate,
  redactor: Redactor,
): SimUpdateOutcome {
  if (reply.kind === 'good') {
    const read = about(readSim(reply.value), sid);
    if (!read.ok) return { kind: 'unknown', fault: unreadableFault(reply.answer, read.why, redactor) };
    const isScheduled = reply.answer.status === 202 || read.entry.status === SCHEDULED;
    return { kind: isScheduled ? 'scheduled' : 'updated', sim: read.entry };
  }
  const failure = failureOf(reply);
  const said = namingFault(failure.fault, update);
  // A conflict (409) may be said of a request that goes on, but not with one of these codes.
  if (isRefusal(said)) return { kind: 'refused', fault: said };
  return { ...failure, fault: said };
}

function notSent(reason: Fault): SimUpdateOutcome {
  return { kind: 'notProcessed', fault: reason, retryAfterMs: null };
}

function noSid(): Fault {
  return fault('usage.invalid', { message: 'The SID of a Sim has letters and digits alone.' });
}
