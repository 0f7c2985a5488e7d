import type { Order } from '../../contract/order.ts';
import { orderTitle } from '../features/orders/orderWords.ts';
import { nameOfSim } from '../features/sims/namePreview.ts';
import { mayWish } from '../features/sims/simStanding.ts';
import { simState } from '../features/sims/simWords.ts';
import { tail } from '../format/digits.ts';

export interface SimEntry {
  readonly orderId: string;
  readonly label: string;
  readonly description: string;
}

const WORDS = 'activate the sim of';
/** More are not offered: who types more letters finds the one that is meant. */
const MOST = 5;

/**
 * The Sims that the palette offers to activate: those of the orders that fit the query, where it is about Sims at all; without a query
 * that of the order in sight. The order in sight comes first.
 */
export function simEntries(
  orders: readonly Order[],
  words: readonly string[],
  inSight: string | null,
): SimEntry[] {
  const first = orders.find(({ id }) => id === inSight);
  if (words.length === 0) return first !== undefined && mayWish(first) ? [entryOf(first)] : [];
  if (!words.some((word) => WORDS.includes(word))) return [];
  const found: SimEntry[] = [];
  for (const order of first === undefined ? orders : [first, ...orders.filter((each) => each !== first)]) {
    if (found.length >= MOST) break;
    if (order.archivedAt !== null || !mayWish(order)) continue;
    const hay = [WORDS, orderTitle(order), order.eid, order.iccid, order.simSid, nameOfSim(order)]
      .join(' ')
      .toLowerCase();
    if (words.every((word) => hay.includes(word))) found.push(entryOf(order));
  }
  return found;
}

function entryOf(order: Order): SimEntry {
  const what =
    order.iccid === null
      ? order.eid === null
        ? null
        : `EID ${tail(order.eid)}`
      : `ICCID ${tail(order.iccid)}`;
  return {
    orderId: order.id,
    label: `Activate the SIM of ${orderTitle(order)}`,
    description: [simState(order).word, what].filter((part) => part !== null).join(' · '),
  };
}
