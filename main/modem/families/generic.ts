import { type EidCommand, type Family, GENERIC_RESTARTS, says } from './family.ts';

/** Unisoc and others: `+CEID: 8903…`; some answer another number, or `+CME ERROR: 22`. */
export const ceid: EidCommand = {
  name: 'ceid',
  commands: ['AT+CEID'],
  answersOtherNumbers: true,
  elsewhere: 'beforeTheRest',
};

/** 3GPP TS 27.007 from release 19 on. How it is asked and answered is not known here: any 32 digits are taken. */
const cgeuiccid: EidCommand = {
  name: 'cgeuiccid',
  commands: ['AT+CGEUICCID', 'AT+CGEUICCID?'],
  answersOtherNumbers: true,
  elsewhere: 'last',
};

/** Modems whose own command for the EID is `AT+CEID`. Generic: all else. */
export const unisoc: Family = {
  name: 'unisoc',
  matches: (identity) => says(identity, /unisoc|spreadtrum/i),
  eid: [ceid],
};

/**
 * What every modem is taken for that no other family claims: the standards, in all their forms. `+CCHO`/`+CGLA` or `+CSIM`
 * for the eUICC; `+CPINR` (TS 27.007 §8.65) for the tries left; `+CFUN` (§8.2) to start the SIM anew. No standard command
 * switches slots.
 */
export const generic: Family = {
  name: 'generic',
  matches: () => true,
  eid: [cgeuiccid],
  restarts: GENERIC_RESTARTS,
};
