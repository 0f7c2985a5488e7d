import { type Family, OFF_AND_ON, RADIO_OFF_AND_ON, resetBy, says } from './family.ts';
import { pinPin2PukPuk2 } from './numbers.ts';

/**
 * SIMCom. Known: `+CGLA:46,…` without a blank (A7908E); `AT+SPIC` gives the tries left as PIN, PIN2, PUK, PUK2, older ones
 * PIN alone; `AT+CRESET` resets the module (SIMCom's AT manuals). Generic: all else.
 */
export const simcom: Family = {
  name: 'simcom',
  matches: (identity) => says(identity, /simcom|simtech/i, /^SIM\d{3,4}|^A7\d{3}/i),
  pinTries: { command: 'AT+SPIC', parse: (lines) => pinPin2PukPuk2(lines, '+SPIC') },
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT+CRESET')],
};
