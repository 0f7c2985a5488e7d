/**
 * Where a key moves to in a list: arrows by one, Page keys by `page`, Home and End to the ends. Null where the key does not
 * move (or the list is empty).
 * @param at -1 where nothing is marked yet
 * @param stopsAt where it may not stop it goes on the same way; null where it would have to
 */
export function stepInList(
  key: string,
  at: number,
  length: number,
  page: number,
  stopsAt: (index: number) => boolean = () => true,
): number | null {
  let from = at;
  let to = oneStep(key, from, length, page);
  while (to !== null && !stopsAt(to)) {
    if (to === from) return null;
    from = to;
    to = oneStep(key, from, length, page);
  }
  return to;
}

function oneStep(key: string, at: number, length: number, page: number): number | null {
  if (length === 0) return null;
  const inside = (index: number) => Math.min(length - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return inside(at + 1);
    case 'ArrowUp':
      return inside(at < 0 ? 0 : at - 1);
    case 'PageDown':
      return inside(Math.max(0, at) + page);
    case 'PageUp':
      return inside(at - page);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
