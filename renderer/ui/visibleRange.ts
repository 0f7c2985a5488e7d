/** Rows drawn above and below what is in sight, so that a quick scroll shows no gap. */
const SPARE = 8;

/** First row to draw and the one after the last, for a list scrolled to `top` px. */
export function visibleRange(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
): { readonly start: number; readonly end: number } {
  const first = Math.floor(top / rowHeight);
  const last = Math.ceil((top + height) / rowHeight);
  const end = Math.min(count, Math.max(0, last) + SPARE);
  return { start: Math.max(0, Math.min(first - SPARE, end)), end };
}
