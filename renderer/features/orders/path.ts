import type { Device } from '../../../contract/device.ts';
import { type HeldFor, type Order, PROFILE_STATUSES } from '../../../contract/order.ts';
import { duration } from '../../format/time.ts';

/**
 * One step of an order's way: `done` behind us, `here` the last one reached, `next` the one under way or waited for,
 * `todo` after that, `failed` where it ended, `stopped` where the technician took it back.
 */
export interface PathStep {
  readonly key: string;
  readonly label: string;
  readonly state: 'done' | 'here' | 'next' | 'todo' | 'failed' | 'stopped';
  /** When it was reached, ms since 1970. */
  readonly at: number | null;
  /** Shown in place of a time. */
  readonly note: string | null;
}

type Way = 'eid' | 'matchingId';

const REACHED = PROFILE_STATUSES.filter((status) => status !== 'failed');
const LABELS: Readonly<Record<string, string>> = { new: 'ordered' };

/** The steps for a device, with or without an order, or for an order alone. */
export function pathSteps(device: Device | null, order: Order | null): PathStep[] {
  const way: Way = order?.kind ?? 'eid';
  const steps = REACHED.map((status) => ({
    key: status,
    label: LABELS[status] ?? status,
    at: order === null ? null : reachedAt(order, status),
  }));
  const last = order === null ? -1 : lastReached(order);
  const ended = order === null ? null : endOf(order);
  const states = steps.map((step, index): PathStep => {
    const base = { key: step.key, label: step.label, at: step.at, note: null };
    if (index < last) return { ...base, state: 'done' };
    if (index === last)
      return { ...base, state: step.key === 'installed' || ended !== null ? 'done' : 'here' };
    if (index > last + 1) return { ...base, state: 'todo' };
    if (ended === null) return { ...base, state: order === null ? 'todo' : 'next' };
    return { ...base, label: ended.label, state: ended.state, at: ended.at };
  });
  return way === 'matchingId' ? states : [eidStep(device, order), ...states];
}

function eidStep(device: Device | null, order: Order | null): PathStep {
  const base = { key: 'eid', label: 'EID', at: null };
  if (device === null) {
    return order === null
      ? { ...base, state: 'todo', note: null }
      : { ...base, state: 'done', note: order.device === null ? 'entered' : 'read' };
  }
  if (device.eid !== null) {
    if (!device.eid.valid && order === null) return { ...base, state: 'next', note: 'not valid' };
    return { ...base, state: order === null ? 'here' : 'done', note: duration(device.eid.elapsedMs) };
  }
  if (order !== null) return { ...base, state: 'done', note: 'read' };
  // A SIM that asks for its PIN has not failed: it waits.
  const failed = device.phase === 'failed' && device.simLock === null;
  return { ...base, state: failed ? 'failed' : 'next', note: null };
}

/** Index in REACHED of the last status reached; -1 before the provider has the order. */
function lastReached(order: Order): number {
  const seen = new Set([order.status, ...order.history.map((entry) => entry.status)]);
  return REACHED.findLastIndex((status) => seen.has(status));
}

function reachedAt(order: Order, status: string): number | null {
  return order.history.find((entry) => entry.status === status)?.at ?? null;
}

/** When the status began that the order is in; later lines of history may only add to it. */
function inStatusSince(order: Order): number | null {
  const before = order.history.findLastIndex((entry) => entry.status !== order.status);
  return order.history[before + 1]?.at ?? null;
}

function endOf(order: Order): { label: string; state: 'failed' | 'stopped'; at: number | null } | null {
  const at = inStatusSince(order);
  if (order.status === 'failed' || order.status === 'refused')
    return { label: order.status, state: 'failed', at };
  if (order.status === 'cancelled') return { label: order.status, state: 'stopped', at };
  return null;
}

/** What is being waited for, on whom, and since when; null where nothing is. */
export interface Waiting {
  readonly sentence: string;
  readonly since: number;
  /** Whether the usual time to `available` says something about it. */
  readonly usual: boolean;
  /** Whether the bench itself is at work (busy), or somebody else has to do something (waiting). */
  readonly on: 'bench' | 'provider' | 'technician';
}

const HELD: Readonly<Record<HeldFor, (provider: string) => Pick<Waiting, 'sentence' | 'on'>>> = {
  turn: () => ({ sentence: 'Waiting for its turn: the orders before it are sent first', on: 'bench' }),
  network: (provider) => ({ sentence: `Waiting until ${provider} can be reached`, on: 'provider' }),
  limit: (provider) => ({ sentence: `Waiting until ${provider} takes more requests`, on: 'provider' }),
  account: (provider) => ({ sentence: `Waiting for credentials that ${provider} accepts`, on: 'technician' }),
  choice: () => ({ sentence: 'Waiting for you to choose', on: 'technician' }),
  nothingFound: () => ({ sentence: 'Waiting for you to decide', on: 'technician' }),
};

export function waitingFor(order: Order, provider: string): Waiting | null {
  const since = inStatusSince(order) ?? order.updatedAt;
  const ordered = reachedAt(order, 'sending') ?? reachedAt(order, 'new') ?? order.createdAt;
  const held = order.heldFor === null ? null : { ...HELD[order.heldFor](provider), since, usual: false };
  switch (order.status) {
    case 'draft':
      return held ?? { sentence: 'About to be sent', since, usual: false, on: 'bench' };
    case 'sending':
      return { sentence: `Sending the order to ${provider}`, since, usual: false, on: 'bench' };
    case 'unconfirmed':
      return held ?? { sentence: `Looking the order up at ${provider}`, since, usual: false, on: 'bench' };
    case 'new':
      return {
        sentence: `Waiting for ${provider} to reserve a profile`,
        since: ordered,
        usual: true,
        on: 'provider',
      };
    case 'reserving':
      return {
        sentence: `Waiting for ${provider} to prepare the profile`,
        since: ordered,
        usual: true,
        on: 'provider',
      };
    case 'available':
      return {
        sentence: 'Waiting for the device to download it',
        since,
        usual: false,
        on: 'technician',
      };
    case 'downloaded':
      return {
        sentence: 'Waiting for the device to install it',
        since,
        usual: false,
        on: 'technician',
      };
    case 'installed':
    case 'failed':
    case 'refused':
    case 'cancelled':
      return null;
    default:
      return { sentence: `${provider} says “${order.status}”`, since, usual: false, on: 'provider' };
  }
}

/** How much of the usual time has gone by, 0 to 0.95: it never claims to be there before it is. */
export function shareOfUsual(since: number, now: number, usualMs: number | null): number | null {
  if (usualMs === null || usualMs <= 0) return null;
  return Math.min(0.95, Math.max(0, (now - since) / usualMs));
}
