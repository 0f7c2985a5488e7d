import type { StoredProfile } from '../../main/demo/provider/profiles.ts';
import type { ProviderRecordEntry } from '../../main/demo/provider/virtualProvider.ts';
import type { LedgerOrder, LedgerState } from './ledgerCopy.ts';

/** What must never be; `hung` and `broken` are about a process, the others about orders. */
export const WRONGS = ['lost', 'doubled', 'wrong', 'leaked', 'hung', 'broken'] as const;
export type Wrong = (typeof WRONGS)[number];

export interface Finding {
  readonly what: Wrong;
  readonly text: string;
}

/** A bench when all has settled. */
export interface BenchEnd {
  readonly ledger: LedgerState;
  /** What processes said of orders on stdout, each after it was written: the statuses, by id. */
  readonly said: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Evidence {
  readonly benches: readonly BenchEnd[];
  /** What is true at the provider. */
  readonly profiles: readonly StoredProfile[];
  readonly record: readonly ProviderRecordEntry[];
  readonly smdpAddress: string;
  /** The EID that each callback address was ordered for; null for a matching ID. */
  readonly eids: ReadonlyMap<string, string | null>;
  /** Whether there was no time to look for what is nowhere to be found: that takes five minutes. */
  readonly inAHurry?: boolean;
}

const LOST = (text: string): Finding => ({ what: 'lost', text });
const DOUBLED = (text: string): Finding => ({ what: 'doubled', text });
const WRONG = (text: string): Finding => ({ what: 'wrong', text });

/** Compares what the benches know with what the provider has. Empty where all is as it must be. */
export function judge(evidence: Evidence): Finding[] {
  return [
    ...lostOrders(evidence),
    ...lostProfiles(evidence),
    ...doubledByIntent(evidence),
    ...doubledByEid(evidence),
    ...repeatedRequests(evidence),
    ...evidence.benches.flatMap((bench) => bench.ledger.problems.map((problem) => WRONG(problem))),
    ...allOrders(evidence).flatMap((order) => wrongState(order, evidence).map(WRONG)),
  ];
}

function allOrders({ benches }: Evidence): LedgerOrder[] {
  return benches.flatMap(({ ledger }) => ledger.orders);
}

/** What was said of an order is in the ledger, with every status that it was said to have. */
function lostOrders({ benches }: Evidence): Finding[] {
  return benches.flatMap(({ ledger, said }) => {
    const orders = new Map(ledger.orders.map((order) => [order.id, order]));
    return [...said].flatMap(([id, statuses]): Finding[] => {
      const order = orders.get(id);
      if (order === undefined) return [LOST(`order ${id} is not in the ledger any more`)];
      const written = new Set(order.history.map((line) => line.slice(0, line.indexOf(': '))));
      return [...statuses]
        .filter((status) => !written.has(status))
        .map((status) => LOST(`order ${id} was said to be ${status}, which its history does not know`));
    });
  });
}

/** Every profile that was made is an order's, or one of those that the technician is to choose from. */
function lostProfiles(evidence: Evidence): Finding[] {
  const orders = allOrders(evidence);
  const known = new Set(orders.flatMap(({ sid }) => sid ?? []));
  const offered = new Set(
    orders.filter(({ status }) => status === 'unconfirmed').flatMap(({ candidates }) => candidates),
  );
  return evidence.profiles
    .filter(({ sid }) => !known.has(sid) && !offered.has(sid))
    .map(({ sid, callbackUrl }) => LOST(`profile ${sid} (${callbackUrl}) belongs to no order`));
}

/** At most one profile an order; none for an intent that is not in the ledger. */
function doubledByIntent(evidence: Evidence): Finding[] {
  const orders = countBy(allOrders(evidence), ({ callbackUrl }) => callbackUrl);
  const profiles = countBy(evidence.profiles, ({ callbackUrl }) => callbackUrl);
  return [...profiles]
    .filter(([tag, count]) => count > (orders.get(tag) ?? 0))
    .map(([tag, count]) => DOUBLED(`${count} profiles for ${orders.get(tag) ?? 0} order(s) of ${tag}`));
}

/** At most one live profile an EID, but for those that were asked for in so many words. */
function doubledByEid(evidence: Evidence): Finding[] {
  const another = countBy(
    allOrders(evidence).filter(({ orderAnother }) => orderAnother),
    ({ eid }) => eid,
  );
  const live = countBy(
    evidence.profiles.filter(({ status }) => status !== 'failed'),
    ({ eid }) => eid,
  );
  return [...live]
    .filter(([eid, count]) => eid !== null && count > 1 + (another.get(eid) ?? 0))
    .map(([eid, count]) => DOUBLED(`${count} live profiles for EID ${eid}`));
}

/** Answers by which it is certain that nothing was made. All else may have been; then it must not be sent again. */
const CERTAIN = /^answer 4\d\d$/;

/** A request is repeated only where it was certainly not processed, also where nothing came of it this time. */
function repeatedRequests(evidence: Evidence): Finding[] {
  const orders = countBy(allOrders(evidence), ({ callbackUrl }) => callbackUrl);
  const sent = countBy(
    evidence.record.filter(({ operation, delivered }) => operation === 'create' && !CERTAIN.test(delivered)),
    ({ parameters }) => parameters.CallbackUrl ?? null,
  );
  return [...sent]
    .filter(([tag, count]) => count > (orders.get(tag) ?? 0))
    .map(([tag, count]) =>
      DOUBLED(`${count} create requests for ${orders.get(tag) ?? 0} order(s) of ${tag}`),
    );
}

/** What an order says that is not true. */
function wrongState(order: LedgerOrder, { profiles, eids, smdpAddress, inAHurry }: Evidence): string[] {
  const { id, sid, status, heldFor } = order;
  const problems: string[] = [];
  const expect = (holds: boolean, text: string) => {
    if (!holds) problems.push(`order ${id} (${status}): ${text}`);
  };
  if (order.callbackUrl !== null) {
    const eid = eids.get(order.callbackUrl);
    expect(eid !== undefined, `is for ${order.callbackUrl}, which nobody asked for`);
    expect(eid === undefined || eid === order.eid, `is for EID ${order.eid} instead of ${eid}`);
  }
  if (sid === null) {
    expect(status !== 'sending', 'is still being sent');
    expect(status !== 'draft' || heldFor === 'choice', `waits for ${heldFor} though the provider is well`);
    expect(
      status !== 'unconfirmed' || heldFor === 'choice' || heldFor === 'nothingFound' || inAHurry === true,
      `is still being looked for (held for ${heldFor})`,
    );
    return problems;
  }
  const truth = profiles.find((profile) => profile.sid === sid);
  if (truth === undefined) return [...problems, `order ${id}: the provider has no profile ${sid}`];
  expect(status === truth.status, `the provider says ${truth.status}`);
  expect(order.eid === truth.eid, `its profile is for EID ${truth.eid}`);
  if (status === 'available') {
    expect(order.iccid === truth.iccid, `the ICCID is ${truth.iccid}`);
    expect(order.matchingId === truth.matchingId, `the matching ID is ${truth.matchingId}`);
    expect(order.smdpAddress === smdpAddress, `the SM-DP+ address is ${smdpAddress}`);
    const code = truth.matchingId === null ? null : `1$${smdpAddress.toUpperCase()}$${truth.matchingId}`;
    expect(order.activationCode === code, `the activation code is ${code}`);
  }
  return problems;
}

function countBy<T, K>(list: readonly T[], key: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

/** Histories only grow: what a ledger said before is how it begins now. */
export function historyProblems(before: LedgerState, after: LedgerState): Finding[] {
  const now = new Map(after.orders.map((order) => [order.id, order]));
  return before.orders.flatMap(({ id, history }): Finding[] => {
    const order = now.get(id);
    if (order === undefined) return [LOST(`order ${id} is not in the ledger any more`)];
    return history.every((line, index) => order.history[index] === line)
      ? []
      : [WRONG(`the history of order ${id} was changed`)];
  });
}
