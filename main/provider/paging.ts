import { z } from 'zod';
import { safeParse } from '../../contract/safeParse.ts';
import { describeIssues, type EntryReading } from './fields.ts';
import { parseUrl } from './http.ts';
import { readProfile } from './profile.ts';
import type { Profile } from './provider.ts';

/** 500 pages of 1,000 are more profiles than any bench has; beyond that a list is taken to have no end. */
export const MAX_PAGES = 500;
const MAX_ENTRIES = 10_000;

const MetaShape = z.object({ next_page_url: z.string().max(4_000).nullish() }).nullish();

export type PageReading<T> =
  | {
      readonly ok: true;
      readonly entries: T[];
      /** What is wrong with the first entry that cannot be read, and how many there are; null when all can. */
      readonly unreadable: string | null;
      readonly nextPageUrl: string | null;
    }
  | { readonly ok: false; readonly why: string };

/**
 * Reads one page of a list. An entry that cannot be read does not hide the others.
 * @param key the field that holds the entries
 * @param what they are, in words
 */
export function readPageOf<T>(
  value: unknown,
  key: string,
  what: string,
  read: (value: unknown) => EntryReading<T>,
): PageReading<T> {
  const shape = z.object({ [key]: z.array(z.unknown()).max(MAX_ENTRIES) });
  const list = safeParse(shape, value);
  const meta = safeParse(z.object({ meta: MetaShape }), value);
  if (!list.success) return { ok: false, why: `not a list of ${what}: ${describeIssues(list.error)}` };
  if (!meta.success) return { ok: false, why: `not a list of ${what}: ${describeIssues(meta.error)}` };
  const found = list.data[key] ?? [];
  const entries: T[] = [];
  const reasons: string[] = [];
  for (const one of found) {
    const reading = read(one);
    if (reading.ok) entries.push(reading.entry);
    else reasons.push(reading.why);
  }
  const [first] = reasons;
  return {
    ok: true,
    entries,
    unreadable: first === undefined ? null : `${reasons.length} of ${found.length}: ${first}`,
    nextPageUrl: meta.data.meta?.next_page_url ?? null,
  };
}

/** Reads one page of the list of eSIM profiles. */
export function readPage(value: unknown): PageReading<Profile> {
  return readPageOf(value, 'esim_profiles', 'eSIM profiles', readProfile);
}

/** The pages of one list that were asked for, and the rules for the next one. */
export class PageTrail {
  readonly #origin: string;
  readonly #seen = new Set<string>();
  #current: string;

  /** @param first the first page's address, on the account's endpoint */
  constructor(first: URL) {
    this.#origin = first.origin;
    this.#current = first.href;
    this.#seen.add(first.href);
  }

  get current(): string {
    return this.#current;
  }

  /**
   * Moves on to `next_page_url`. Null when that is fine, else why it is not followed: credentials stay on the endpoint's origin,
   * no page is asked for twice, and a list has an end.
   */
  follow(nextPageUrl: string): string | null {
    const url = parseUrl(nextPageUrl, this.#current);
    if (url === null) return 'the address of the next page is none';
    if (url.origin !== this.#origin || url.username !== '' || url.password !== '')
      return 'the next page is not on the endpoint of the account';
    url.hash = '';
    if (this.#seen.has(url.href)) return 'the list goes in a circle';
    if (this.#seen.size >= MAX_PAGES) return `the list has more than ${MAX_PAGES} pages`;
    this.#seen.add(url.href);
    this.#current = url.href;
    return null;
  }
}
