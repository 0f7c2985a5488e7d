import { z } from 'zod';
import { AccountNameSchema, SecretSchema } from './account.ts';
import { FleetListSchema, SimDefaultsSchema, SimWishSchema } from './activation.ts';
import { AtLogEntrySchema } from './atLog.ts';
import { ChipChangeSchema } from './chip.ts';
import { type Fault, FaultSchema } from './fault.ts';
import { CallbackSchema, ExistingProfileSchema, OrderTargetSchema } from './order.ts';
import { BaudRateSchema, PortPathSchema } from './port.ts';
import { AccountSchema } from './providerTable.ts';
import { ProfileFilterSchema, ProfilePageSchema } from './remoteProfile.ts';
import type { Result } from './result.ts';
import { SettingsChangeSchema } from './settings.ts';
import { KeptProxyLoginSchema, StateChangeSchema, StateSnapshotSchema } from './state.ts';

const nothing = z.null();
const deviceId = z.object({ deviceId: z.string().max(200) });
/** 4 to 8 digits (3GPP TS 31.101 §9.4; ETSI TS 102 221 §9.5.1). */
const PinSchema = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits');
const PukSchema = z.string().regex(/^\d{8}$/, 'must be 8 digits');
const orderId = z.object({ orderId: z.string().max(100) });

/** RFC 7617 §2: a user name ends at the first colon. */
const ProxyUserSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  .regex(/^[^:\u0000-\u001f\u007f]+$/, 'must be one line without a colon');

/** What `orders.create` did: an order was written, or live profiles exist already and nothing was ordered. */
export const CreateOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ordered'),
    orderId: z.string(),
    /** Nothing was written: this order for the same EID was open already. */
    repeated: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('exists'), profiles: z.array(ExistingProfileSchema) }),
]);
export type CreateOutcome = z.infer<typeof CreateOutcomeSchema>;

/**
 * Every request that the window may make of main: what goes in, what comes back. Both are checked in main, the answer
 * also in the preload's caller. An answer is always a {@link Result}; a handler never throws over the border.
 */
export const REQUESTS = {
  'state.get': { input: nothing, output: StateSnapshotSchema },
  'ports.rescan': { input: nothing, output: nothing },
  'devices.addPort': {
    input: z.object({ path: PortPathSchema, baudRate: BaudRateSchema }),
    output: z.object({ deviceId: z.string() }),
  },
  /** Closes the port and takes the device out of sight. */
  'devices.remove': { input: deviceId, output: nothing },
  /** Reads identity and EID again. */
  'devices.read': { input: deviceId, output: nothing },
  /** Stops whatever is under way on the device. */
  'devices.cancel': { input: deviceId, output: nothing },
  /** Sends the PIN, once. It is never logged and never kept. */
  'devices.enterPin': { input: deviceId.extend({ pin: PinSchema }), output: nothing },
  'devices.enterPuk': { input: deviceId.extend({ puk: PukSchema, newPin: PinSchema }), output: nothing },
  'devices.switchSlot': { input: deviceId.extend({ slot: z.number().int().min(1).max(8) }), output: nothing },
  /** Reads the eUICC's state into the device. The answer comes when that is done. */
  'chip.read': { input: deviceId, output: nothing },
  /** Changes one thing and proves it by reading back. The answer comes when that is done. */
  'chip.change': { input: deviceId.extend({ change: ChipChangeSchema }), output: nothing },
  /** What the eUICC wants to tell a server, as it is signed, in hex (SGP.22 §5.7.10). */
  'chip.retrieveNotification': {
    input: deviceId.extend({ sequenceNumber: z.number().int().nonnegative() }),
    output: z.object({ hex: z.string().max(40_000) }),
  },
  /** Waits until the profile is registered, at most 3 minutes. The answer comes when that is done. */
  'devices.verify': { input: deviceId, output: nothing },
  /** Tries what the modem can do, and asks where to save what came of it. `null`: the technician closed the dialog. */
  'devices.saveReport': { input: deviceId, output: z.object({ path: z.string().nullable() }) },
  'orders.create': {
    input: z.object({
      target: OrderTargetSchema,
      callback: CallbackSchema.nullable(),
      /** The technician has said in so many words that this EID is right in spite of its check digits. */
      acceptInvalidEid: z.boolean(),
      /** The technician has seen the live profiles of this EID and wants another one. */
      orderAnother: z.boolean(),
    }),
    output: CreateOutcomeSchema,
  },
  /** Takes a live profile that the provider already has into the ledger, instead of ordering. */
  'orders.adopt': {
    input: z.object({ sid: z.string().max(64), deviceId: z.string().max(200).nullable() }),
    output: z.object({ orderId: z.string() }),
  },
  /** Asks the provider about this order now. */
  'orders.refresh': { input: orderId, output: nothing },
  /** Takes an order back that was not sent yet. */
  'orders.cancel': { input: orderId, output: nothing },
  /** A new order in place of one that was refused, failed, or is nowhere to be found; linked to it. */
  'orders.orderAgain': { input: orderId, output: z.object({ orderId: z.string() }) },
  /** Says which of an order's `candidates` it is. */
  'orders.chooseCandidate': {
    input: orderId.extend({ sid: z.string().max(64) }),
    /** The order that has the profile now: another one, where that had it already. */
    output: z.object({ orderId: z.string() }),
  },
  /** Sends an order that is held because live profiles exist: the technician wants another one. */
  'orders.orderAnother': { input: orderId, output: nothing },
  'orders.archive': { input: orderId.extend({ archived: z.boolean() }), output: nothing },
  /** Asks the provider for the order's Sim; the answer is in the order. */
  'sims.read': { input: orderId, output: nothing },
  /** Has the order's Sim made what is wished, now or as soon as it can be. The wish is what the account begins the next one with. */
  'sims.activate': { input: orderId.extend({ wish: SimWishSchema }), output: nothing },
  /** Takes a wish back of which nothing was sent, or that has stopped. */
  'sims.dropActivation': { input: orderId, output: nothing },
  /** The Fleets of the account that the order belongs to; null: of the account in use. */
  'fleets.list': { input: z.object({ orderId: orderId.shape.orderId.nullable() }), output: FleetListSchema },
  /** Asks where to save the QR and writes it. `null`: the technician closed the dialog. */
  'orders.saveQr': {
    input: orderId.extend({ format: z.enum(['png', 'svg']) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Opens the system's print dialog for the order's sheet: QR, EID, ICCID, SM-DP+ address. */
  'orders.printQr': { input: orderId, output: nothing },
  /** A page of the profiles that the account in use has at the provider, ours or not. */
  'profiles.page': {
    input: z.object({
      filter: ProfileFilterSchema,
      /** Null for the first page, else the `next` of the page before. */
      cursor: z.string().max(4_000).nullable(),
    }),
    output: ProfilePageSchema,
  },
  /** Looks through the whole ledger; changes nothing. */
  'ledger.check': {
    input: nothing,
    output: z.object({
      orders: z.number(),
      /** `orderId` is null where the file as a whole is meant. At most 100. */
      problems: z.array(z.object({ orderId: z.string().nullable(), problem: z.string() })).max(100),
    }),
  },
  /** Asks where to save every order, the archived ones too, and writes them. */
  'ledger.export': {
    input: z.object({ format: z.enum(['csv', 'jsonl']) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Keeps an account and makes it the one in use. */
  'account.set': {
    input: AccountSchema.and(
      z.object({
        /** Another name makes another account. Null: the one in use, or the first. */
        name: AccountNameSchema.nullable(),
        /** Null keeps the secret that is in place. */
        secret: SecretSchema.nullable(),
        keepSecret: z.enum(['keychain', 'session']),
      }),
    ),
    output: nothing,
  },
  /** Checks the credentials with the provider; orders nothing. */
  'account.test': { input: nothing, output: z.object({ elapsedMs: z.number() }) },
  /** Makes another account the one in use. Open orders stay with theirs. */
  'account.use': { input: z.object({ name: AccountNameSchema }), output: nothing },
  /** Gives an account another name, which no other one has. Secret and orders stay with it. */
  'account.rename': {
    input: z.object({ name: AccountNameSchema, newName: AccountNameSchema }),
    output: nothing,
  },
  /** Forgets an account and its secret; null: the one in use. Orders stay in the ledger. */
  'account.clear': { input: z.object({ name: AccountNameSchema.nullable() }), output: nothing },
  /** What is done with the Sims of an account's orders; null: nothing, and nothing is remembered. */
  'account.setSimDefaults': {
    input: z.object({ name: AccountNameSchema, simDefaults: SimDefaultsSchema.nullable() }),
    output: nothing,
  },
  /** Asks where to save all accounts, without their secrets. */
  'accounts.export': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** Asks for such a file and adds what is in it; `added` counts those that are new. */
  'accounts.import': {
    input: nothing,
    output: z.object({ path: z.string().nullable(), added: z.number() }),
  },
  /**
   * Answers the proxy that asks (`proxyLogin`), and tries it with a request that orders nothing. Fault `proxy.refused` where the
   * proxy does not accept it.
   */
  'proxy.signIn': {
    input: z.object({
      user: ProxyUserSchema,
      password: SecretSchema,
      keep: z.enum(['keychain', 'session']),
    }),
    output: nothing,
  },
  /** Forgets the login that is kept for a proxy, which then asks again; fine when there is none. Faults `keychain.*`: it is still kept. */
  'proxy.forget': { input: KeptProxyLoginSchema.omit({ place: true }), output: nothing },
  'settings.set': { input: SettingsChangeSchema, output: nothing },
  /** The latest entries (at most 2,000), oldest first. */
  'atLog.get': { input: nothing, output: z.object({ entries: z.array(AtLogEntrySchema) }) },
  'atLog.export': { input: nothing, output: z.object({ path: z.string().nullable() }) },
  /** As long as the longest that can be copied: a notification of the eUICC in hex. */
  'clipboard.write': { input: z.object({ text: z.string().min(1).max(40_000) }), output: nothing },
  /** Opens a second app process on the demo bench. */
  'demo.open': { input: nothing, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type RequestName = keyof typeof REQUESTS;
export type RequestInput<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['output']>;

/** What main tells the window without being asked. */
export const EVENTS = {
  'state.changed': StateChangeSchema,
  'atLog.added': z.object({ entries: z.array(AtLogEntrySchema) }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>;

/** The one object that the preload puts into the window, as `window.bench`. */
export interface BenchBridge {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Result<RequestOutput<N>, Fault>>;
  /** Returns the function that stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

/** Every answer's shape around `output`. */
export function resultSchema<T extends z.ZodType>(output: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: output }),
    z.object({ ok: z.literal(false), fault: FaultSchema }),
  ]);
}
