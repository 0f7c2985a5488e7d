import { type EidCommand, type Family, OFF_AND_ON, RADIO_OFF_AND_ON, resetBy, says } from './family.ts';

/** `+SQNCCID: "8949…","8904…"`: ICCID, and the EID, which is empty with a plain SIM. */
const sqnccid: EidCommand = {
  name: 'sequans-ccid',
  commands: ['AT+SQNCCID'],
  answersOtherNumbers: true,
  elsewhere: 'never',
};

/**
 * Sequans. Known: `AT+SQNCCID` gives ICCID and EID, and `AT^RESET` resets the module (Monarch AT commands reference). Generic:
 * all else.
 */
export const sequans: Family = {
  name: 'sequans',
  matches: (identity) => says(identity, /sequans/i, /^(GM0[12]S|VZ\d{3}Q)/i),
  eid: [sqnccid],
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT^RESET')],
};
