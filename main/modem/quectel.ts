import type { VendorEid } from './vendor.ts';

/**
 * `AT+QESIM="eid"` → `+QESIM: "eid",8903…`, with the EID in quotes or not, and with a result code before it on some
 * modules; ERROR on modules without the command.
 */
export const quectel: VendorEid = {
  name: 'quectel',
  matches: ({ manufacturer }) => /quectel/i.test(manufacturer ?? ''),
  commands: [{ command: 'AT+QESIM="eid"' }],
  answersOtherNumbers: false,
  hintWhenRefused:
    'The LPA of this modem may hold the eUICC. Send AT+QESIM="lpa_enable",0, restart the modem, and try again.',
};
