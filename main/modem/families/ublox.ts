import { type Family, OFF_AND_ON, resetBy, says } from './family.ts';
import { pinPin2PukPuk2 } from './numbers.ts';

/**
 * u-blox. Known: `AT+UPINCNT` gives the tries left as PIN, PIN2, PUK, PUK2 (also in ModemManager's tests); `AT+CFUN=15`
 * resets module and SIM (u-blox AT commands manual). Generic: all else.
 */
export const ublox: Family = {
  name: 'ublox',
  matches: (identity) => says(identity, /u-?blox/i),
  pinTries: { command: 'AT+UPINCNT', parse: (lines) => pinPin2PukPuk2(lines, '+UPINCNT') },
  restarts: [OFF_AND_ON, resetBy('AT+CFUN=15')],
};
