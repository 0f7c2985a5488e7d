import { OWN_STATUSES } from '../../contract/order.ts';
import type { OrderRecord } from './record.ts';
import { isFinal, stepOf } from './statuses.ts';

const OWN: ReadonlySet<string> = new Set(OWN_STATUSES);
const WAITING: ReadonlySet<string> = new Set(['draft', 'unconfirmed']);
const SENT: ReadonlySet<string> = new Set(['sending', 'unconfirmed']);

interface Rule {
  readonly holds: (record: OrderRecord) => boolean;
  /** What is wrong where it does not hold. */
  readonly problem: string;
}

/** What is true of every order at any time, whatever happened to it. */
const RULES: readonly Rule[] = [
  { holds: ({ order }) => order.history.length > 0, problem: 'has no history' },
  {
    holds: ({ order }) => order.history.length === 0 || order.history.at(-1)?.status === order.status,
    problem: 'its last line of history names another status',
  },
  {
    holds: ({ order }) => (order.sid === null) === OWN.has(order.status),
    problem: 'has a profile in a status that has none, or none in a status that has one',
  },
  {
    holds: ({ order }) => order.heldFor === null || WAITING.has(order.status),
    problem: 'waits for something in a status that waits for nothing',
  },
  {
    holds: ({ order }) => order.candidates.length > 0 === (order.heldFor === 'choice'),
    problem: 'is to be chosen for without candidates, or has candidates without a choice',
  },
  {
    holds: ({ order }) => order.heldFor !== 'nothingFound' || order.status === 'unconfirmed',
    problem: 'was looked for without having been sent',
  },
  {
    holds: ({ order }) => (order.status !== 'refused' && order.status !== 'failed') || order.fault !== null,
    problem: 'was refused or failed without a reason',
  },
  {
    holds: ({ order, trail }) => !SENT.has(order.status) || trail.sentAt !== null,
    problem: 'was sent at an unknown time',
  },
  {
    holds: ({ order: { activation } }) =>
      activation === null || activation.heldFor === null || activation.status === 'waiting',
    problem: 'its SIM waits for something while it does not wait',
  },
  {
    holds: ({ order: { activation } }) => activation?.status !== 'stopped' || activation.fault !== null,
    problem: 'its SIM was left as it is without a reason',
  },
  {
    holds: ({ order: { activation, simSid } }) =>
      activation === null ||
      simSid !== null ||
      (activation.status === 'waiting' && activation.heldFor === 'profile'),
    problem: 'its SIM is being changed without being known',
  },
  { holds: ({ order }) => neverLeavesFinal(order.history), problem: 'went on after a final status' },
  { holds: ({ order }) => neverFallsBack(order.history), problem: 'fell back to an earlier step' },
];

function neverLeavesFinal(history: OrderRecord['order']['history']): boolean {
  const first = history.findIndex((entry) => isFinal(entry.status));
  return first < 0 || history.slice(first).every((entry) => entry.status === history[first]?.status);
}

function neverFallsBack(history: OrderRecord['order']['history']): boolean {
  let furthest = -1;
  for (const { status } of history) {
    const step = stepOf(status);
    if (step >= 0 && step < furthest) return false;
    furthest = Math.max(furthest, step);
  }
  return true;
}

/** What is wrong with an order; empty for one that is as it should be. */
export function problemsOf(record: OrderRecord): string[] {
  return RULES.filter((rule) => !rule.holds(record)).map((rule) => rule.problem);
}
