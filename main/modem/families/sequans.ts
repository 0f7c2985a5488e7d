import { type Family, OFF_AND_ON, RADIO_OFF_AND_ON, resetBy, says } from './family.ts';

/** Sequans. Known: `AT^RESET` resets the module (Monarch AT commands reference). Generic: all else. */
export const sequans: Family = {
  name: 'sequans',
  matches: (identity) => says(identity, /sequans/i, /^(GM0[12]S|VZ\d{3}Q)/i),
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT^RESET')],
};
