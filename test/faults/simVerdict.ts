import type { SimWish } from '../../contract/activation.ts';
import { fillTemplate, nameValuesOf } from '../../contract/nameTemplate.ts';
import { findFleet, type StoredFleet } from '../../main/demo/provider/fleets.ts';
import type { StoredSim } from '../../main/demo/provider/sims.ts';
import type { ProviderRecordEntry } from '../../main/demo/provider/virtualProvider.ts';
import { MOST_ATTEMPTS } from '../../main/orders/activationLife.ts';
import type { LedgerOrder, LedgerState } from './ledgerCopy.ts';
import type { Finding } from './verdict.ts';

export interface SimEvidence {
  readonly ledgers: readonly LedgerState[];
  /** What the account had done by itself with the Sim of every order; null: nothing. */
  readonly wish: SimWish | null;
  /** What is true at the provider. */
  readonly sims: readonly StoredSim[];
  readonly fleets: readonly StoredFleet[];
  readonly record: readonly ProviderRecordEntry[];
  /** Whether nothing but the faults of single requests was in the way of listing the Fleets. */
  readonly fleetsAreTold: boolean;
}

const DOUBLED = (text: string): Finding => ({ what: 'doubled', text });
const WRONG = (text: string): Finding => ({ what: 'wrong', text });

/** Compares what the benches say of the Sims with what they are at the provider. Empty where all is as it must be. */
export function judgeSims(evidence: SimEvidence): Finding[] {
  return [
    ...orders(evidence).flatMap((order) => wrongSim(order, evidence).map(WRONG)),
    ...sameNames(evidence),
    ...moreThanWritten(evidence),
    ...askedAgain(evidence),
  ];
}

function orders({ ledgers }: SimEvidence): LedgerOrder[] {
  return ledgers.flatMap((ledger) => ledger.orders);
}

/** What an order says of its Sim that is not true. */
function wrongSim(order: LedgerOrder, evidence: SimEvidence): string[] {
  const { activation, id, simSid } = order;
  const { sims, wish } = evidence;
  const told = `order ${id} (${order.status}, SIM ${activation?.status ?? 'not wished for'})`;
  if (wish === null) return activation === null ? [] : [`${told}: nobody wished anything of its SIM`];
  if (activation === null) return [`${told}: what is wished of every SIM is not in it`];
  if (activation.attempts > MOST_ATTEMPTS) return [`${told}: ${activation.attempts} requests in a row`];
  if (simSid === null) {
    return activation.status === 'waiting' && activation.heldFor === 'profile'
      ? []
      : [`${told}: is changed without being known`];
  }
  const sim = sims.find((one) => one.sid === simSid);
  if (sim === undefined) return [`${told}: the provider has no SIM ${simSid}`];
  // A profile that failed has no Sim to be changed any more.
  if (order.status === 'failed') return [];
  const differences = differencesOf(order, sim, evidence);
  const reason = activation.fault?.providerCode ?? activation.fault?.code ?? 'none';
  switch (activation.status) {
    case 'done':
      return differences.map((difference) => `${told}: ${difference}`);
    case 'stopped':
      return isTrue(reason, order, differences, evidence)
        ? []
        : [`${told}: stopped because of ${reason}, which is not true: ${differences.join(', ')}`];
    default:
      return [`${told}: is not settled though the provider is well (held for ${activation.heldFor})`];
  }
}

/** In what a Sim is not as wished, nor as the ledger says. */
function differencesOf(order: LedgerOrder, sim: StoredSim, evidence: SimEvidence): string[] {
  const { activation, sim: view } = order;
  const { fleets, wish } = evidence;
  if (wish === null) return [];
  const differences: string[] = [];
  const expect = (holds: boolean, text: string) => {
    if (!holds) differences.push(text);
  };
  const fleet = findFleet(fleets, wish.fleet);
  expect(sim.fleetSid !== null && sim.fleetSid === fleet?.sid, `its Fleet is ${sim.fleetSid}`);
  expect(sim.scheduled === null, 'a change of it is under way');
  expect(sim.status === wish.simStatus, `its status is ${sim.status}`);
  // Two benches that have the same profile each give its Sim a name.
  const isShared = orders(evidence).filter(({ simSid }) => simSid === sim.sid).length > 1;
  if (wish.nameTemplate !== null && !isShared) {
    expect(
      sim.uniqueName !== null && sim.uniqueName === activation?.uniqueName,
      `its name is ${sim.uniqueName}, not ${activation?.uniqueName}`,
    );
    const made = nameOf(order, wish.nameTemplate, activation?.number ?? 0);
    expect(made === sim.uniqueName || activation?.number === 0, `the name to be made was ${made}`);
  }
  if (!isShared && activation?.status === 'done') {
    expect(view?.status === sim.status, `the ledger says that it is ${view?.status}`);
    expect(view?.fleetSid === sim.fleetSid, `the ledger says that its Fleet is ${view?.fleetSid}`);
    expect(view?.uniqueName === sim.uniqueName, `the ledger says that its name is ${view?.uniqueName}`);
  }
  return differences;
}

/** The name that the template makes, where it is made of what a ledger's row alone tells. */
function nameOf({ id, eid, iccid }: LedgerOrder, template: string, number: number): string | null {
  const values = nameValuesOf({ id, eid, iccid, device: null, createdAt: 0 });
  const filled = fillTemplate(template, values, number);
  return filled.ok ? filled.name : null;
}

/** Whether what a Sim was given up for is so. */
function isTrue(
  reason: string,
  order: LedgerOrder,
  differences: readonly string[],
  { fleets, sims, wish }: SimEvidence,
): boolean {
  if (wish === null) return false;
  const { activation, simSid } = order;
  switch (reason) {
    case '83006':
      return findFleet(fleets, wish.fleet) === null;
    case '83011': {
      const name = /"(.*)"/.exec(activation?.fault?.message ?? '')?.[1];
      return sims.some((sim) => sim.sid !== simSid && sim.uniqueName === name);
    }
    case 'activation.unnamed':
      return wish.nameTemplate !== null && nameOf(order, wish.nameTemplate, 1) === null;
    case 'activation.incomplete':
      return activation?.attempts === MOST_ATTEMPTS && differences.length > 0;
    default:
      return false;
  }
}

function sameNames({ sims }: SimEvidence): Finding[] {
  const names = sims.flatMap(({ uniqueName }) => uniqueName ?? []);
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => DOUBLED(`two SIMs are called ${name}`));
}

const changes = ({ record }: SimEvidence) => record.filter(({ operation }) => operation === 'updateSim');
const sidIn = ({ path }: ProviderRecordEntry) => path.split('/').at(-1) ?? '';

/** No request leaves that the ledger did not say before. */
function moreThanWritten(evidence: SimEvidence): Finding[] {
  const written = new Map<string, number>();
  for (const { simSid, history } of orders(evidence)) {
    if (simSid === null) continue;
    const lines = history.filter((line) => line.includes(': Asked the provider to change the SIM: ')).length;
    written.set(simSid, (written.get(simSid) ?? 0) + lines);
  }
  const sent = new Map<string, number>();
  for (const entry of changes(evidence)) sent.set(sidIn(entry), (sent.get(sidIn(entry)) ?? 0) + 1);
  return [...sent]
    .filter(([sid, count]) => count > (written.get(sid) ?? 0))
    .map(([sid, count]) =>
      DOUBLED(`${count} requests for SIM ${sid}, of which ${written.get(sid) ?? 0} are written`),
    );
}

/** Nothing is asked for that was done before: each request comes after a look at what is missing. */
function askedAgain(evidence: SimEvidence): Finding[] {
  const listings = evidence.record.filter(({ operation }) => operation === 'listFleets');
  const mayAskForFleet =
    !evidence.fleetsAreTold || listings.some(({ delivered }) => delivered !== 'answer 200');
  const shared = new Set(
    orders(evidence)
      .flatMap(({ simSid }) => simSid ?? [])
      .filter((sid, index, all) => all.indexOf(sid) !== index),
  );
  const done = new Map<string, Record<string, string>>();
  const findings: Finding[] = [];
  for (const entry of changes(evidence)) {
    const sid = sidIn(entry);
    const before = done.get(sid) ?? {};
    const asked = Object.entries(entry.parameters).filter(
      ([name]) => !(name === 'Fleet' && mayAskForFleet) && !(name === 'UniqueName' && shared.has(sid)),
    );
    for (const [name, value] of asked) {
      if (before[name] === value) findings.push(DOUBLED(`SIM ${sid} was asked for ${name} ${value} again`));
    }
    if (entry.committed !== null) done.set(sid, { ...before, ...entry.parameters });
  }
  return findings;
}
