import { withoutPrefix } from '../fields.ts';
import {
  type EidCommand,
  type Family,
  OFF_AND_ON,
  RADIO_OFF_AND_ON,
  resetBy,
  type SlotCommands,
  says,
} from './family.ts';

/** `+EID: "8903…"`, and `+EID: ""` where the slot has no eUICC. */
export const eidCommand: EidCommand = {
  name: 'fibocom',
  commands: ['AT+EID?', 'AT+EID'],
  answersOtherNumbers: false,
  elsewhere: 'beforeTheRest',
};

/** `+GTDUALSIM : 0, "SUB1", "NR"`, a blank before the colon; the slots count from 0. */
export const gtDualSim: SlotCommands = {
  read: 'AT+GTDUALSIM?',
  parse(lines) {
    const slot = lines
      .map((line) => /^([01])\s*(?:,|$)/.exec(withoutPrefix(line, '+GTDUALSIM'))?.[1])
      .find((digit) => digit !== undefined);
    return slot === undefined ? null : Number(slot) + 1;
  },
  set: (slot) => `AT+GTDUALSIM=${slot - 1}`,
  labels: ['SIM1', 'SIM2'],
};

/**
 * Fibocom. Known: `AT+EID?`, `AT+EID`; `AT+GTDUALSIM` for two slots; `AT+CFUN=15` resets the module (Fibocom's AT manuals).
 * Generic: all else, `+CPINR` for the tries left among it. Modules with MediaTek's chip set are in mediatek.ts.
 */
export const fibocom: Family = {
  name: 'fibocom',
  matches: (identity) => says(identity, /fibocom/i),
  eid: [eidCommand],
  slots: gtDualSim,
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT+CFUN=15')],
};
