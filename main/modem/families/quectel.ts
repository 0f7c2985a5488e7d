import { withoutPrefix } from '../fields.ts';
import { type EidCommand, type Family, OFF_AND_ON, RESET, says } from './family.ts';
import { known } from './numbers.ts';

/** `+QESIM: "eid",8903…`, with the EID in quotes or not, and with a result code before it on some modules. */
const qesim: EidCommand = {
  name: 'quectel',
  commands: ['AT+QESIM="eid"'],
  answersOtherNumbers: false,
  elsewhere: 'beforeTheRest',
};

/**
 * Quectel. Known: `AT+QESIM="eid"` (ERROR on modules without it); `AT+QUIMSLOT` for the slots 1 and 2 and
 * `AT+QPINC="SC"` for the tries left, as in Quectel's AT manuals (EM05, RG50xQ/RM5xxQ, BG95); that an LPA of its own may hold
 * the ISD-R (RG650E). The SIM starts anew with `+CFUN=0` and `1`. Generic: all else.
 */
export const quectel: Family = {
  name: 'quectel',
  matches: (identity) => says(identity, /quectel/i),
  eid: [qesim],
  slots: {
    read: 'AT+QUIMSLOT?',
    parse(lines) {
      const slot = lines.map((line) => /^([12])$/.exec(withoutPrefix(line, '+QUIMSLOT'))?.[1]).find(Boolean);
      return slot === undefined ? null : Number(slot);
    },
    set: (slot) => `AT+QUIMSLOT=${slot}`,
    labels: ['SIM1', 'SIM2'],
  },
  pinTries: {
    command: 'AT+QPINC="SC"',
    parse(lines) {
      for (const line of lines) {
        const found = /^"?SC"?\s*,\s*(\d+)\s*,\s*(\d+)/i.exec(withoutPrefix(line, '+QPINC'));
        if (found !== null) return { pin: known(Number(found[1])), puk: known(Number(found[2])) };
      }
      return null;
    },
  },
  restarts: [OFF_AND_ON, RESET],
  hintWhenRefused:
    'The LPA of this modem may hold the eUICC. Send AT+QESIM="lpa_enable",0, restart the modem, and try again.',
};
