/**
 * Status words as words (ETSI TS 102 221 §10.2.1, ISO/IEC 7816-4 §5.6, GSMA SGP.22 §5.7). `x` stands for any digit; the
 * first row that fits counts.
 */
const MEANINGS: readonly (readonly [pattern: string, meaning: string])[] = [
  ['9000', 'done'],
  ['91XX', 'done, the card has something to say'],
  ['92XX', 'done, the card has something to say'],
  ['9300', 'the card is busy'],
  ['61XX', 'more data is there'],
  ['6200', 'nothing was changed'],
  ['6281', 'part of the data may be wrong'],
  ['6282', 'the data ended before what was asked for'],
  ['6283', 'the application is deactivated'],
  ['6285', 'the application is terminated'],
  ['62XX', 'done, with a warning'],
  ['6310', 'more data is there'],
  ['63CX', 'wrong PIN'],
  ['63XX', 'done, with a warning'],
  ['6400', 'nothing was changed: execution error'],
  ['6581', 'the memory has a fault'],
  ['65XX', 'execution error'],
  ['6700', 'wrong length'],
  ['6881', 'logical channels are not supported'],
  ['6882', 'secure messaging is not supported'],
  ['68XX', 'the class is not supported'],
  ['6981', 'the command does not fit the file'],
  ['6982', 'access is not allowed'],
  ['6983', 'the PIN is blocked'],
  ['6984', 'the reference data cannot be used'],
  ['6985', 'the conditions for this are not met'],
  ['6986', 'the command is not allowed'],
  ['6999', 'the application refused to be selected'],
  ['69XX', 'the command is not allowed'],
  ['6A80', 'wrong data'],
  ['6A81', 'not supported, or no channel is free'],
  ['6A82', 'not found'],
  ['6A83', 'the record was not found'],
  ['6A84', 'no memory is free'],
  ['6A86', 'wrong parameters'],
  ['6A87', 'length and parameters do not fit'],
  ['6A88', 'the referenced data was not found'],
  ['6AXX', 'wrong parameters'],
  ['6B00', 'wrong parameters'],
  ['6CXX', 'wrong expected length'],
  ['6D00', 'the command is not known'],
  ['6E00', 'the class is not known'],
  ['6FXX', 'technical problem'],
  ['98XX', 'a check of the application failed'],
];

const ROWS = MEANINGS.map(([pattern, meaning]) => ({
  pattern: new RegExp(`^${pattern.replaceAll('X', '.')}$`),
  meaning,
}));

/** Four hex digits: `6A82`. */
export function swText(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}

/** For people: `6A82 (not found)`. */
export function swWords(sw: number): string {
  const text = swText(sw);
  return `${text} (${ROWS.find(({ pattern }) => pattern.test(text))?.meaning ?? 'unknown'})`;
}

/** `9000`; or `91xx`, `92xx`: done while a proactive command waits (REFRESH), which the modem fetches by itself. */
export function isDone(sw: number): boolean {
  return sw === 0x9000 || sw >> 8 === 0x91 || sw >> 8 === 0x92;
}

/** `62xx`, `63xx`: done, though with something to say of it; `63Cx` counts tries and is none. */
export function isWarning(sw: number): boolean {
  return sw >> 8 === 0x62 || (sw >> 8 === 0x63 && (sw & 0xf0) !== 0xc0);
}

/** `65xx`, `6Fxx`: it went wrong inside the card, which does not say whether something was changed before. */
export function saysNothingOfState(sw: number): boolean {
  return sw >> 8 === 0x65 || sw >> 8 === 0x6f;
}

export const SW = {
  /** A proactive command is under way (TS 102 221 §10.2.1.2). */
  busy: 0x9300,
  notFound: 0x6a82,
  noChannel: 0x6a81,
  channelsUnsupported: 0x6881,
  /** Given for an application that is there but not to be selected. */
  refusedSelection: 0x6999,
  unknownCommand: 0x6d00,
  unknownClass: 0x6e00,
} as const;
