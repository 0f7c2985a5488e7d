import type { Order } from '../../../contract/order.ts';
import { shortName } from '../../format/names.ts';

/** How a state is drawn: word, shape and colour together, never colour alone. */
export type Tone = 'idle' | 'busy' | 'waiting' | 'ready' | 'scan' | 'done' | 'failed' | 'gone';

export interface StateWord {
  readonly word: string;
  readonly tone: Tone;
}

const WORDS: Readonly<Record<string, StateWord>> = {
  draft: { word: 'not sent yet', tone: 'waiting' },
  sending: { word: 'sending', tone: 'busy' },
  unconfirmed: { word: 'unconfirmed', tone: 'waiting' },
  refused: { word: 'refused', tone: 'failed' },
  cancelled: { word: 'cancelled', tone: 'gone' },
  new: { word: 'ordered', tone: 'busy' },
  reserving: { word: 'reserving', tone: 'busy' },
  available: { word: 'available', tone: 'scan' },
  downloaded: { word: 'downloaded', tone: 'done' },
  installed: { word: 'installed', tone: 'done' },
  failed: { word: 'failed', tone: 'failed' },
};

/** A status that the provider added since is shown as it is. */
export function orderWord(status: string): StateWord {
  return WORDS[status] ?? { word: status, tone: 'busy' };
}

export const ORDER_GROUPS = ['all', 'open', 'available', 'done', 'failed', 'archived'] as const;
export type OrderGroup = (typeof ORDER_GROUPS)[number];

export const GROUP_LABELS: Readonly<Record<OrderGroup, string>> = {
  all: 'All',
  open: 'Open',
  available: 'Available',
  done: 'Done',
  failed: 'Failed',
  archived: 'Archived',
};

const GROUP_OF: Readonly<Record<string, Exclude<OrderGroup, 'all' | 'archived'>>> = {
  available: 'available',
  downloaded: 'done',
  installed: 'done',
  failed: 'failed',
  refused: 'failed',
  cancelled: 'failed',
};

/** Which group an order is counted in. Archived orders are in no other. */
export function groupOf(order: Pick<Order, 'status' | 'archivedAt'>): Exclude<OrderGroup, 'all'> {
  if (order.archivedAt !== null) return 'archived';
  return GROUP_OF[order.status] ?? 'open';
}

/** What the order is for, in a few words: its device, its EID, or that anything may claim it. */
export function orderTitle(order: Pick<Order, 'device' | 'kind'>): string {
  if (order.device !== null) return shortName(order.device.name);
  return order.kind === 'eid' ? 'EID without a device' : 'Any device, by matching ID';
}
