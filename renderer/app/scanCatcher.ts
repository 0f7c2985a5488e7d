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

/** ms from key to key on average. Scanners need 1 to 30, a busy computer adds to it; nobody types a dozen keys so fast. */
const MAX_AVERAGE_MS = 60;
/** After a pause as long as this something new begins. */
const PAUSE_MS = 400;
/** Fewer characters are a hand on the keyboard. */
const MIN_LENGTH = 12;
const MAX_LENGTH = 400;

export function createScanCatcher(): ScanCatcher {
  let text = '';
  let first = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    take(key, at) {
      if (text === '' || at - last > PAUSE_MS) {
        text = '';
        first = at;
      }
      last = at;
      const quick = at - first <= text.length * MAX_AVERAGE_MS;
      if (key === 'Enter') {
        const whole = text;
        text = '';
        return whole.length >= MIN_LENGTH && quick
          ? { scanned: whole, held: true }
          : { scanned: null, held: false };
      }
      if (key.length === 1 && text.length < MAX_LENGTH) text += key;
      return { scanned: null, held: quick && text.length > 2 };
    },
  };
}
