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

export interface Framer {
  push(bytes: Uint8Array): Framed[];
}

/**
 * Cuts a modem's bytes into lines. CR, LF and any mixture of them end a line (ITU-T V.250 §6.2.1-6.2.2: the characters
 * can be set, and modems differ). NUL, other control characters and bytes above 126 are noise and left out.
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

  return {
    push(bytes) {
      const framed: Framed[] = [];
      for (const byte of bytes) {
        if (byte === CR || byte === LF) endLine(framed);
        else if (!isText(byte) || overlong) continue;
        else if (line.length >= maxLine) {
          overlong = true;
          line = '';
        } else {
          line += byte === TAB ? ' ' : String.fromCharCode(byte);
          if (line === '> ') {
            framed.push({ kind: 'prompt' });
            line = '';
          }
        }
      }
      return framed;
    },
  };
}

function isText(byte: number): boolean {
  return (byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE) || byte === TAB;
}
