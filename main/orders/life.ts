import { type Fault, fault } from '../../contract/fault.ts';
import type { ExistingProfile, HeldFor, Order } from '../../contract/order.ts';
import type { Profile } from '../provider/provider.ts';
import { type ActivationEvent, liveActivation } from './activationLife.ts';
import { failureOf, fillFields } from './profileFields.ts';
import type { OrderRecord, SentAt, Trail } from './record.ts';
import { isFinal, keptStatus, nextStatus, stepOf } from './statuses.ts';

/** Everything that can happen to an order after it was written down. */
export type LifeEvent =
  /** A create request is about to leave. */
  | { readonly kind: 'sent'; readonly sentAt: SentAt; readonly knownSids: readonly string[] }
  /** The provider has made the profile. */
  | { readonly kind: 'created'; readonly profile: Profile }
  /** The create request was certainly not processed. */
  | { readonly kind: 'notProcessed'; readonly heldFor: WaitReason; readonly fault: Fault }
  /** It cannot be sent now. */
  | { readonly kind: 'held'; readonly heldFor: WaitReason; readonly fault: Fault | null }
  /** Live profiles exist for its EID; the technician is to say which it shall be. */
  | { readonly kind: 'offered'; readonly candidates: readonly ExistingProfile[] }
  /** The technician wants another profile in spite of those offered. */
  | { readonly kind: 'released' }
  /** The provider said no. */
  | { readonly kind: 'refused'; readonly fault: Fault }
  /** A create request left, and its answer did not come or cannot be read. */
  | { readonly kind: 'unknown'; readonly fault: Fault }
  /** The bench ended while a create request may have been under way. */
  | { readonly kind: 'leftOver' }
  /** The provider's list shows the profile that came of it, or the technician has chosen one. */
  | { readonly kind: 'found'; readonly profile: Profile; readonly by: 'list' | 'technician' }
  /** The provider's list shows several that may have come of it. */
  | { readonly kind: 'several'; readonly candidates: readonly ExistingProfile[] }
  /**
   * The provider's list does not show it. Only looks that were due count: `last` is the one after which no more follow by
   * themselves; `extra` is one between them, which proves nothing, since the provider may still be at it.
   */
  | { readonly kind: 'lookedInVain'; readonly look: 'due' | 'last' | 'extra' }
  /** Taken into the ledger as a profile that the provider had already. */
  | { readonly kind: 'adopted'; readonly profile: Profile }
  /** The provider was asked how it stands. */
  | { readonly kind: 'observed'; readonly profile: Profile }
  /** The provider does not know its SID. */
  | { readonly kind: 'notKnown'; readonly fault: Fault }
  | { readonly kind: 'cancelled'; readonly because: 'technician' | 'otherOrder'; readonly orderId?: string }
  | { readonly kind: 'archived'; readonly archived: boolean }
  /** Something about the order's Sim, which goes its own way beside the profile. */
  | { readonly kind: 'activation'; readonly event: ActivationEvent };

/** What a draft waits for that passes by itself. */
export type WaitReason = Extract<HeldFor, 'turn' | 'network' | 'limit' | 'account'>;

export type Step =
  | { readonly kind: 'changed'; readonly record: OrderRecord }
  /** The event tells nothing new; nothing is to be written. */
  | { readonly kind: 'same' }
  /** The event is not possible in this state. */
  | { readonly kind: 'refused'; readonly fault: Fault };

interface Change {
  readonly order?: Partial<Order>;
  readonly trail?: Partial<Trail>;
  readonly note: string;
}

const HELD_NOTES: Record<WaitReason, string> = {
  turn: 'Waits for the orders before it.',
  network: 'Waits until the provider can be reached.',
  limit: 'Waits until the provider takes requests again.',
  account: 'Waits for credentials that the provider accepts.',
};

const SAME: Step = { kind: 'same' };

function refuse(record: OrderRecord, message?: string): Step {
  return {
    kind: 'refused',
    fault: fault('order.wrongState', {
      ...(message === undefined ? {} : { message }),
      details: `The order is ${record.order.status}.`,
    }),
  };
}

/** Writes a change down: the only place where history grows. */
function changed(record: OrderRecord, at: number, change: Change): Step {
  const order = withSim({ ...record.order, ...change.order, updatedAt: at });
  return {
    kind: 'changed',
    record: {
      order: {
        ...order,
        history: [...record.order.history, { at, status: order.status, note: change.note }],
      },
      trail: { ...record.trail, ...change.trail },
    },
  };
}

/** An activation that waits for the order's Sim need not any longer once there is one. */
function withSim(order: Order): Order {
  const { activation, simSid } = order;
  if (simSid === null || activation?.heldFor !== 'profile') return order;
  return { ...order, activation: { ...activation, heldFor: 'turn' } };
}

/** The states in which nothing is bound to a profile of the provider's yet. */
const isDraft = (order: Order) => order.status === 'draft' && order.sid === null;
const isSending = (order: Order) => order.status === 'sending' && order.sid === null;
const isUnconfirmed = (order: Order) => order.status === 'unconfirmed' && order.sid === null;

/** An answer that made or showed the profile: from now on the provider's status counts. */
function bind(record: OrderRecord, profile: Profile, at: number, note: (status: string) => string): Step {
  const status = keptStatus(profile.status);
  const { order } = fillFields(record.order, profile);
  return changed(record, at, {
    order: {
      ...order,
      status,
      heldFor: null,
      candidates: [],
      fault: status === 'failed' ? failureOf(profile) : null,
    },
    note: note(status),
  });
}

function unconfirmed(record: OrderRecord, at: number, why: Fault, note: string): Step {
  return changed(record, at, {
    order: { status: 'unconfirmed', heldFor: null, candidates: [], fault: why },
    trail: { looks: 0 },
    note,
  });
}

function observed(record: OrderRecord, profile: Profile, at: number): Step {
  const before = record.order;
  if (before.sid === null) return refuse(record);
  if (profile.sid !== null && profile.sid !== before.sid) return refuse(record);
  if (isFinal(before.status)) return SAME;
  const status = nextStatus(before.history, profile.status);
  const filled = fillFields(before, profile);
  const fellBack = stepOf(profile.status) >= 0 && status !== profile.status;
  const order = { ...filled.order, status, fault: status === 'failed' ? failureOf(profile) : null };
  if (fellBack && status === before.status) {
    const note = `The provider says ${profile.status} again; ${status} stays.`;
    if (filled.changed.length === 0 && before.history.at(-1)?.note === note) return SAME;
    return changed(record, at, { order, note });
  }
  if (status !== before.status) {
    const note =
      order.fault?.message ??
      (fellBack ? `The provider says ${profile.status} again; ${status} stays.` : null);
    return changed(record, at, { order, note: note ?? `The provider says ${status}.` });
  }
  if (filled.changed.length > 0) {
    return changed(record, at, { order, note: `Told by the provider: ${filled.changed.join(', ')}.` });
  }
  // The provider knows the profile again after it had said that it does not.
  if (before.fault !== null) return changed(record, at, { order, note: `The provider says ${status}.` });
  return SAME;
}

/** Whether the order may be put out of sight: nothing is going to happen with it unseen that may cost money. */
function mayBeArchived(order: Order): boolean {
  if (isDraft(order) || isSending(order)) return false;
  return !isUnconfirmed(order) || order.heldFor !== null;
}

/**
 * What an event makes of an order. Pure: the ledger writes what comes of it.
 * The states are DESIGN's: `draft` → `sending` → the provider's statuses, `refused` or `unconfirmed`; a draft may be
 * cancelled; nothing follows a final status but being archived.
 * @param at ms since 1970, for the history.
 */
export function live(record: OrderRecord, event: LifeEvent, at: number): Step {
  const { order } = record;
  switch (event.kind) {
    case 'sent':
      if (!isDraft(order) || order.heldFor === 'choice') return refuse(record);
      return changed(record, at, {
        order: { status: 'sending', heldFor: null, candidates: [], fault: null },
        trail: { sentAt: event.sentAt, knownSids: event.knownSids, looks: 0 },
        note: 'Sent to the provider.',
      });

    case 'created':
      if (!isSending(order) && !isUnconfirmed(order)) return refuse(record);
      if (event.profile.sid === null) {
        if (isUnconfirmed(order)) return SAME;
        return unconfirmed(
          record,
          at,
          fault('order.unconfirmed', {
            message: 'The provider took the order, but did not name the profile.',
          }),
          'The provider took the order, but did not name the profile.',
        );
      }
      return bind(record, event.profile, at, (status) => `The provider took the order and says ${status}.`);

    case 'notProcessed':
      if (!isSending(order)) return refuse(record);
      return changed(record, at, {
        order: { status: 'draft', heldFor: event.heldFor, candidates: [], fault: event.fault },
        note: `Not sent: ${event.fault.message} ${HELD_NOTES[event.heldFor]}`,
      });

    case 'held':
      if (!isDraft(order) || order.heldFor === 'choice') return refuse(record);
      if (order.heldFor === event.heldFor && order.fault?.code === event.fault?.code) return SAME;
      return changed(record, at, {
        order: { heldFor: event.heldFor, fault: event.fault },
        note: HELD_NOTES[event.heldFor],
      });

    case 'offered':
      if (!isDraft(order) || event.candidates.length === 0) return refuse(record);
      if (order.heldFor === 'choice' && sameSids(order.candidates, event.candidates)) return SAME;
      return changed(record, at, {
        order: { heldFor: 'choice', candidates: [...event.candidates], fault: fault('order.exists') },
        note: `Not sent: the EID has ${profiles(event.candidates.length)} already.`,
      });

    case 'released':
      if (!isDraft(order) || order.heldFor !== 'choice') return refuse(record);
      return changed(record, at, {
        order: { heldFor: 'turn', candidates: [], fault: null },
        trail: { orderAnother: true },
        note: 'Another profile is wanted beside those that the EID has.',
      });

    case 'refused':
      if (!isSending(order) && !isDraft(order)) return refuse(record);
      return changed(record, at, {
        order: { status: 'refused', heldFor: null, candidates: [], fault: event.fault },
        note: `Refused: ${event.fault.message}`,
      });

    case 'unknown':
      if (!isSending(order)) return refuse(record);
      return unconfirmed(record, at, event.fault, `The answer is missing: ${event.fault.message}`);

    case 'leftOver':
      if (!isSending(order)) return refuse(record);
      return unconfirmed(
        record,
        at,
        fault('order.unconfirmed'),
        'The bench ended while the order was being sent. Whether the provider took it is not known.',
      );

    case 'found':
      if (!isUnconfirmed(order) && !isDraft(order)) return refuse(record);
      if (event.profile.sid === null) return refuse(record);
      return bind(record, event.profile, at, (status) =>
        event.by === 'technician'
          ? `Profile ${event.profile.sid} was chosen; the provider says ${status}.`
          : `Found in the provider's list as ${event.profile.sid}; the provider says ${status}.`,
      );

    case 'several':
      if (!isUnconfirmed(order) || event.candidates.length === 0) return refuse(record);
      if (order.heldFor === 'choice' && sameSids(order.candidates, event.candidates)) return SAME;
      return changed(record, at, {
        order: { heldFor: 'choice', candidates: [...event.candidates] },
        note: `The provider's list shows ${profiles(event.candidates.length)} that may be this order.`,
      });

    case 'lookedInVain':
      if (!isUnconfirmed(order)) return refuse(record);
      return lookedInVain(record, event.look, at);

    case 'adopted':
      if (order.history.length > 0 || event.profile.sid === null) return refuse(record);
      return bind(
        record,
        event.profile,
        at,
        (status) => `Taken over from the provider, which says ${status}.`,
      );

    case 'observed':
      return observed(record, event.profile, at);

    case 'notKnown':
      if (order.sid === null) return refuse(record);
      if (isFinal(order.status) || order.fault?.code === event.fault.code) return SAME;
      return changed(record, at, { order: { fault: event.fault }, note: event.fault.message });

    case 'cancelled':
      if (!isDraft(order)) {
        return refuse(record, 'The order was sent already and cannot be taken back.');
      }
      return changed(record, at, {
        order: { status: 'cancelled', heldFor: null, candidates: [], fault: null },
        note:
          event.because === 'otherOrder'
            ? `Taken back: order ${event.orderId ?? ''} has the profile that was chosen.`
            : 'Taken back before it was sent.',
      });

    case 'archived':
      if ((order.archivedAt !== null) === event.archived) return SAME;
      if (event.archived && !mayBeArchived(order)) {
        return refuse(
          record,
          'The order is not settled yet. Cancel it, or wait until it is known what became of it.',
        );
      }
      return changed(record, at, {
        order: { archivedAt: event.archived ? at : null },
        note: event.archived ? 'Archived.' : 'Taken out of the archive.',
      });

    case 'activation': {
      const step = liveActivation(order, event.event);
      if (step.kind === 'same') return SAME;
      return step.kind === 'refused'
        ? refuse(record, step.why)
        : changed(record, at, { order: step.change, note: step.note });
    }
  }
}

function lookedInVain(record: OrderRecord, look: 'due' | 'last' | 'extra', at: number): Step {
  const { order, trail } = record;
  if (order.heldFor === 'nothingFound') return SAME;
  if (look === 'extra' && order.heldFor === null) return SAME;
  const looks = trail.looks + (look === 'extra' ? 0 : 1);
  if (look !== 'last') {
    return changed(record, at, {
      order: { heldFor: null, candidates: [] },
      trail: { looks },
      note: "Not in the provider's list yet.",
    });
  }
  const message = "The provider's list does not show a profile for this order.";
  return changed(record, at, {
    order: {
      heldFor: 'nothingFound',
      candidates: [],
      fault: fault('order.unconfirmed', { message, hint: 'Order again, or look once more first.' }),
    },
    trail: { looks },
    note: message,
  });
}

function profiles(count: number): string {
  return count === 1 ? 'a live profile' : `${count} profiles`;
}

function sameSids(some: readonly ExistingProfile[], others: readonly ExistingProfile[]): boolean {
  const sids = (of: readonly ExistingProfile[]) =>
    of
      .map(({ sid, status }) => `${sid} ${status}`)
      .sort()
      .join();
  return sids(some) === sids(others);
}
