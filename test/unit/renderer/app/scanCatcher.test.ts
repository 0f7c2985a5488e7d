import { describe, expect, it } from 'vitest';
import { createScanCatcher } from '../../../../renderer/app/scanCatcher.ts';
import { EIDS } from '../fixtures.ts';

/** Types a text and Enter with `gap` ms from key to key. */
function typed(text: string, gap: number, enterGap = gap, from = 1000) {
  const catcher = createScanCatcher();
  let at = from;
  let held = 0;
  for (const key of text) {
    if (catcher.take(key, at).held) held += 1;
    at += gap;
  }
  return { ...catcher.take('Enter', at - gap + enterGap), heldKeys: held };
}

describe('a scanner that types with no field in focus', () => {
  it.each([1, 10, 30, 59])('is caught at %d ms a key', (gap) => {
    expect(typed(EIDS.free, gap)).toMatchObject({ scanned: EIDS.free, held: true });
  });

  it('is caught with a hiccup in the middle', () => {
    const catcher = createScanCatcher();
    [...EIDS.free].forEach((key, index) => {
      catcher.take(key, index * 10 + (index > 15 ? 200 : 0));
    });
    expect(catcher.take('Enter', 520).scanned).toBe(EIDS.free);
  });

  it('has its keys held back, so that a letter in a code is no shortcut', () => {
    expect(typed(`EID:${EIDS.free}`, 5).heldKeys).toBeGreaterThan(30);
  });

  it('passes over keys that write nothing, such as Shift', () => {
    const catcher = createScanCatcher();
    let at = 0;
    for (const key of EIDS.free) {
      catcher.take('Shift', at);
      catcher.take(key, at + 1);
      at += 5;
    }
    expect(catcher.take('Enter', at).scanned).toBe(EIDS.free);
  });
});

describe('a hand on the keyboard', () => {
  it.each([
    ['that types an EID', EIDS.free, 120],
    ['that presses Enter', '', 10],
    ['that presses a few keys quickly', 'ff', 10],
  ])('%s is left alone', (_, text, gap) => {
    expect(typed(text, gap)).toMatchObject({ scanned: null, held: false });
  });

  it('that presses Enter long after a scan broke off is left alone', () => {
    expect(typed(EIDS.free, 5, 3000)).toMatchObject({ scanned: null, held: false });
  });

  it('does not find the last scan in the next Enter', () => {
    const catcher = createScanCatcher();
    [...EIDS.free].forEach((key, index) => {
      catcher.take(key, index);
    });
    expect(catcher.take('Enter', 33).scanned).toBe(EIDS.free);
    expect(catcher.take('Enter', 40).scanned).toBeNull();
  });
});
