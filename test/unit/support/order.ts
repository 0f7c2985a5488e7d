import type { Order } from '../../../contract/order.ts';

/** All of an order that may be empty, empty: what fixtures of orders begin with. */
export const NOTHING_KNOWN: Omit<
  Order,
  'id' | 'createdAt' | 'updatedAt' | 'status' | 'kind' | 'eid' | 'account'
> = {
  device: null,
  callback: null,
  sid: null,
  iccid: null,
  simSid: null,
  smdpAddress: null,
  matchingId: null,
  activationCode: null,
  lpa: null,
  confirmationCodeRequired: false,
  heldFor: null,
  candidates: [],
  fault: null,
  replaces: null,
  archivedAt: null,
  extra: {},
  activation: null,
  sim: null,
  history: [],
};
