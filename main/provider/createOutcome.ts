import { unreadableFault } from './errors.ts';
import { readProfile } from './profile.ts';
import type { CreateOutcome } from './provider.ts';
import type { Redactor } from './redact.ts';
import type { Reply } from './reply.ts';

type Meaning = Exclude<CreateOutcome['kind'], 'created'>;

interface Row {
  /** Whether the row needs an error in one of the provider's own shapes. */
  readonly recognised: boolean;
  readonly statuses: (status: number) => boolean;
  readonly meaning: Meaning;
}

/**
 * What a status other than 2xx says about a create; the first row that fits. "Not processed" and "refused" must be certain, since
 * the one is repeated and the other is ordered again by a person: either may cost a second profile. What no row knows is
 * `unknown`, and the provider's list will say.
 */
const ROWS: readonly Row[] = [
  // The concurrency limit: the request was not processed. 407: a proxy that wants a login forwards nothing before.
  { recognised: false, statuses: (status) => status === 429 || status === 407, meaning: 'notProcessed' },
  // Credentials are checked before anything is done.
  { recognised: false, statuses: (status) => status === 401, meaning: 'refused' },
  // These may be said of a request that is still going on, or was given up by something on the way: time-out, conflict, too
  // early, and the gateways' own "client closed request".
  {
    recognised: false,
    statuses: (status) => [408, 409, 425, 499].includes(status),
    meaning: 'unknown',
  },
  // Only with the provider's own words: a filtering proxy answers 403 too, and may do so when it blocks the answer on its way
  // back, after the request was processed.
  { recognised: true, statuses: (status) => status >= 400 && status < 500, meaning: 'refused' },
  // Left over: 3xx (whoever redirects may have acted before: 303 says so), 5xx, and 4xx in somebody else's words.
];

/** What became of a create request, from the reply to it. */
export function outcomeOf(reply: Reply, redactor: Redactor): CreateOutcome {
  switch (reply.kind) {
    case 'good': {
      const read = readProfile(reply.value);
      if (!read.ok) return { kind: 'unknown', fault: unreadableFault(reply.answer, read.why, redactor) };
      // A profile without a sid cannot be asked about; the list may know it.
      if (read.entry.sid === null)
        return { kind: 'unknown', fault: unreadableFault(reply.answer, 'a profile without a sid', redactor) };
      return { kind: 'created', profile: read.entry };
    }
    case 'bad':
    case 'none':
      return failureOf(reply);
  }
}

/** What became of a request to change something that did not bring a good answer. */
export function failureOf(
  reply: Exclude<Reply, { kind: 'good' }>,
): Exclude<CreateOutcome, { kind: 'created' }> {
  if (reply.kind === 'none')
    return reply.failure.reach === 'neverOpened'
      ? { kind: 'notProcessed', fault: reply.fault, retryAfterMs: null }
      : { kind: 'unknown', fault: reply.fault };
  const { answer, recognised, fault } = reply;
  const row = ROWS.find(
    (candidate) => candidate.statuses(answer.status) && (recognised || !candidate.recognised),
  );
  const kind = row?.meaning ?? 'unknown';
  return kind === 'notProcessed' ? { kind, fault, retryAfterMs: answer.retryAfterMs } : { kind, fault };
}
