/** Command APDUs as a card takes them apart (ISO/IEC 7816-4 §5, TS 102 221 §10.1). */

/** Status words that the virtual card gives (TS 102 221 §10.2.1). */
export const SW = {
  ok: 0x9000,
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  chainingNotSupported: 0x6884,
  securityNotSatisfied: 0x6982,
  pinBlocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  noFileSelected: 0x6986,
  wrongData: 0x6a80,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  tooLong: 0x6a84,
  wrongP1P2: 0x6a86,
  referenceNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  insNotSupported: 0x6d00,
  claNotSupported: 0x6e00,
} as const;

export interface CommandApdu {
  /** Channel 0 to 19, out of the class byte. */
  readonly channel: number;
  /** `interindustry` (ISO) or `uicc` (the `8X`, `CX` range, where STORE DATA lives). */
  readonly space: 'interindustry' | 'uicc';
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** What is expected back, 1 to 256; null where the command says nothing. */
  readonly le: number | null;
}

/**
 * The channel and the command space that a class byte names (TS 102 221 table 10.2 and 10.3): `0X` and `8X`
 * carry channels 0 to 3 in their low two bits, `4X` and `CX` channels 4 to 19 in their low four. The status
 * word where a card without secure messaging and chaining refuses it.
 */
export function readClass(cla: number): Pick<CommandApdu, 'channel' | 'space'> | number {
  const space = (cla & 0x80) === 0 ? 'interindustry' : 'uicc';
  switch (cla & 0x70) {
    case 0x00:
      return (cla & 0x0c) === 0 ? { channel: cla & 0x03, space } : SW.secureMessagingNotSupported;
    case 0x10:
      return SW.chainingNotSupported;
    case 0x40:
      return { channel: 4 + (cla & 0x0f), space };
    case 0x60:
      return SW.secureMessagingNotSupported;
    case 0x50:
      return SW.chainingNotSupported;
    default:
      return SW.claNotSupported;
  }
}

/** The class byte of `cla`'s own space for another channel; how a modem that owns the channel rewrites it. */
export function classForChannel(cla: number, channel: number): number {
  const space = cla & 0x80;
  return channel < 4 ? space | channel : space | 0x40 | (channel - 4);
}

/**
 * Takes a short command apart; the status word where it cannot. Extended lengths are not for these cards:
 * `6700`.
 */
export function readCommand(bytes: Uint8Array): CommandApdu | number {
  const [cla, ins, p1, p2, p3] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return SW.wrongLength;
  const where = readClass(cla);
  if (typeof where === 'number') return where;
  const header = { ...where, ins, p1, p2 };
  if (p3 === undefined) return { ...header, data: new Uint8Array(0), le: null };
  if (bytes.length === 5) return { ...header, data: new Uint8Array(0), le: p3 === 0 ? 256 : p3 };
  const data = bytes.slice(5, 5 + p3);
  if (data.length < p3) return SW.wrongLength;
  if (bytes.length === 5 + p3) return { ...header, data, le: null };
  if (bytes.length > 6 + p3) return SW.wrongLength;
  const le = bytes[5 + p3];
  return { ...header, data, le: le === 0 || le === undefined ? 256 : le };
}

/** Data and status word as one response APDU. */
export function response(data: Uint8Array, sw: number): Uint8Array {
  return Uint8Array.from([...data, sw >> 8, sw & 0xff]);
}
