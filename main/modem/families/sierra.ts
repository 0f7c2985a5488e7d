import {
  type EidCommand,
  type Family,
  OFF_AND_ON,
  RADIO_OFF_AND_ON,
  RESET,
  resetBy,
  says,
} from './family.ts';
import { pinPin2PukPuk2 } from './numbers.ts';

/** HL7800: ICCID and EID in one answer; what divides them is not known, so that the EID is sought in the digits. */
const ccid: EidCommand = {
  name: 'hl78-ccid',
  commands: ['AT+CCID'],
  answersOtherNumbers: true,
  elsewhere: 'never',
};

/**
 * Sierra Wireless, Semtech. Known: `AT+CCID` with the EID (HL7800); no `+CCHC` on EM9191; `AT+CPINC?` gives the tries left
 * as PIN, PIN2, PUK, PUK2; `AT!RESET` resets EM and MC modules (Sierra's AT command references). Generic: all else.
 */
export const sierra: Family = {
  name: 'sierra',
  matches: (identity) => says(identity, /sierra|semtech/i, /^HL78|^(EM|MC)(74|75|91)\d\d/i),
  eid: [ccid],
  pinTries: { command: 'AT+CPINC?', parse: (lines) => pinPin2PukPuk2(lines, '+CPINC') },
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT!RESET'), RESET],
};
