import { type Family, says } from './family.ts';

/**
 * Foxconn, also as Dell (T99W175, DW5821e, DW5930e …). Known: `AT^SWITCH_SLOT?` answers `SIM1 ENABLE`, and
 * `AT^SWITCH_SLOT=0` or `1` makes SIM1 or SIM2 the active one; with T99W175 the eUICC is SIM2. Generic: all else.
 */
export const foxconn: Family = {
  name: 'foxconn',
  matches: (identity) => says(identity, /foxconn|hon hai|\bdell\b/i, /^(T99W|T77W|DW5[89])/i),
  slots: {
    read: 'AT^SWITCH_SLOT?',
    parse(lines) {
      const slot = lines
        .map((line) => /\bSIM([12])\s+ENABLE/i.exec(line)?.[1])
        .find((digit) => digit !== undefined);
      return slot === undefined ? null : Number(slot);
    },
    set: (slot) => `AT^SWITCH_SLOT=${slot - 1}`,
    labels: ['SIM1', 'SIM2'],
  },
};
