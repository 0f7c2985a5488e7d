import type { Activation, ActivationStatus, SimWish } from '../../../contract/activation.ts';
import type { Order } from '../../../contract/order.ts';
import type { StateWord } from '../orders/orderWords.ts';

interface SimStatusWords extends StateWord {
  /** What it means for the technician, in a sentence. */
  readonly sentence: string;
}

/** The provider's statuses of a Sim, in its own words. */
const STATUSES: Readonly<Record<string, SimStatusWords>> = {
  new: { word: 'new', tone: 'idle', sentence: 'Not in use yet. It is made ready, or active, in a Fleet.' },
  ready: { word: 'ready', tone: 'ready', sentence: 'It becomes active by itself when it is used.' },
  active: { word: 'active', tone: 'done', sentence: 'It can be used.' },
  inactive: { word: 'inactive', tone: 'gone', sentence: 'It cannot be used until it is made active.' },
  scheduled: { word: 'scheduled', tone: 'busy', sentence: 'The provider is changing it.' },
};

/** A Sim's status as word, shape and sentence; one that the provider added since is shown as it is. */
export function simStatusWords(status: string): SimStatusWords {
  return STATUSES[status] ?? { word: status, tone: 'idle', sentence: `The provider says “${status}”.` };
}

/** Where a Sim is of which nothing was told yet. */
const NOT_ASKED: StateWord = { word: 'not asked yet', tone: 'idle' };
const NOT_THERE: StateWord = { word: 'comes with the profile', tone: 'idle' };

const WAY_WORDS: Readonly<Record<Exclude<ActivationStatus, 'done'>, StateWord>> = {
  waiting: { word: 'waiting', tone: 'waiting' },
  sending: { word: 'sending', tone: 'busy' },
  unconfirmed: { word: 'looked up', tone: 'waiting' },
  scheduled: { word: 'scheduled', tone: 'busy' },
  stopped: { word: 'stopped', tone: 'failed' },
};

/** What is known of an order's Sim, in a word: what the provider said of it. */
export function simStatus({ sim, simSid }: Pick<Order, 'sim' | 'simSid'>): StateWord {
  if (sim !== null) return simStatusWords(sim.status);
  return simSid === null ? NOT_THERE : NOT_ASKED;
}

/** How an order's Sim stands, in a word: what is under way with it, else what the provider said of it. */
export function simState(order: Pick<Order, 'activation' | 'sim' | 'simSid'>): StateWord {
  const { activation } = order;
  return activation === null || activation.status === 'done'
    ? simStatus(order)
    : WAY_WORDS[activation.status];
}

/** The same for a list, where nothing is said of a Sim of which nothing is known and nothing wished. */
export function simStateInList(order: Pick<Order, 'activation' | 'sim' | 'simSid'>): StateWord | null {
  return order.activation === null && order.sim === null ? null : simState(order);
}

type Held = NonNullable<Activation['heldFor']>;

const HELD: Readonly<Record<Held, (provider: string) => string>> = {
  profile: () => 'Waiting for the profile: the SIM comes with it',
  sim: (provider) => `Waiting until ${provider} knows the SIM`,
  turn: () => 'Waiting for its turn',
  network: (provider) => `Waiting until ${provider} can be reached`,
  limit: (provider) => `Waiting until ${provider} takes more requests`,
  account: (provider) => `Waiting for credentials that ${provider} accepts`,
};

/** What happens with an activation now, in a sentence. */
export function activationSentence(
  { status, heldFor, fault }: Pick<Activation, 'status' | 'heldFor' | 'fault'>,
  provider: string,
): string {
  switch (status) {
    case 'waiting':
      return heldFor === null ? 'About to be sent' : HELD[heldFor](provider);
    case 'sending':
      return `Sending the change to ${provider}`;
    case 'unconfirmed':
      return 'Looking up what became of the change';
    case 'scheduled':
      return `${provider} is changing the SIM`;
    case 'done':
      return 'Done, as wished';
    case 'stopped':
      return fault?.message ?? 'The SIM was not changed';
  }
}

/** How an activation has ended, for who does not see it; null where it has not. */
export function simEndSentence({ activation, sim }: Pick<Order, 'activation' | 'sim'>): string | null {
  if (activation?.status === 'done') return `SIM ${sim?.status ?? activation.wish.simStatus}`;
  if (activation?.status !== 'stopped') return null;
  return `SIM not changed. ${activation.fault?.message ?? ''}`.trim();
}

/** Since when, where that is told honestly: a status that the provider told has its time; the others pass in a moment. */
export function scheduledSince({
  activation,
  sim,
  updatedAt,
}: Pick<Order, 'activation' | 'sim' | 'updatedAt'>): number | null {
  if (activation?.status !== 'scheduled') return null;
  return sim?.status === 'scheduled' ? sim.at : updatedAt;
}

/** `ready in Fleet “Pilot Fleet”, named bench-{n}` */
export function wishInWords(wish: SimWish, name = wish.nameTemplate): string {
  const named = name === null ? '' : `, named ${name}`;
  return `${wish.simStatus} in Fleet “${wish.fleetName ?? wish.fleet}”${named}`;
}

/** Provider's codes, and faults of ours, that come again unless something else is wished. */
const WANT_A_CHANGE: ReadonlySet<string> = new Set(['83006', '83007', '83008', '83010', '83011']);

/** Whether what stopped an activation stays in the way until another wish is made. */
export function wantsAnotherWish({ fault }: Pick<Activation, 'fault'>): boolean {
  if (fault === null) return false;
  return fault.code === 'activation.unnamed' || WANT_A_CHANGE.has(fault.providerCode ?? '');
}

/** Which field of the wish a fault is about. */
export function fieldOfFault(fault: Activation['fault']): 'fleet' | 'simStatus' | 'name' | null {
  if (fault === null) return null;
  if (fault.code === 'activation.unnamed') return 'name';
  return FIELDS[fault.providerCode ?? ''] ?? null;
}

const FIELDS: Readonly<Record<string, 'fleet' | 'simStatus' | 'name'>> = {
  '83006': 'fleet',
  '83007': 'fleet',
  '83008': 'fleet',
  '83010': 'simStatus',
  '83011': 'name',
};
