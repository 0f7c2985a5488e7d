/** What a modem's bytes are made of. Lines are trimmed, never empty, ASCII alone. */
export type Framed =
  | { readonly kind: 'line'; readonly text: string }
  /** `> `: the modem waits for text (3GPP TS 27.005 §3.5.1). It has no line end. */
  | { readonly kind: 'prompt' }
  /** A line was longer than the bound; all of it is dropped. */
  | { readonly kind: 'overflow' };

/** An APDU of 64 KiB would be longer; no serial modem passes one. */
export const MAX_LINE_LENGTH = 8_192;

const CR = 13;
const LF = 10;
const TAB = 9;
const FIRST_PRINTABLE = 32;
const LAST_PRINTABLE = 126;
const PROMPT = '> ';

export interface Framer {
  push(bytes: Uint8Array): Framed[];
}

/**
 * Cuts a modem's bytes into lines. CR, LF and any mixture of them end a line (ITU-T V.250 §6.2.1-6.2.2: the characters
 * can be set, and modems differ). NUL, other control characters and bytes above 126 are noise and left out. Text between
 * them is taken run by run, not byte by byte: a profile list is tens of thousands of hex digits.
 */
export function createFramer(maxLine: number = MAX_LINE_LENGTH): Framer {
  let line = '';
  let overlong = false;

  function endLine(into: Framed[]): void {
    const text = line.trim();
    if (overlong) into.push({ kind: 'overflow' });
    else if (text !== '') into.push({ kind: 'line', text });
    line = '';
    overlong = false;
  }

  function add(text: string, into: Framed[]): void {
    if (overlong) return;
    line += text;
    while (line.startsWith(PROMPT)) {
      into.push({ kind: 'prompt' });
      line = line.slice(PROMPT.length);
    }
    if (line.length <= maxLine) return;
    overlong = true;
    line = '';
  }

  return {
    push(bytes) {
      const framed: Framed[] = [];
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < buffer.length; ) {
        const end = endOfText(buffer, at);
        if (end > at) {
          add(buffer.toString('latin1', at, end), framed);
          at = end;
          continue;
        }
        const byte = buffer[at];
        if (byte === CR || byte === LF) endLine(framed);
        else if (byte === TAB) add(' ', framed);
        at += 1;
      }
      return framed;
    },
  };
}

/** Where the run of printable characters that begins here ends. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < FIRST_PRINTABLE || byte > LAST_PRINTABLE) break;
  }
  return at;
}
