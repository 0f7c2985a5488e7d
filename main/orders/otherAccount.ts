import { type Fault, fault } from '../../contract/fault.ts';

/** A fault for an order whose account is not set here. */
export function otherAccount(): Fault {
  return fault('account.none', {
    message: 'The account that this order belongs to is not set.',
    hint: 'Set that account again. The order is kept.',
  });
}
