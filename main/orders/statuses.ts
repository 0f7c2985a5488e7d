import { FINAL_STATUSES, type HistoryEntry, OWN_STATUSES, PROFILE_STATUSES } from '../../contract/order.ts';

const OWN: ReadonlySet<string> = new Set(OWN_STATUSES);

/** The steps of a profile that make its way. `failed` is no step: it may follow any. */
const STEPS: readonly string[] = PROFILE_STATUSES.filter((status) => status !== 'failed');

/** How far a status is along the way, from 0; -1 for one that is no step of it (`failed`, our own, unknown ones). */
export function stepOf(status: string): number {
  return STEPS.indexOf(status);
}

/** Whether nothing follows this status. */
export function isFinal(status: string): boolean {
  return FINAL_STATUSES.has(status);
}

/**
 * A provider's status as the ledger keeps it: as it is. One that the provider may add some day and that reads like one of
 * our own is marked, so that it is never taken for ours; an empty one gets a name.
 */
export function keptStatus(fromProvider: string): string {
  if (fromProvider.trim() === '') return 'unknown';
  return OWN.has(fromProvider) ? `provider:${fromProvider}` : fromProvider;
}

/** The furthest step that an order has reached, by its history; null where it has reached none. */
export function furthestStep(history: readonly HistoryEntry[]): string | null {
  let furthest = -1;
  for (const entry of history) furthest = Math.max(furthest, stepOf(entry.status));
  return STEPS[furthest] ?? null;
}

/**
 * The status that follows an answer of the provider. It may jump ahead and may be unknown, but never falls back behind
 * the furthest step reached: an answer that does is an old one (a replica of the provider's that lags), and a technician who
 * has seen `available` holds an activation code already.
 */
export function nextStatus(history: readonly HistoryEntry[], fromProvider: string): string {
  const kept = keptStatus(fromProvider);
  const step = stepOf(kept);
  const furthest = furthestStep(history);
  if (step < 0 || furthest === null || step >= stepOf(furthest)) return kept;
  return furthest;
}
