import { type Family, OFF_AND_ON, RADIO_OFF_AND_ON, says } from './family.ts';

/**
 * Nordic Semiconductor nRF91. Known: `+CPINR` takes one key at a time and no wildcard, which the generic way does as well;
 * `+CFUN=0` powers modem and UICC off (nRF91 AT commands reference). There is no reset by AT. Generic: all else.
 */
export const nordic: Family = {
  name: 'nordic',
  matches: (identity) => says(identity, /nordic/i, /^nRF91/i),
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON],
};
