import { fromHex } from '../euicc/hex.ts';

const MAX_TEXT = 100;

/**
 * A line of an answer without its prefix, which some modems leave out and others write with blanks around the colon or
 * in lower case: `+CGLA:46,"BF3E"`, `+GTDUALSIM : 0`, `46,"BF3E"`.
 * @param name of the command: `+CGLA`.
 */
export function withoutPrefix(line: string, ...names: readonly string[]): string {
  for (const name of names) {
    if (!line.toUpperCase().startsWith(name.toUpperCase())) continue;
    const rest = line.slice(name.length);
    const parameters = /^\s*:(.*)$/.exec(rest)?.[1];
    if (parameters !== undefined) return parameters.trim();
    if (rest.trim() === '') return '';
  }
  return line.trim();
}

/** Parameters separated by commas, quotes taken off; a comma within quotes separates nothing. */
export function fieldsOf(parameters: string): string[] {
  const fields = [''];
  let quoted = false;
  for (const character of parameters) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) fields.push('');
    else fields.push((fields.pop() ?? '') + character);
  }
  return fields.map((field) => field.trim());
}

/**
 * The bytes in an answer to `+CGLA` or `+CSIM` (TS 27.007 §8.17, §8.45): a number of hex digits and the digits. Modems
 * leave out the number, the quotes or the prefix, and break long answers into lines; the number counts hex digits with
 * most and bytes with some. Null where what is there is cut off or is no hex.
 */
export function apduIn(lines: readonly string[], name: string): Uint8Array | null {
  const [first, ...more] = lines.map((line) => withoutPrefix(line, name)).filter((line) => line !== '');
  if (first === undefined) return null;
  const [one = '', two] = fieldsOf(first);
  const declared = two === undefined || !/^\d+$/.test(one) ? 0 : Number(one);
  let digits = two ?? one;
  for (const line of more) if (digits.length < declared) digits += line.replaceAll('"', '').trim();
  return digits.length < declared ? null : fromHex(digits);
}

/** `+CGMM: "EM05-G"`, `EM05-G`, `Revision: EM05…` → the text alone. */
export function firstText(lines: readonly string[], name: string): string | null {
  for (const line of lines) {
    const text = withoutPrefix(line, name)
      .replace(/^(?:manufacturer|model|revision|imei)\s*:/i, '')
      .replaceAll('"', '')
      .trim();
    if (text !== '') return text.slice(0, MAX_TEXT);
  }
  return null;
}
