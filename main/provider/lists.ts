import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { unreadableFault } from './errors.ts';
import { parseUrl } from './http.ts';
import { type PageReading, PageTrail } from './paging.ts';
import type { CallOptions, Page } from './provider.ts';
import type { Reading, SuperSimCalls } from './superSimCalls.ts';

/** A page of 1,000 resources is about 700 KB. */
export const LIST_BYTES = 4 * 1024 * 1024;
const PAGE_SIZE = { min: 1, max: 1_000 };

export interface PageKind<T> {
  /** What is listed, in words. */
  readonly what: string;
  readonly read: (value: unknown) => PageReading<T>;
}

/** All pages of a list from `first` on. What such a list promises: see `Provider.list`. */
export async function* listAll<T>(
  calls: SuperSimCalls,
  first: URL,
  pageSize: number | undefined,
  kind: PageKind<T>,
  options?: CallOptions,
): AsyncGenerator<Result<T[]>, void, void> {
  const wrong = wrongSize(pageSize, kind);
  if (wrong !== null) {
    yield fail(wrong);
    return;
  }
  const trail = new PageTrail(first);
  let incomplete: Fault | null = null;
  for (;;) {
    const page = await calls.get(trail.current, readingOfPage(trail, kind), options, LIST_BYTES);
    if (!page.ok) {
      yield page;
      return;
    }
    yield ok(page.value.entries);
    incomplete ??= page.value.incomplete;
    if (page.value.next === null) break;
  }
  if (incomplete !== null) yield fail(incomplete);
}

/**
 * One page of a list: the first, or the one that `cursor` (the `next` of the page before) stands for. A cursor may have been
 * anywhere meanwhile, so it is taken as a path on the endpoint, and only for the same list.
 */
export async function listOne<T>(
  calls: SuperSimCalls,
  first: URL,
  pageSize: number | undefined,
  cursor: string | null,
  kind: PageKind<T>,
  options?: CallOptions,
): Promise<Result<Page<T>>> {
  const wrong = wrongSize(pageSize, kind);
  if (wrong !== null) return fail(wrong);
  const at = cursor === null ? first : addressOf(cursor, first);
  if (at === null)
    return fail(
      fault('usage.invalid', { message: 'This is no page of the list.', hint: 'Begin the list anew.' }),
    );
  const trail = new PageTrail(at);
  return calls.get(trail.current, readingOfPage(trail, kind), options, LIST_BYTES);
}

function addressOf(cursor: string, first: URL): URL | null {
  if (cursor.length > 4_000 || !/^\/(?!\/)/.test(cursor)) return null;
  const url = parseUrl(cursor, first.href);
  return url !== null && url.origin === first.origin && url.pathname === first.pathname ? url : null;
}

function wrongSize(size: number | undefined, { what }: PageKind<unknown>): Fault | null {
  if (size === undefined) return null;
  return Number.isInteger(size) && size >= PAGE_SIZE.min && size <= PAGE_SIZE.max
    ? null
    : fault('usage.invalid', { message: `A page holds 1 to 1,000 ${what}.` });
}

/** Reads a page and moves the trail on to the next one. */
function readingOfPage<T>(trail: PageTrail, kind: PageKind<T>): Reading<Page<T>> {
  return (value, answer, redactor) => {
    const page = kind.read(value);
    if (!page.ok) return fail(unreadableFault(answer, page.why, redactor));
    const problem = page.nextPageUrl === null ? null : trail.follow(page.nextPageUrl);
    const why = [page.unreadable, problem].filter((text) => text !== null).join('; ');
    const hasNext = page.nextPageUrl !== null && problem === null;
    return ok({
      entries: page.entries,
      next: hasNext ? pathOf(trail.current) : null,
      incomplete: why === '' ? null : unreadableFault(answer, why, redactor),
    });
  };
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
