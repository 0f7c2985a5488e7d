import { type Family, RADIO_OFF_AND_ON, RESET, resetBy, says } from './family.ts';
import { ofWhatIsAsked } from './numbers.ts';

/**
 * Telit. Known: `AT#PCT` gives the tries left of the key that is asked for; `AT#REBOOT` restarts the module; `+CFUN=0` may
 * make the AT port unreachable (Telit's AT references: "non-cyclic sleep"), so it is not used. Generic: all else.
 */
export const telit: Family = {
  name: 'telit',
  matches: (identity) => says(identity, /telit/i),
  pinTries: { command: 'AT#PCT', parse: (lines, asksFor) => ofWhatIsAsked(lines, '#PCT', asksFor) },
  restarts: [RADIO_OFF_AND_ON, resetBy('AT#REBOOT'), RESET],
};
