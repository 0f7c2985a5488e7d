import { concatBytes } from './hex.ts';

/** Highest logical channel number (ETSI TS 102 221 §10.1.1). */
export const MAX_CHANNEL = 19;

const FIRST_FURTHER_CHANNEL = 4;
const CHANNEL_BITS = 0x03;
const FURTHER_CHANNEL_BITS = 0x0f;
/** Marks a class byte for channels 4 to 19 (b7). */
const FURTHER = 0x40;
/** Secure messaging: two bits for channels 0 to 3 (b4, b3), one for the others (b6). */
const SECURE_BITS = 0x0c;
const FURTHER_SECURE_BIT = 0x20;

/**
 * Codes a logical channel into a class byte (ETSI TS 102 221 §10.1.1, ISO/IEC 7816-4 §5.4.1): channels 0 to 3 in two
 * bits (`0X`, `8X`, `AX`), 4 to 19 less four in four bits (`4X`, `6X`, `CX`, `EX`).
 * @param cla a class byte of channel 0: `00`, `80`.
 * @returns null where there is no such channel, or where the class byte cannot carry one.
 */
export function classForChannel(cla: number, channel: number): number | null {
  if (!Number.isInteger(channel) || channel < 0 || channel > MAX_CHANNEL) return null;
  if (!Number.isInteger(cla) || cla < 0 || cla > 0xff || (cla & FURTHER) !== 0) return null;
  if (channel < FIRST_FURTHER_CHANNEL) return (cla & ~CHANNEL_BITS) | channel;
  const secure = (cla & SECURE_BITS) === 0 ? 0 : FURTHER_SECURE_BIT;
  return (cla & 0x80) | FURTHER | secure | ((channel - FIRST_FURTHER_CHANNEL) & FURTHER_CHANNEL_BITS);
}

/** The same command for another channel; null as with `classForChannel`. */
export function onChannel(apdu: Uint8Array, channel: number): Uint8Array | null {
  const cla = classForChannel(apdu[0] ?? 0, channel);
  if (cla === null || apdu.length < 4) return null;
  const coded = Uint8Array.from(apdu);
  coded[0] = cla;
  return coded;
}

interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** At most 255 bytes. */
  readonly data?: Uint8Array;
  /** How much is expected back: 1 to 256. Left out: nothing is said of it. */
  readonly le?: number;
}

const LONGEST_DATA = 255;

/** A command APDU with short lengths (ISO/IEC 7816-4 §5.1). Throws where data is too long: that is a fault of ours. */
export function commandApdu({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
  if (data !== undefined && data.length > LONGEST_DATA) throw new RangeError('APDU data is too long');
  return concatBytes(
    Uint8Array.of(cla, ins, p1, p2),
    data === undefined || data.length === 0
      ? new Uint8Array()
      : concatBytes(Uint8Array.of(data.length), data),
    // 256 is written 00.
    le === undefined ? new Uint8Array() : Uint8Array.of(le & 0xff),
  );
}

/** GET RESPONSE (ETSI TS 102 221 §11.1.18 on channel 0). */
export function getResponse(le: number): Uint8Array {
  return commandApdu({ cla: 0x00, ins: 0xc0, p1: 0, p2: 0, le });
}

/** SELECT by application identifier, first or only occurrence, with its FCI (ISO/IEC 7816-4 §11.2.2). */
export function selectByAid(aid: Uint8Array): Uint8Array {
  return commandApdu({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: aid });
}

/** MANAGE CHANNEL, open: the card chooses the number and answers it (ETSI TS 102 221 §11.1.17). */
export const OPEN_CHANNEL: Uint8Array = commandApdu({ cla: 0x00, ins: 0x70, p1: 0x00, p2: 0x00, le: 1 });

/** MANAGE CHANNEL, close, sent on channel 0. */
export function closeChannel(channel: number): Uint8Array {
  return concatBytes(commandApdu({ cla: 0x00, ins: 0x70, p1: 0x80, p2: channel }), Uint8Array.of(0));
}

/**
 * STORE DATA with an ES10 request (GSMA SGP.22 §5.7.2), in blocks of 255 bytes: P1 `11` for blocks that others follow,
 * `91` for the last; P2 counts them. Without Le, since modems differ in what they make of it.
 */
export function storeData(request: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < request.length; at += LONGEST_DATA) {
    const last = at + LONGEST_DATA >= request.length;
    blocks.push(
      commandApdu({
        cla: 0x80,
        ins: 0xe2,
        p1: last ? 0x91 : 0x11,
        p2: blocks.length,
        data: request.subarray(at, at + LONGEST_DATA),
      }),
    );
  }
  return blocks;
}
