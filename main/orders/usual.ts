import type { Order } from '../../contract/order.ts';

/** Fewer than this say nothing. */
const FEWEST = 3;
/** How many of the latest orders count: a provider's pace changes. */
export const LATEST_THAT_COUNT = 50;

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
 * How long orders usually take from the request to `available`: the median, in ms; null while there are fewer than three to say
 * it from.
 * @param orders the latest ones of one account
 */
export function usualMsToAvailable(orders: readonly Order[]): number | null {
  const durations = orders
    .map(msToAvailable)
    .filter((ms) => ms !== null)
    .sort((a, b) => a - b);
  if (durations.length < FEWEST) return null;
  const middle = durations.length / 2;
  const upper = durations[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((durations[middle - 1] ?? 0) + upper) / 2 : upper;
}
