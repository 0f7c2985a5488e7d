import type { SimWish } from '../../contract/activation.ts';
import type { Callback, Order } from '../../contract/order.ts';
import { wishedActivation, wishInWords } from './activationLife.ts';

/** The account that an order is placed with. An order is only ever asked about with the account that placed it. */
export type AccountRef = Order['account'];

export type OrderDevice = Order['device'];

/** One text for one account, to compare and to key by. */
export function accountKey(account: AccountRef): string {
  return [account.provider, account.accountSid, account.endpoint].join(' ');
}

/** When a create request left, and by whose clock. */
export interface SentAt {
  /** ms since 1970. */
  readonly ms: number;
  /** `local` where the provider's clock is not known: comparisons then need a wide margin. */
  readonly by: 'provider' | 'local';
}

/** What the ledger keeps of an order beside what the window shows: what is needed to find out about a lost answer. */
export interface Trail {
  /** The technician has asked in so many words for a profile beside those that the EID has. */
  readonly orderAnother: boolean;
  /** When the last create request left; null before the first. */
  readonly sentAt: SentAt | null;
  /** Every profile that the EID had just before that request: none of them can be its doing. */
  readonly knownSids: readonly string[];
  /** How often the provider's list was looked through for it in vain. */
  readonly looks: number;
}

export interface OrderRecord {
  readonly order: Order;
  readonly trail: Trail;
}

/** What a technician wants, before it is in the ledger. */
export interface Intent {
  readonly target: { readonly kind: 'eid'; readonly eid: string } | { readonly kind: 'matchingId' };
  readonly device: OrderDevice;
  readonly account: AccountRef;
  readonly callback: Callback | null;
  readonly orderAnother: boolean;
  /** The order that this one is made in place of. */
  readonly replaces: string | null;
  /** What the Sim is to become once there is one. */
  readonly simWish?: SimWish;
}

export type RecordTarget =
  | { readonly kind: 'eid'; readonly eid: string }
  | { readonly kind: 'matchingId'; readonly eid: null };

/** What was ordered, as one value: an order by EID always has its EID. */
export function targetOf(order: Pick<Order, 'kind' | 'eid'>): RecordTarget {
  return order.kind === 'eid' && order.eid !== null
    ? { kind: 'eid', eid: order.eid }
    : { kind: 'matchingId', eid: null };
}

function blank(id: string, account: AccountRef, at: number): Order {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    status: 'draft',
    kind: 'matchingId',
    eid: null,
    device: null,
    account: { provider: account.provider, accountSid: account.accountSid, endpoint: account.endpoint },
    callback: null,
    sid: null,
    iccid: null,
    simSid: null,
    smdpAddress: null,
    matchingId: null,
    activationCode: null,
    lpa: null,
    confirmationCodeRequired: false,
    heldFor: null,
    candidates: [],
    fault: null,
    replaces: null,
    archivedAt: null,
    activation: null,
    sim: null,
    extra: {},
    history: [],
  };
}

const NO_TRAIL: Trail = { orderAnother: false, sentAt: null, knownSids: [], looks: 0 };

/** An intent as the ledger takes it in: a draft that waits for its turn. `at`: ms since 1970. */
export function draftOf(id: string, intent: Intent, at: number): OrderRecord {
  return {
    order: {
      ...blank(id, intent.account, at),
      kind: intent.target.kind,
      eid: intent.target.kind === 'eid' ? intent.target.eid : null,
      device: intent.device,
      callback: intent.callback,
      heldFor: 'turn',
      replaces: intent.replaces,
      activation: intent.simWish === undefined ? null : wishedActivation(intent.simWish, false),
      history: [{ at, status: 'draft', note: draftNote(intent) }],
    },
    trail: { ...NO_TRAIL, orderAnother: intent.orderAnother },
  };
}

function draftNote(intent: Intent): string {
  const sim = intent.simWish === undefined ? '' : ` The SIM is to become ${wishInWords(intent.simWish)}.`;
  return `${draftKind(intent)}${sim}`;
}

function draftKind({ replaces, orderAnother }: Intent): string {
  if (replaces !== null) return `Written down, in place of order ${replaces}.`;
  return orderAnother ? 'Written down, as another profile beside those that the EID has.' : 'Written down.';
}

/** An order that begins with a profile which the provider has already, before that profile is filled in. */
export function adoptionOf(
  id: string,
  of: {
    readonly eid: string | null;
    readonly device: OrderDevice;
    readonly account: AccountRef;
  },
  at: number,
): OrderRecord {
  const order = { ...blank(id, of.account, at), device: of.device };
  return {
    order: of.eid === null ? order : { ...order, kind: 'eid', eid: of.eid },
    trail: NO_TRAIL,
  };
}
