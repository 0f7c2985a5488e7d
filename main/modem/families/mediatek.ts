import { type Family, OFF_AND_ON, RADIO_OFF_AND_ON, resetBy, says } from './family.ts';
import { eidCommand, gtDualSim } from './fibocom.ts';

/**
 * MediaTek T700, as in Fibocom FM350-GL and what is sold of it under other names. Known: it answers `+CCHO` and `+CGLA`
 * without their prefixes; EID and slots as Fibocom's; the eUICC is in the second slot of the FM350-GL with one built in.
 * Generic: all else.
 */
export const mediatek: Family = {
  name: 'mediatek',
  matches: (identity) => says(identity, /mediatek|\bMTK\b/i, /\bFM350|\bT700\b/i),
  eid: [eidCommand],
  slots: gtDualSim,
  restarts: [OFF_AND_ON, RADIO_OFF_AND_ON, resetBy('AT+CFUN=15')],
};
