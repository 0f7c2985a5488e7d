import { z } from 'zod';
import { safeParse } from '../../contract/safeParse.ts';
import { parseUrl } from './http.ts';
import { describeIssues, readProfile } from './profile.ts';
import type { Profile } from './provider.ts';

/** 500 pages of 1,000 are more profiles than any bench has; beyond that a list is taken to have no end. */
export const MAX_PAGES = 500;
const MAX_ENTRIES = 10_000;

const PageShape = z.object({
  esim_profiles: z.array(z.unknown()).max(MAX_ENTRIES),
  meta: z.object({ next_page_url: z.string().max(4_000).nullish() }).nullish(),
});

export type PageReading =
  | {
      readonly ok: true;
      readonly profiles: Profile[];
      /** What is wrong with the first entry that cannot be read, and how many there are; null when all can. */
      readonly unreadable: string | null;
      readonly nextPageUrl: string | null;
    }
  | { readonly ok: false; readonly why: string };

/** Reads one page of the list. An entry that cannot be read does not hide the others. */
export function readPage(value: unknown): PageReading {
  const parsed = safeParse(PageShape, value);
  if (!parsed.success)
    return { ok: false, why: `not a list of eSIM profiles: ${describeIssues(parsed.error)}` };
  const profiles: Profile[] = [];
  const reasons: string[] = [];
  for (const entry of parsed.data.esim_profiles) {
    const read = readProfile(entry);
    if (read.ok) profiles.push(read.profile);
    else reasons.push(read.why);
  }
  const [first] = reasons;
  return {
    ok: true,
    profiles,
    unreadable:
      first === undefined ? null : `${reasons.length} of ${parsed.data.esim_profiles.length}: ${first}`,
    nextPageUrl: parsed.data.meta?.next_page_url ?? null,
  };
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
