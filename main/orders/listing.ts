import { ok, type Result } from '../../contract/result.ts';
import type { CallOptions, Profile, ProfileFilter, Provider } from '../provider/provider.ts';

/** The largest page the provider gives. */
export const LARGEST_PAGE = 1_000;

/** Goes through the pages of a list. `each` says whether to go on; `complete` whether the last page was seen. */
export async function throughPages(
  provider: Provider,
  filter: ProfileFilter,
  options: CallOptions,
  each: (page: readonly Profile[]) => boolean,
): Promise<Result<{ readonly complete: boolean }>> {
  for await (const page of provider.list(filter, options)) {
    if (!page.ok) return page;
    if (!each(page.value)) return ok({ complete: false });
  }
  return ok({ complete: true });
}

/** Every profile on every page that `keep` keeps. */
export async function gather(
  provider: Provider,
  filter: ProfileFilter,
  options: CallOptions,
  keep: (profile: Profile) => boolean,
): Promise<Result<Profile[]>> {
  const kept: Profile[] = [];
  const seen = await throughPages(provider, filter, options, (page) => {
    kept.push(...page.filter(keep));
    return true;
  });
  return seen.ok ? ok(kept) : seen;
}

/** Every profile that the provider has for an EID, whatever became of it. */
export function profilesOfEid(
  provider: Provider,
  eid: string,
  options: CallOptions,
): Promise<Result<Profile[]>> {
  return gather(provider, { eid, pageSize: LARGEST_PAGE }, options, (profile) => profile.eid === eid);
}

/** Whether a profile can still be put onto a device, or is on one. A status that is new to us counts as live. */
export function isLive(profile: Profile): boolean {
  return profile.sid !== null && profile.status !== 'failed';
}
