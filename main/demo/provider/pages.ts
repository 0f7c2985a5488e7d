/** Which part of a list is asked for. */
export interface Paging {
  readonly pageSize: number;
  readonly page: number;
  readonly pageToken: string | null;
}

/** A list as its pages name it. */
export interface Listing {
  /** `https://…/v1/Sims`. */
  readonly address: string;
  /** The field that holds its entries. */
  readonly key: string;
  /** What it is filtered by; null: not by that. */
  readonly filter: Readonly<Record<string, string | null>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly meta: Readonly<Record<string, string | number | null>>;
}

/**
 * One page of a list and its `meta`. The token names the last resource of the page before (`PA`) or the first
 * of the page behind (`PB`), so that what is made meanwhile shifts nothing; the page number says nothing, as
 * the documentation has it. Null where the token is none of ours.
 */
export function pageOf<T extends { readonly sid: string }>(
  all: readonly T[],
  paging: Paging,
  listing: Listing,
): Page<T> | null {
  const window = chooseWindow(all, paging);
  if (window === null) return null;
  const { start, end } = window;
  const items = all.slice(start, end);
  const [first] = items;
  const last = items.at(-1);
  const { page } = paging;
  const next = last !== undefined && end < all.length ? address(page + 1, `PA${last.sid}`) : null;
  const previous = first !== undefined && start > 0 ? address(Math.max(0, page - 1), `PB${first.sid}`) : null;

  function address(number: number, token: string | null): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(listing.filter)) if (value !== null) query.set(name, value);
    query.set('PageSize', String(paging.pageSize));
    query.set('Page', String(number));
    if (token !== null) query.set('PageToken', token);
    return `${listing.address}?${query}`;
  }

  return {
    items,
    meta: {
      first_page_url: address(0, null),
      key: listing.key,
      next_page_url: next,
      page,
      page_size: paging.pageSize,
      previous_page_url: previous,
      url: address(page, paging.pageToken),
    },
  };
}

function chooseWindow(
  all: readonly { readonly sid: string }[],
  { pageToken, pageSize }: Paging,
): { start: number; end: number } | null {
  if (pageToken === null) return { start: 0, end: pageSize };
  const at = all.findIndex(({ sid }) => sid === pageToken.slice(2));
  if (at < 0) return null;
  if (pageToken.startsWith('PA')) return { start: at + 1, end: at + 1 + pageSize };
  if (pageToken.startsWith('PB')) return { start: Math.max(0, at - pageSize), end: at };
  return null;
}
