import { type Family, says } from './family.ts';
import { known, numbersAfter } from './numbers.ts';

/** ZTE. Known: `AT+ZPINPUK=?` gives the tries left of PIN and PUK. Generic: all else. */
export const zte: Family = {
  name: 'zte',
  matches: (identity) => says(identity, /\bzte\b/i),
  pinTries: {
    command: 'AT+ZPINPUK=?',
    parse(lines) {
      const numbers = numbersAfter(lines, '+ZPINPUK');
      return numbers === null ? null : { pin: known(numbers[0]), puk: known(numbers[1]) };
    },
  },
};
