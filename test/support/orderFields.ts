/** The fields of an order that the command line documents, in their order. */
export const ORDER_FIELDS = [
  'id',
  'status',
  'sid',
  'eid',
  'iccid',
  'simSid',
  'smdpAddress',
  'matchingId',
  'activationCode',
  'lpa',
  'sim',
  'activation',
  'error',
];
