import { z } from 'zod';
import { FaultSchema } from './fault.ts';

/** Which profiles of the account are wanted; null: not filtered by that. */
export const ProfileFilterSchema = z.object({
  /** Digits may be grouped; they are checked at the door. */
  eid: z.string().max(100).nullable(),
  simSid: z.string().max(64).nullable(),
  status: z.string().max(64).nullable(),
});
export type ProfileFilter = z.infer<typeof ProfileFilterSchema>;

/** A profile as the provider's list has it, whoever ordered it. The provider may leave out every field but the status. */
export const RemoteProfileSchema = z.object({
  sid: z.string().nullable(),
  status: z.string(),
  eid: z.string().nullable(),
  iccid: z.string().nullable(),
  simSid: z.string().nullable(),
  smdpAddress: z.string().nullable(),
  matchingId: z.string().nullable(),
  /** The provider's own, where the profile failed. */
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** ISO 8601, the provider's clock. */
  dateCreated: z.string().nullable(),
  dateUpdated: z.string().nullable(),
  /** The order in this ledger that has it; null where there is none. */
  orderId: z.string().nullable(),
});
export type RemoteProfile = z.infer<typeof RemoteProfileSchema>;

/** One page of the provider's list. */
export const ProfilePageSchema = z.object({
  profiles: z.array(RemoteProfileSchema).max(10_000),
  /** What the next page is asked for with, with the same filter; null on the last one. */
  next: z.string().max(4_000).nullable(),
  /** Why this page does not tell all: a profile that cannot be read, a next page that is not followed. */
  incomplete: FaultSchema.nullable(),
  /** The account that was asked for. */
  account: z.string(),
});
export type ProfilePage = z.infer<typeof ProfilePageSchema>;
