import type { ListParameters } from './parameters.ts';
import type { StoredProfile } from './profiles.ts';

export interface Page {
  readonly items: readonly StoredProfile[];
  readonly meta: Readonly<Record<string, string | number | null>>;
}

/**
 * One page of a list and its `meta`. The token names the last profile of the page before (`PA`) or the first
 * of the page behind (`PB`), so that what is made meanwhile shifts nothing; the page number says nothing, as
 * the documentation has it. Null where the token is none of ours.
 */
export function pageOf(
  all: readonly StoredProfile[],
  parameters: ListParameters,
  origin: string,
): Page | null {
  const window = chooseWindow(all, parameters);
  if (window === null) return null;
  const { start, end } = window;
  const items = all.slice(start, end);
  const [first] = items;
  const last = items.at(-1);
  const { page } = parameters;
  const next = last !== undefined && end < all.length ? address(page + 1, `PA${last.sid}`) : null;
  const previous = first !== undefined && start > 0 ? address(Math.max(0, page - 1), `PB${first.sid}`) : null;

  function address(number: number, token: string | null): string {
    const query = new URLSearchParams();
    if (parameters.eid !== null) query.set('Eid', parameters.eid);
    if (parameters.simSid !== null) query.set('SimSid', parameters.simSid);
    if (parameters.status !== null) query.set('Status', parameters.status);
    query.set('PageSize', String(parameters.pageSize));
    query.set('Page', String(number));
    if (token !== null) query.set('PageToken', token);
    return `${origin}/v1/ESimProfiles?${query}`;
  }

  return {
    items,
    meta: {
      first_page_url: address(0, null),
      key: 'esim_profiles',
      next_page_url: next,
      page,
      page_size: parameters.pageSize,
      previous_page_url: previous,
      url: address(page, parameters.pageToken),
    },
  };
}

function chooseWindow(
  all: readonly StoredProfile[],
  { pageToken, pageSize }: ListParameters,
): { start: number; end: number } | null {
  if (pageToken === null) return { start: 0, end: pageSize };
  const at = all.findIndex((profile) => profile.sid === pageToken.slice(2));
  if (at < 0) return null;
  if (pageToken.startsWith('PA')) return { start: at + 1, end: at + 1 + pageSize };
  if (pageToken.startsWith('PB')) return { start: Math.max(0, at - pageSize), end: at };
  return null;
}
