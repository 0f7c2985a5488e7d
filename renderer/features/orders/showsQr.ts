import type { Order } from '../../../contract/order.ts';

/** Statuses in whose place something else stands than a QR. */
const WITHOUT_QR: ReadonlySet<string> = new Set(['failed', 'refused', 'unconfirmed', 'draft', 'cancelled']);

/** Whether an order is shown with its QR. */
export function showsQr(order: Pick<Order, 'heldFor' | 'lpa' | 'status'>): boolean {
  return order.lpa !== null && order.heldFor !== 'choice' && !WITHOUT_QR.has(order.status);
}
