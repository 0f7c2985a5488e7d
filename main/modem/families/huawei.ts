import { type Family, OFF_AND_ON, RADIO_OFF_AND_ON, resetBy, says } from './family.ts';
import { known, numbersAfter } from './numbers.ts';

/**
 * Huawei. Known: `AT^CPIN?` answers the state, the tries left of what is asked for, then those of PUK, PIN, PUK2 and PIN2
 * (`^CPIN: READY,,10,3,10,3`; also in ModemManager); `AT^RESET` restarts the modem. Generic: all else.
 */
export const huawei: Family = {
  name: 'huawei',
  matches: (identity) => says(identity, /huawei/i),
  pinTries: {
    command: 'AT^CPIN?',
    parse(lines) {
      const numbers = numbersAfter(lines, '^CPIN');
      return numbers === null ? null : { pin: known(numbers[3]), puk: known(numbers[2]) };
    },
  },
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT^RESET')],
};
