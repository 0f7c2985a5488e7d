import { eidCheckDigitsHold, eidFault, normaliseEid } from '../../../contract/order.ts';

/** What an EID field says of what is in it, at each key. */
export type EidFeedback =
  | { readonly kind: 'empty' }
  /** Still being typed: so many digits are missing. */
  | { readonly kind: 'typing'; readonly digits: number; readonly missing: number }
  | { readonly kind: 'valid'; readonly eid: string }
  /** 32 digits whose check fails: can be ordered for in so many words. */
  | { readonly kind: 'checkFails'; readonly eid: string; readonly message: string }
  | { readonly kind: 'noEid'; readonly message: string };

export function eidFeedback(text: string): EidFeedback {
  const bare = text.replace(/[\s-]/g, '').replace(/^EID:?/i, '');
  if (bare === '') return { kind: 'empty' };
  const eid = normaliseEid(text);
  if (eid !== null) {
    return eidCheckDigitsHold(eid)
      ? { kind: 'valid', eid }
      : { kind: 'checkFails', eid, message: eidFault(eid).message };
  }
  if (/^\d+$/.test(bare) && bare.length < 32) {
    return { kind: 'typing', digits: bare.length, missing: 32 - bare.length };
  }
  return { kind: 'noEid', message: eidFault(bare).message };
}
