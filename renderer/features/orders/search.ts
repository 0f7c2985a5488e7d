import type { Order } from '../../../contract/order.ts';
import { groupOf, ORDER_GROUPS, type OrderGroup, orderWord } from './orderWords.ts';

const haystacks = new WeakMap<Order, string>();

/** Everything an order can be found by, in lower case. Kept per order object: orders are replaced, never changed. */
function haystack(order: Order): string {
  const known = haystacks.get(order);
  if (known !== undefined) return known;
  const made = [
    order.eid,
    order.iccid,
    order.sid,
    order.simSid,
    order.activation?.uniqueName,
    order.sim?.uniqueName,
    order.matchingId,
    order.smdpAddress,
    order.device?.name,
    order.device?.imei,
    order.id,
    order.status,
    orderWord(order.status).word,
    order.kind === 'matchingId' ? 'matching id' : null,
    order.fault?.code,
    order.fault?.providerCode,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join('\n')
    .toLowerCase();
  haystacks.set(order, made);
  return made;
}

/** The words of a query, each of which must be found. Digits grouped with blanks or dashes are one word. */
export function queryWords(query: string): string[] {
  return query
    .toLowerCase()
    .replace(/(?<=\d)[ -]+(?=\d)/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** @param also what the order is found by as well, in lower case: what is not written in the order itself */
export function matches(order: Order, words: readonly string[], also = ''): boolean {
  if (words.length === 0) return true;
  const hay = haystack(order);
  return words.every((word) => hay.includes(word) || also.includes(word));
}

export interface Found {
  readonly orders: Order[];
  /** How many the query finds in each group; `all` is all that are not archived. */
  readonly counts: Readonly<Record<OrderGroup, number>>;
}

/**
 * Orders of a group that hold every word of the query, newest first as they come.
 * @param also what an order is found by that is not written in it: the name of its account
 */
export function findOrders(
  orders: readonly Order[],
  query: string,
  group: OrderGroup,
  also: (order: Order) => string = () => '',
): Found {
  const words = queryWords(query);
  const counts: Record<OrderGroup, number> = {
    all: 0,
    open: 0,
    available: 0,
    done: 0,
    failed: 0,
    archived: 0,
  };
  const found: Order[] = [];
  for (const order of orders) {
    if (!matches(order, words, also(order))) continue;
    const its = groupOf(order);
    counts[its] += 1;
    if (its !== 'archived') counts.all += 1;
    if (group === 'all' ? its !== 'archived' : its === group) found.push(order);
  }
  return { orders: found, counts };
}

/** Groups worth a filter button: those that hold something, the chosen one, and always `all`. */
export function shownGroups(counts: Found['counts'], chosen: OrderGroup): OrderGroup[] {
  return ORDER_GROUPS.filter((group) => group === 'all' || group === chosen || counts[group] > 0);
}
