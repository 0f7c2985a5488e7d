/**
 * Takes secrets out of what came from outside before it can reach a fault, the ledger or a log: an echoing server, a proxy's
 * error page, an exception that quotes its input.
 */
export interface Redactor {
  /** Free text on its way into a fault: cleaned of control and invisible characters, redacted, cut to `max` characters. */
  text(raw: string, max: number): string;
  /** A parsed JSON value, with the secrets taken out of its strings and names. */
  data(value: unknown): unknown;
}

const MARK = '•••';

/** A shorter secret would be found by chance in ordinary sentences. */
const SHORTEST_IN_TEXT = 4;
/** Data is only changed for what cannot be there by chance: a spoilt activation code would be a QR that does not work. */
const SHORTEST_IN_DATA = 16;

/** Zero-width and direction marks: they could hide a secret from a search, or turn a sentence around. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the point
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/** One line of plain text: no control or invisible characters, runs of blanks as one. */
export function cleanText(raw: string): string {
  return raw.replace(INVISIBLE, '').replace(CONTROL, '').replace(/\s+/g, ' ').trim();
}

/** At most `max` characters, an ellipsis where something was cut. Never ends in half a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Every form in which a secret may come back: plain, in base64 at any alignment, percent-encoded, escaped for JSON or HTML. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
  return [secret, json, html, encodeURIComponent(secret), ...base64FormsOf(secret)];
}

/**
 * The part of base64 text that is the same whatever stands before and after the secret, for each of the three
 * alignments: finds it within `Basic …` without knowing the user name.
 */
function base64FormsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const certain = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [certain, certain.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/**
 * Matches any form of the secrets that is at least `shortest` long, in upper or lower case (names of hosts and headers change
 * theirs); `between` may stand between its characters.
 */
function matcher(secrets: readonly string[], shortest: number, between: string): RegExp | null {
  const forms = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf))]
    .filter((form) => form.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .map((form) => [...form].map((character) => escapeForRegExp(character)).join(between));
  return forms.length === 0 ? null : new RegExp(forms.join('|'), 'gi');
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** A redactor for these secrets. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const inText = matcher(secrets, SHORTEST_IN_TEXT, '\\s?');
  const inData = matcher(secrets, SHORTEST_IN_DATA, '');
  const clean = (text: string) => (inData === null ? text : text.replace(inData, MARK));
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [clean(name), walk(inner)]));
  };
  return {
    text(raw, max) {
      const line = cleanText(raw).replace(/\b(Basic|Bearer)\s+[\w+/=.~-]{8,}/gi, `$1 ${MARK}`);
      return cutText(inText === null ? line : line.replace(inText, MARK), max);
    },
    data: (value) => (inData === null ? value : walk(value)),
  };
}
