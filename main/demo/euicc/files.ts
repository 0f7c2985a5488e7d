import { fromHex } from '../bytes.ts';
import { iccidBytes, imsiBytes } from '../digits.ts';
import type { Subscription } from './card.ts';
import { tlv } from './tlv.ts';

/** The few files that a modem reads at power-on (TS 102 221 §13, 3GPP TS 31.102 §4). */
export interface CardFile {
  /** Four hex digits. */
  readonly fid: string;
  /** Null for a directory. */
  readonly content: Uint8Array | null;
  /** Readable only once the PIN is verified. */
  readonly needsPin: boolean;
}

/** The file of that identifier, or null where there is none for this subscription. */
export function findFile(fid: string, subscription: Subscription | null): CardFile | null {
  if (fid === '3F00') return { fid, content: null, needsPin: false };
  if (subscription === null) return null;
  switch (fid) {
    case '7FFF':
      return { fid, content: null, needsPin: false };
    case '2FE2':
      return { fid, content: iccidBytes(subscription.iccid), needsPin: false };
    case '6F07':
      return { fid, content: imsiBytes(subscription.imsi), needsPin: true };
    default:
      return null;
  }
}

/** File control parameters, the template `62` that SELECT answers for a file (TS 102 221 §11.1.1.3). */
export function fileControlParameters(file: CardFile): Uint8Array {
  const id = tlv('83', fromHex(file.fid));
  const living = tlv('8A', Uint8Array.of(0x05));
  const rules = tlv('8B', fromHex('2F0602'));
  if (file.content === null) {
    const pinStatus = tlv('C6', tlv('90', Uint8Array.of(0x80)), tlv('83', Uint8Array.of(0x01)));
    return tlv('62', tlv('82', fromHex('7821')), id, living, rules, pinStatus);
  }
  const size = tlv('80', Uint8Array.of(file.content.length >> 8, file.content.length & 0xff));
  return tlv('62', tlv('82', fromHex('4121')), id, living, rules, size);
}
