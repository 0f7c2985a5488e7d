/**
 * A USB scanner types like a keyboard, only faster, and ends with Enter. Catches what it types while no field has the
 * focus, so that a label can be scanned at any moment, and so that its Enter is not taken for the technician's.
 */
export interface ScanCatcher {
  /**
   * Takes one key. `scanned` is the whole text when this key is the Enter that ends a scan; `held` is true while keys come as
   * fast as a scanner's.
   */
  take(key: string, at: number): { readonly scanned: string | null; readonly held: boolean };
}

/** Nobody types digits faster than this for long; scanners need 1 to 20 ms a key. */
const MAX_GAP_MS = 60;
/** Fewer characters are a hand on the keyboard. */
const MIN_LENGTH = 12;
const MAX_LENGTH = 400;

export function createScanCatcher(): ScanCatcher {
  let text = '';
  let last = Number.NEGATIVE_INFINITY;
  return {
    take(key, at) {
      const quick = at - last <= MAX_GAP_MS;
      last = at;
      if (!quick) text = '';
      if (key === 'Enter') {
        const whole = text;
        text = '';
        return whole.length >= MIN_LENGTH ? { scanned: whole, held: true } : { scanned: null, held: false };
      }
      if (key.length === 1) text = (text + key).slice(-MAX_LENGTH);
      return { scanned: null, held: text.length > 2 };
    },
  };
}
