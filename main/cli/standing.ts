import { isOpenActivation } from '../../contract/activation.ts';
import { type Order, SETTLED_STATUSES } from '../../contract/order.ts';

const FOR_TECHNICIAN: ReadonlySet<Order['heldFor']> = new Set(['choice', 'nothingFound', 'account']);

/** Whether an order waits for something that only a person can do. */
export function waitsForTechnician(order: Order): boolean {
  return FOR_TECHNICIAN.has(order.heldFor);
}

/** Whether an order has a Sim that is still to become what was wished. */
function isSimOpen({ activation, simSid, status }: Order): boolean {
  return isOpenActivation(activation) && simSid !== null && status !== 'failed';
}

/** Whether more happens to an order's Sim by itself. */
export function simGoesOn(order: Order): boolean {
  return isSimOpen(order) && order.activation?.heldFor !== 'account';
}

/** Whether an order is not settled yet, or its Sim not. */
export function isOpenOrder(order: Order): boolean {
  return !SETTLED_STATUSES.has(order.status) || isSimOpen(order);
}

/** Whether nothing more happens to an order by itself. */
export function standsStill(order: Order): boolean {
  return waitsForTechnician(order) || (SETTLED_STATUSES.has(order.status) && !simGoesOn(order));
}

/** What a person can do about an order that waits for one; null where it does not. */
export function remedyFor(order: Order): string | null {
  switch (order.heldFor) {
    case 'choice': {
      const sids = order.candidates.map(({ sid, status }) => `${sid} (${status})`).join(', ');
      const another = order.status === 'draft' ? ', or order another one with: order --eid … --another' : '';
      return `Choose its profile with: order choose ${order.id} --sid SID. There are: ${sids}${another}`;
    }
    case 'nothingFound':
      return `Look once more with: resume. Or order again with: order again ${order.id}`;
    case 'account':
      return 'Set the account with: account set. Then take it up with: resume';
    default:
      return remedyForSim(order);
  }
}

function remedyForSim({ activation, simSid }: Order): string | null {
  if (activation?.status === 'stopped') {
    return `Its SIM was left as it is: ${activation.fault?.message ?? ''} Try again with: sim activate --sid ${simSid} --fleet …`;
  }
  if (activation?.heldFor === 'account')
    return 'Set the account with: account set. Then take its SIM up with: resume';
  return null;
}
