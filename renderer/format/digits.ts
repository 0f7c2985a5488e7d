/** Identifiers as the window writes them: grouped to be compared, masked until asked. */

/** Groups of four: `8904 4011 1122 …`. Groups from the left, as an EID is printed on labels. */
export function groupsOfFour(text: string): string[] {
  return text.match(/.{1,4}/g) ?? [];
}

/** The same from the right, for what is known by its end: `867 9290 6898 6654`. */
export function groupsFromEnd(text: string): string[] {
  const first = text.length % 4;
  return [text.slice(0, first), ...groupsOfFour(text.slice(first))].filter((group) => group !== '');
}

/** All but the last four as dots, as many as there are digits, so that nothing moves when it is shown: `••• •••• •••• 3809`. */
export function masked(text: string): string {
  return text.slice(0, -4).replace(/\S/g, '•') + text.slice(-4);
}

/** The end of an identifier, where it is known by its end: `…4433 2332 1` stays in the grouping of the whole. */
export function tail(text: string, groups = 2): string {
  const all = groupsOfFour(text);
  return all.length <= groups ? all.join(' ') : `…${all.slice(-groups).join(' ')}`;
}

/** A SID with its middle left out: `HP0f3c…91ab`. */
export function shortSid(sid: string): string {
  return sid.length <= 14 ? sid : `${sid.slice(0, 6)}…${sid.slice(-4)}`;
}
