import type { Profile } from '../provider/provider.ts';
import type { OrderRecord, SentAt } from './record.ts';

/**
 * How much earlier than the request a profile may seem to have been made, ms. By the provider's own clock little: its `Date` has
 * whole seconds, and its machines may differ by some. Where only ours is known much: it may have been set by an hour.
 */
const MARGIN_MS: Record<SentAt['by'], number> = { provider: 120_000, local: 7_200_000 };

/**
 * For an order by EID the profiles that were there before are known by SID, so time matters little; a wide margin is the
 * safe side, since a profile of that EID does as well.
 */
const EID_MARGIN_MS = 7_200_000;

/**
 * The profiles that may have come of an order whose answer is missing: of its account, for its EID (or for none, where a
 * matching ID was ordered), made since the request left less a margin for clocks, not there before, and not the profile
 * of another order. In the order in which they were made.
 * @param profiles every page of the provider's list
 * @param taken SIDs that orders of the ledger have
 */
export function candidatesOf(
  { order, trail }: OrderRecord,
  profiles: readonly Profile[],
  taken: ReadonlyMap<string, string>,
): Profile[] {
  const known = new Set(trail.knownSids);
  const earliest = earliestOf(order.kind, trail.sentAt);
  return profiles
    .filter(
      ({ sid, eid, accountSid, dateCreated }) =>
        sid !== null &&
        !taken.has(sid) &&
        !known.has(sid) &&
        eid === order.eid &&
        (accountSid === null ||
          !isAccountSid(order.account.accountSid) ||
          accountSid === order.account.accountSid) &&
        !(createdAt(dateCreated) < earliest),
    )
    .sort((a, b) => (createdAt(a.dateCreated) || 0) - (createdAt(b.dateCreated) || 0));
}

/** A client id of another provider says nothing of the Account SID that its profiles have. */
function isAccountSid(text: string): boolean {
  return /^AC[0-9a-f]{32}$/i.test(text);
}

/** Whether a profile may be one that a matching-ID order asked for; what is kept of the pages of a long list. */
export function mayBeUnclaimed(profile: Profile): boolean {
  return profile.eid === null && profile.sid !== null;
}

function earliestOf(kind: 'eid' | 'matchingId', sentAt: SentAt | null): number {
  if (sentAt === null) return Number.NEGATIVE_INFINITY;
  return sentAt.ms - (kind === 'eid' ? EID_MARGIN_MS : MARGIN_MS[sentAt.by]);
}

/** ms since 1970; NaN, which is before nothing, where the provider does not say. */
function createdAt(date: string | null): number {
  if (date === null) return Number.NaN;
  // Times are GMT; one without a zone would be read as local.
  return Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(date) ? `${date}Z` : date);
}
