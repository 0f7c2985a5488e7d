import type { VendorEid } from './vendor.ts';

/** Unisoc and others: `AT+CEID` → `+CEID: 8903…`; some answer another number, or `+CME ERROR: 22`. */
export const ceid: VendorEid = {
  name: 'ceid',
  matches: ({ manufacturer }) => /unisoc|spreadtrum/i.test(manufacturer ?? ''),
  commands: [{ command: 'AT+CEID' }],
  answersOtherNumbers: true,
};
