import { z } from 'zod';
import { ActivationSchema, SimViewSchema } from './activation.ts';
import { FaultSchema, fault } from './fault.ts';

/** Statuses of the provider's eSIM profile, in the order in which they come. `failed` may follow any. */
export const PROFILE_STATUSES = [
  'new',
  'reserving',
  'available',
  'downloaded',
  'installed',
  'failed',
] as const;
export type ProfileStatus = (typeof PROFILE_STATUSES)[number];

/**
 * Our own statuses, before the provider has one:
 * `draft` written, not to be sent yet (waits for the network, or for the technician);
 * `sending` a create request may be under way;
 * `unconfirmed` a create request left and it is not known whether the provider took it;
 * `refused` the provider said no; `cancelled` the technician took it back before it was sent.
 */
export const OWN_STATUSES = ['draft', 'sending', 'unconfirmed', 'refused', 'cancelled'] as const;
export type OwnStatus = (typeof OWN_STATUSES)[number];

/** An order's status. The provider may add statuses: those are kept and shown as they are. */
export type OrderStatus = OwnStatus | ProfileStatus | (string & {});

/** Statuses that nothing follows; the poller stops asking. */
export const FINAL_STATUSES: ReadonlySet<string> = new Set(['installed', 'failed', 'refused', 'cancelled']);
/** Statuses at which the technician has what was ordered (or certainly will not get it): `order` and `resume` end. */
export const SETTLED_STATUSES: ReadonlySet<string> = new Set([...FINAL_STATUSES, 'available', 'downloaded']);

export const CallbackMethodSchema = z.enum(['GET', 'POST']);
/** The technician's own server, passed through to the provider. */
export const CallbackUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  // The address is kept in the ledger and shown, so it is no place for a password.
  .refine((text) => !/^https?:\/\/[^/]*@/i.test(text), 'must not contain a user name or password');
export const CallbackSchema = z.object({ url: CallbackUrlSchema, method: CallbackMethodSchema });
export type Callback = z.infer<typeof CallbackSchema>;

export const HistoryEntrySchema = z.object({
  /** ms since 1970, this computer's clock. */
  at: z.number(),
  status: z.string(),
  /** One sentence: what happened. */
  note: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>;

/** A live profile that the provider already has: offered instead of a second order, or as what became of an order. */
export const ExistingProfileSchema = z.object({
  sid: z.string(),
  status: z.string(),
  eid: z.string().nullable(),
  iccid: z.string().nullable(),
  smdpAddress: z.string().nullable(),
  matchingId: z.string().nullable(),
  /** ISO 8601, the provider's clock. */
  dateCreated: z.string().nullable(),
  /** The order in this ledger that made it, where there is one. */
  orderId: z.string().nullable(),
});
export type ExistingProfile = z.infer<typeof ExistingProfileSchema>;

/**
 * What an order waits for before it goes on.
 * By itself: `turn` the orders before it are sent first; `network` the provider cannot be reached; `limit` the provider
 * takes no more requests for now; `account` credentials that the provider accepts.
 * For the technician: `choice` one of its `candidates` is to be chosen, or another profile ordered in so many words;
 * `nothingFound` the provider's list does not show what was ordered: order again, or look once more.
 */
export const HELD_FOR = ['turn', 'network', 'limit', 'account', 'choice', 'nothingFound'] as const;
export type HeldFor = (typeof HELD_FOR)[number];
/** Of those, what does not pass by itself: somebody has to do something. A program that waits for the order may as well end. */
export const HELD_FOR_PERSON: ReadonlySet<string> = new Set(['account', 'choice', 'nothingFound']);

export const OrderSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  status: z.string(),
  kind: z.enum(['eid', 'matchingId']),
  /** The EID ordered for; null for a matching-ID order. */
  eid: z.string().nullable(),
  /** The device it was ordered for, as it was then; null without one. */
  device: z.object({ id: z.string(), name: z.string(), imei: z.string().nullable() }).nullable(),
  /** Which account it belongs to. `accountSid`: under which that is known at its provider: an Account SID, or at KORE a client id. */
  account: z.object({ provider: z.string(), accountSid: z.string(), endpoint: z.string() }),
  callback: CallbackSchema.nullable(),
  sid: z.string().nullable(),
  iccid: z.string().nullable(),
  simSid: z.string().nullable(),
  smdpAddress: z.string().nullable(),
  matchingId: z.string().nullable(),
  activationCode: z.string().nullable(),
  /** What the QR holds: `LPA:1$…`; null until there is one. */
  lpa: z.string().nullable(),
  /** Whether the technician must type a confirmation code on the device (SGP.22 §4.1). */
  confirmationCodeRequired: z.boolean(),
  /** Why a `draft` or an `unconfirmed` order stands still; null where it does not. */
  heldFor: z.enum(HELD_FOR).nullable(),
  /** With `heldFor: 'choice'`: the profiles that may be what was ordered, or do instead. Else empty. */
  candidates: z.array(ExistingProfileSchema),
  /** The fault of the last attempt, or the provider's own failure. */
  fault: FaultSchema.nullable(),
  /** The order this one was made in place of, or null. */
  replaces: z.string().nullable(),
  archivedAt: z.number().nullable(),
  /** What its Sim is to become; null where nobody has wished anything. */
  activation: ActivationSchema.nullable(),
  /** Its Sim as the provider last told; null where it was not asked for yet. */
  sim: SimViewSchema.nullable(),
  /** Fields of the provider's answer that we do not know yet, by name, as text. */
  extra: z.record(z.string(), z.string()),
  history: z.array(HistoryEntrySchema),
});
/** Our record of wanting a profile. It lives in the ledger and is never deleted. */
export type Order = z.infer<typeof OrderSchema>;

/** What is to be ordered. Digits of an EID may be grouped with blanks or dashes; they are taken out at the door. */
export const OrderTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('device'), deviceId: z.string().max(200) }),
  z.object({ kind: z.literal('eid'), eid: z.string().max(100) }),
  z.object({ kind: z.literal('matchingId') }),
]);
export type OrderTarget = z.infer<typeof OrderTargetSchema>;

/** An EID as typed, pasted or scanned, without its grouping; null where it is not 32 digits. */
export function normaliseEid(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '').replace(/^EID:?/i, '');
  return /^\d{32}$/.test(digits) ? digits : null;
}

/**
 * Whether the check digits of an EID hold: 32 digits, `89` first, ISO 7064 mod 97-10 (GSMA SGP.29 §4).
 * Digit by digit, since 32 digits do not fit a number.
 */
export function eidCheckDigitsHold(eid: string): boolean {
  if (!/^89\d{30}$/.test(eid)) return false;
  let remainder = 0;
  for (const digit of eid) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

/** The fault for an EID that fails its check; says which part fails. */
export function eidFault(text: string): ReturnType<typeof fault> {
  const eid = normaliseEid(text);
  if (eid === null) {
    const digits = text.replace(/[\s-]/g, '');
    return fault('eid.invalid', {
      message: /^\d*$/.test(digits)
        ? `This is no EID: it has ${digits.length} digits instead of 32.`
        : 'This is no EID: it has characters that are not digits.',
    });
  }
  return eid.startsWith('89')
    ? fault('eid.invalid', { message: 'The check digits of this EID do not hold. A digit is wrong.' })
    : fault('eid.invalid', { message: 'This is no EID: it does not start with 89.' });
}
