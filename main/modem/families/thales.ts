import { type Family, RADIO_OFF_AND_ON, RESET, says } from './family.ts';
import { ofWhatIsAsked } from './numbers.ts';

/**
 * Thales, before Gemalto and Cinterion. Known: `AT^SPIC` gives the tries left of the key that is asked for (also in
 * ModemManager); `+CFUN=0` may put the AT port to sleep (Cinterion's AT command sets), so it is not used. Generic: all else.
 */
export const thales: Family = {
  name: 'thales',
  matches: (identity) => says(identity, /thales|gemalto|cinterion/i),
  pinTries: { command: 'AT^SPIC', parse: (lines, asksFor) => ofWhatIsAsked(lines, '^SPIC', asksFor) },
  restarts: [RADIO_OFF_AND_ON, RESET],
};
