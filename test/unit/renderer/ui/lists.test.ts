import { describe, expect, it } from 'vitest';
import { stepInList } from '../../../../renderer/ui/listKeys.ts';
import { visibleRange } from '../../../../renderer/ui/visibleRange.ts';

describe('keys in a list of ten, five a page', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowDown', 9, 9],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowUp', -1, 0],
    ['PageDown', 3, 8],
    ['PageDown', 8, 9],
    ['PageUp', 3, 0],
    ['Home', 7, 0],
    ['End', 2, 9],
    ['Enter', 2, null],
    ['a', 2, null],
  ])('%s at %d goes to %s', (key, at, to) => {
    expect(stepInList(key, at, 10, 5)).toBe(to);
  });

  it('do nothing in an empty list', () => {
    expect(stepInList('ArrowDown', -1, 0, 5)).toBeNull();
  });

  it.each([
    ['ArrowDown', 3, 6],
    ['ArrowUp', 6, 3],
    ['ArrowDown', 8, null],
    ['PageDown', 0, null],
    ['Home', 6, 0],
    ['End', 3, null],
  ])('%s at %d goes on to %j over rows that cannot be chosen', (key, at, to) => {
    const closed = new Set([4, 5, 9]);
    expect(stepInList(key, at, 10, 5, (index) => !closed.has(index))).toBe(to);
  });
});

describe('the rows that are drawn', () => {
  const rowHeight = 46;
  it('cover what is in sight, with some to spare', () => {
    for (const top of [0, 1, 45, 460, 4600, 200_000]) {
      const { start, end } = visibleRange(top, 600, rowHeight, 5000);
      expect(start * rowHeight).toBeLessThanOrEqual(top);
      expect(end * rowHeight).toBeGreaterThanOrEqual(Math.min(top + 600, 5000 * rowHeight));
      expect(end - start).toBeLessThan(40);
    }
  });

  it('are never more than there are, also where the list got shorter under the scroll', () => {
    expect(visibleRange(0, 600, rowHeight, 3)).toEqual({ start: 0, end: 3 });
    expect(visibleRange(0, 600, rowHeight, 0)).toEqual({ start: 0, end: 0 });
    const { start, end } = visibleRange(100_000, 600, rowHeight, 10);
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBe(10);
  });
});
