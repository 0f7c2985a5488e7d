import type { Order } from '../../contract/order.ts';
import { type AccountRef, accountKey } from './record.ts';

/** Fewer than this say nothing. */
const FEWEST = 3;
/** How many of the latest orders count: a provider's pace changes. */
const LATEST = 50;

/** How long an order took from the request to `available`, ms; null where it was not sent by us or skipped that step. */
function msToAvailable(order: Order): number | null {
  const available = order.history.find((entry) => entry.status === 'available');
  if (available === undefined) return null;
  // The last request before: the ones before it were not processed.
  const sent = order.history.findLast((entry) => entry.status === 'sending');
  if (sent === undefined || available.at < sent.at) return null;
  return available.at - sent.at;
}

/**
 * How long the orders of an account usually take from the request to `available`: the median, in ms; null while there are
 * fewer than three to say it from.
 * @param orders newest first.
 */
export function usualMsToAvailable(orders: Iterable<Order>, account: AccountRef): number | null {
  const durations: number[] = [];
  for (const order of orders) {
    if (accountKey(order.account) !== accountKey(account)) continue;
    const ms = msToAvailable(order);
    if (ms !== null) durations.push(ms);
    if (durations.length === LATEST) break;
  }
  if (durations.length < FEWEST) return null;
  durations.sort((a, b) => a - b);
  const middle = durations.length / 2;
  const upper = durations[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((durations[middle - 1] ?? 0) + upper) / 2 : upper;
}
