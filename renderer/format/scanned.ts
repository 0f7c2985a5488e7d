import { normaliseEid } from '../../contract/order.ts';
import { parseLpa } from './lpa.ts';

/** What a scanner, the clipboard or a QR in a picture gave. */
export type Scanned =
  | { readonly kind: 'eid'; readonly eid: string }
  /** An activation code: a profile, not a chip. */
  | { readonly kind: 'activationCode' }
  | { readonly kind: 'other' };

/**
 * Finds the EID in a scanned text. Labels print it bare, after `EID:`, grouped, or among other fields; a run of more than 32
 * digits is none.
 */
export function readScanned(text: string): Scanned {
  const bare = normaliseEid(text);
  if (bare !== null) return { kind: 'eid', eid: bare };
  if (parseLpa(text) !== null) return { kind: 'activationCode' };
  const grouped = /(?<!\d)(89\d{2}(?:[ -]?\d{4}){7})(?!\d)/.exec(text);
  const eid = grouped?.[1] === undefined ? null : normaliseEid(grouped[1]);
  return eid === null ? { kind: 'other' } : { kind: 'eid', eid };
}
