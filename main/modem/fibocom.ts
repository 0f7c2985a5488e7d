import type { VendorEid } from './vendor.ts';

/** FM350 and relatives, also under other names: `AT+EID?` or `AT+EID` → `+EID: "8903…"`, `+EID: ""` without an eUICC. */
export const fibocom: VendorEid = {
  name: 'fibocom',
  matches: ({ manufacturer, model }) => /fibocom/i.test(manufacturer ?? '') || /\bFM350/i.test(model ?? ''),
  commands: [{ command: 'AT+EID?' }, { command: 'AT+EID' }],
  answersOtherNumbers: false,
};
