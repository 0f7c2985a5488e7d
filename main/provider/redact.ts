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
  // A form encodes more than an address does: RFC 6749 sends a client's secret in one.
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  return [secret, json, html, encodeURIComponent(secret), form, ...base64FormsOf(secret)];
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

/** A text without blanks and in lower case (names of hosts and headers change theirs), with where each character was. */
interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

function fold(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (/\s/.test(character)) continue;
    const lower = character.toLowerCase();
    // A few letters become two: those stay as they are, so that places remain places.
    folded += lower.length === 1 ? lower : character;
    at.push(index);
  }
  return { text: folded, at };
}

/** The same without the places, quickly: whatever {@link fold} would find in a text is in this too. */
function flatten(text: string): string {
  // At the end of a word the Greek sigma has a form of its own.
  return text.replace(/\s+/g, '').toLowerCase().replaceAll('ς', 'σ');
}

/** Finds every form of the secrets that is at least `shortest` long, also with blanks in between. */
class Finder {
  readonly #forms: readonly string[];
  readonly #flat: readonly string[];
  readonly #shortest: number;

  constructor(secrets: readonly string[], shortest: number) {
    const forms = secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf);
    this.#forms = [...new Set(forms.map((form) => fold(form).text))].filter(
      (form) => form.length >= shortest,
    );
    this.#flat = this.#forms.map(flatten);
    this.#shortest = Math.min(...this.#forms.map((form) => form.length));
  }

  /** The text with a mark in place of each secret. */
  hide(text: string): string {
    if (text.length < this.#shortest) return text;
    const flat = flatten(text);
    if (!this.#flat.some((form) => flat.includes(form))) return text;
    const folded = fold(text);
    const found = this.#forms.flatMap((form) => placesOf(form, folded));
    if (found.length === 0) return text;
    let hidden = '';
    let done = 0;
    for (const { from, to } of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
      if (to <= done) continue;
      if (from >= done) hidden += text.slice(done, from) + MARK;
      done = to;
    }
    return hidden + text.slice(done);
  }
}

function placesOf(form: string, { text, at }: Folded): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
    const from = at[start];
    const last = at[start + form.length - 1];
    if (from !== undefined && last !== undefined) places.push({ from, to: last + 1 });
  }
  return places;
}

/** A redactor for these secrets. Made anew for each call, so that no secret outlives it; hence cheap to make. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const inText = new Finder(secrets, SHORTEST_IN_TEXT);
  const inData = new Finder(secrets, SHORTEST_IN_DATA);
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return inData.hide(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [inData.hide(name), walk(inner)]));
  };
  return {
    text(raw, max) {
      const line = cleanText(raw).replace(/\b(Basic|Bearer)\s+[\w+/=.~-]{8,}/gi, `$1 ${MARK}`);
      return cutText(inText.hide(line), max);
    },
    data: walk,
  };
}
