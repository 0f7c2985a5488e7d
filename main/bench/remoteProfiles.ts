import type { NamedAccount } from '../../contract/account.ts';
import { fault } from '../../contract/fault.ts';
import { eidFault, normaliseEid, type Order } from '../../contract/order.ts';
import { type Account, accountIdOf } from '../../contract/providerTable.ts';
import type { ProfileFilter, ProfilePage, RemoteProfile } from '../../contract/remoteProfile.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { accountKey } from '../orders/record.ts';
import type { Profile, ProfileHistory } from '../provider/provider.ts';

/** Profiles a page: some screens full, and an answer of about 35 KB. */
const PAGE_SIZE = 50;

/** What is needed of the bench. */
export interface HistoryParts {
  readonly accounts: {
    readonly inUse: Pick<NamedAccount, 'name' | 'account'> | null;
    provider(account: Account): ProfileHistory;
  };
  readonly store: { orders(): readonly Order[] };
  /** Has the ledger read, where it was not yet. */
  openOrders(): Result<unknown>;
}

/**
 * A page of the profiles that the account in use has at the provider, each with the order that has it here.
 * @param cursor null for the first page, else the `next` of the page before, with the same filter and account
 * @returns faults: `account.none`, `eid.invalid`, and whatever a list request can end with
 */
export async function pageOfProfiles(
  bench: HistoryParts,
  filter: ProfileFilter,
  cursor: string | null,
): Promise<Result<ProfilePage>> {
  const { inUse } = bench.accounts;
  if (inUse === null) return fail(fault('account.none'));
  const eid = filter.eid === null ? null : normaliseEid(filter.eid);
  if (filter.eid !== null && eid === null) return fail(eidFault(filter.eid));
  const page = await bench.accounts.provider(inUse.account).page(
    {
      ...(eid === null ? {} : { eid }),
      ...(filter.simSid === null ? {} : { simSid: filter.simSid }),
      ...(filter.status === null ? {} : { status: filter.status }),
      pageSize: PAGE_SIZE,
    },
    cursor,
  );
  if (!page.ok) return page;
  // A ledger that cannot be opened is published as such; what the provider has can be seen all the same.
  bench.openOrders();
  const held = ordersBySid(bench.store.orders(), inUse.account);
  const { entries, next, incomplete } = page.value;
  return ok({
    profiles: entries.map((profile) => remoteProfile(profile, held)),
    next,
    incomplete,
    account: inUse.name,
  });
}

/** The ids of an account's orders by the SID of the profile that each has. */
export function ordersBySid(orders: readonly Order[], account: Account): ReadonlyMap<string, string> {
  const { provider, endpoint } = account;
  const key = accountKey({ provider, accountSid: accountIdOf(account), endpoint });
  return new Map(
    orders.flatMap((order) =>
      order.sid !== null && accountKey(order.account) === key ? [[order.sid, order.id] as const] : [],
    ),
  );
}

function remoteProfile(profile: Profile, held: ReadonlyMap<string, string>): RemoteProfile {
  const { sid, status, eid, iccid, simSid, matchingId } = profile;
  const { errorCode, errorMessage, dateCreated, dateUpdated } = profile;
  return {
    sid,
    status,
    eid,
    iccid,
    simSid,
    smdpAddress: profile.smdpPlusAddress,
    matchingId,
    errorCode,
    errorMessage,
    dateCreated,
    dateUpdated,
    orderId: (sid === null ? undefined : held.get(sid)) ?? null,
  };
}
