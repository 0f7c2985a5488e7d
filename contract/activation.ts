import { z } from 'zod';
import { FaultSchema } from './fault.ts';
import { NameTemplateSchema } from './nameTemplate.ts';
import { ONE_LINE } from './oneLine.ts';

/** What a new Sim can be made: `ready` costs nothing until it is used and turns `active` by itself then; `active` at once. */
export const SIM_STATUS_WISHES = ['ready', 'active'] as const;
export const SimStatusWishSchema = z.enum(SIM_STATUS_WISHES);

/** A Fleet by its SID or its unique name. */
export const FleetNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(ONE_LINE, 'must be one line')
  // The provider writes SIDs with small digits, and what it says of a Sim is held against this.
  .transform((text) => (/^HF[0-9a-f]{32}$/i.test(text) ? `HF${text.slice(2).toLowerCase()}` : text));

/** What a Sim is to become. */
export const SimWishSchema = z.object({
  fleet: FleetNameSchema,
  /** What the Fleet is called, for people, where `fleet` is its SID. */
  fleetName: z.string().max(300).nullable(),
  simStatus: SimStatusWishSchema,
  /** Null leaves the Sim's unique name as it is. */
  nameTemplate: NameTemplateSchema.nullable(),
});
export type SimWish = z.infer<typeof SimWishSchema>;

/** What an account does with the Sims of its orders. */
export const SimDefaultsSchema = z.object({
  /** What was wished last, to begin the next choice with. */
  wish: SimWishSchema,
  /** Whether every order of the account has it done by itself once its profile is available. */
  byItself: z.boolean(),
});
export type SimDefaults = z.infer<typeof SimDefaultsSchema>;

/**
 * `waiting` nothing was sent, or what was sent was not processed; `sending` a request may be under way; `unconfirmed` one left and it
 * is not known whether the provider took it; `scheduled` the provider took it and is at it; `done` the Sim is as wished;
 * `stopped` somebody has to do something: the fault says what.
 */
export const ACTIVATION_STATUSES = [
  'waiting',
  'sending',
  'unconfirmed',
  'scheduled',
  'done',
  'stopped',
] as const;
export type ActivationStatus = (typeof ACTIVATION_STATUSES)[number];
/** Those in which more happens by itself. */
export const OPEN_ACTIVATIONS: readonly ActivationStatus[] = [
  'waiting',
  'sending',
  'unconfirmed',
  'scheduled',
];

/** Whether more happens to an activation by itself. */
export function isOpenActivation(activation: Pick<Activation, 'status'> | null): boolean {
  return activation !== null && OPEN_ACTIVATIONS.includes(activation.status);
}

/**
 * What a `waiting` activation waits for: `profile` that the order has its Sim; `sim` that the provider knows the Sim; the others as
 * for an order.
 */
export const ACTIVATION_HELD_FOR = ['profile', 'sim', 'turn', 'network', 'limit', 'account'] as const;

export const ActivationSchema = z.object({
  wish: SimWishSchema,
  status: z.enum(ACTIVATION_STATUSES),
  heldFor: z.enum(ACTIVATION_HELD_FOR).nullable(),
  /** The name that the wish's template has made; null before, and where the Sim keeps its own. */
  uniqueName: z.string().nullable(),
  /** What `{n}` stands for in it. */
  number: z.number().int(),
  /** How many requests have left that were not certainly in vain. */
  attempts: z.number().int(),
  fault: FaultSchema.nullable(),
});
/** Our record of wanting an order's Sim to be ready for use. It is as durable as the order. */
export type Activation = z.infer<typeof ActivationSchema>;

export const SimViewSchema = z.object({
  status: z.string(),
  uniqueName: z.string().nullable(),
  fleetSid: z.string().nullable(),
  /** When the provider said so, ms since 1970. */
  at: z.number(),
});
/** The Sim as the provider last told. */
export type SimView = z.infer<typeof SimViewSchema>;

export const FleetViewSchema = z.object({ sid: z.string(), uniqueName: z.string().nullable() });
export type FleetView = z.infer<typeof FleetViewSchema>;

/** More Fleets are not shown. */
export const MOST_FLEETS = 2_000;
export const FleetListSchema = z.object({
  fleets: z.array(FleetViewSchema).max(MOST_FLEETS),
  /** When the provider told them, ms since 1970; null where it never has. */
  listedAt: z.number().nullable(),
  /** Why these are the ones of last time, or not all. */
  fault: FaultSchema.nullable(),
});
/** An account's Fleets: as they are now, or as they were remembered. */
export type FleetList = z.infer<typeof FleetListSchema>;
