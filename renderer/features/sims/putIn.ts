/** Text with `part` in place of what is marked in it, and where the cursor is then. */
export function putIn(
  text: string,
  part: string,
  from: number | null,
  to: number | null,
): { readonly text: string; readonly cursor: number } {
  const start = Math.min(from ?? text.length, text.length);
  const end = Math.max(start, Math.min(to ?? start, text.length));
  return { text: text.slice(0, start) + part + text.slice(end), cursor: start + part.length };
}
