/** Said of an answer about another resource than the one that was asked for. */
export const ANOTHER_SID = 'it is about another SID';

/** Whether an answer can be about the resource that was asked for: one that does not name its own counts as that. */
export function isAbout(entry: { readonly sid: string | null }, sid: string): boolean {
  return entry.sid === null || entry.sid.toLowerCase() === sid.toLowerCase();
}

/** Whether a text can stand in an address as a SID: letters and digits alone. */
export function isSid(text: string): boolean {
  return /^[A-Za-z0-9]{2,64}$/.test(text);
}
