/** Whether a text can stand in an address as a SID: letters and digits alone. */
export function isSid(text: string): boolean {
  return /^[A-Za-z0-9]{2,64}$/.test(text);
}
