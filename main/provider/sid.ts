import type { EntryReading } from './fields.ts';

/** What was read, if it can be about the resource that was asked for: an answer that does not name its own counts as that. */
export function about<T extends { readonly sid: string | null }>(
  read: EntryReading<T>,
  sid: string,
): EntryReading<T> {
  const isAbout = !read.ok || read.entry.sid === null || read.entry.sid.toLowerCase() === sid.toLowerCase();
  return isAbout ? read : { ok: false, why: 'it is about another SID' };
}

/** Whether a text can stand in an address as a SID: letters and digits alone. */
export function isSid(text: string): boolean {
  return /^[A-Za-z0-9]{2,64}$/.test(text);
}
