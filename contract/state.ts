import { z } from 'zod';
import { NamedAccountSchema, SecretPlaceSchema } from './account.ts';
import { DeviceSchema } from './device.ts';
import { FaultSchema } from './fault.ts';
import { OrderSchema } from './order.ts';
import { PortSchema } from './port.ts';
import { AccountSchema } from './providerTable.ts';
import { SettingsSchema } from './settings.ts';

/** Whether the provider can be reached: what the last request said, never what an interface says. */
export const ReachabilitySchema = z.object({
  state: z.enum(['unknown', 'checking', 'reachable', 'offline', 'rejected']),
  since: z.number(),
  fault: FaultSchema.nullable(),
});
export type Reachability = z.infer<typeof ReachabilitySchema>;

/** A proxy on the way to the provider that asks for a user name and a password and has not had right ones. */
export const ProxyLoginSchema = z.object({
  /** `proxy.example:3128`. */
  host: z.string().max(300),
  /** What it says it asks for, on one line; empty where it says nothing. */
  realm: z.string().max(100),
  /** It did not accept what it was last given. */
  refused: z.boolean(),
});
export type ProxyLogin = z.infer<typeof ProxyLoginSchema>;

/** A proxy for which a login is kept, and where. Neither user name nor password: whose proxy it is says who knows them. */
export const KeptProxyLoginSchema = z.object({
  /** `proxy.example:3128`. */
  host: z.string().max(300),
  /** The way of asking, in small letters: `basic`. */
  scheme: z.string().max(20),
  /** As in `ProxyLogin`. */
  realm: z.string().max(100),
  place: z.enum(['keychain', 'session']),
});
export type KeptProxyLogin = z.infer<typeof KeptProxyLoginSchema>;

export const BenchStateSchema = z.object({
  app: z.object({
    version: z.string(),
    mode: z.enum(['real', 'demo']),
    platform: z.string(),
    /** Where ledger and settings are kept. */
    dataDir: z.string(),
  }),
  ports: z.object({
    list: z.array(PortSchema),
    fault: FaultSchema.nullable(),
    listedAt: z.number().nullable(),
  }),
  devices: z.array(DeviceSchema),
  /** Newest first. */
  orders: z.array(OrderSchema),
  /** Set when the ledger had to be set aside or cannot be written. */
  ledgerFault: FaultSchema.nullable(),
  /** The account in use: what is ordered now is ordered with it. */
  account: z.object({
    name: z.string().nullable(),
    account: AccountSchema.nullable(),
    secret: SecretPlaceSchema,
    fault: FaultSchema.nullable(),
  }),
  /** All accounts, by name. Orders of any of them are followed. */
  accounts: z.array(NamedAccountSchema),
  /** Of the account in use. */
  provider: ReachabilitySchema,
  /** Null while no proxy asks. */
  proxyLogin: ProxyLoginSchema.nullable(),
  keptProxyLogins: z.array(KeptProxyLoginSchema),
  /** How long orders of this account took from ordered to available, ms; null while there are too few to say. */
  usualMsToAvailable: z.number().nullable(),
  settings: SettingsSchema,
});
/** All that the window shows. Main owns it; the window never changes it but by asking main. */
export type BenchState = z.infer<typeof BenchStateSchema>;

/**
 * A change of the state. Slices are replaced whole, but `orders`, which holds only the orders that changed or are
 * new (by id): a ledger may be long. `revision` counts up by one; after a gap the window asks for the whole again.
 */
const StateSlicesSchema = z.object({
  ports: BenchStateSchema.shape.ports.exactOptional(),
  devices: BenchStateSchema.shape.devices.exactOptional(),
  ledgerFault: BenchStateSchema.shape.ledgerFault.exactOptional(),
  account: BenchStateSchema.shape.account.exactOptional(),
  accounts: BenchStateSchema.shape.accounts.exactOptional(),
  provider: BenchStateSchema.shape.provider.exactOptional(),
  proxyLogin: BenchStateSchema.shape.proxyLogin.exactOptional(),
  keptProxyLogins: BenchStateSchema.shape.keptProxyLogins.exactOptional(),
  usualMsToAvailable: BenchStateSchema.shape.usualMsToAvailable.exactOptional(),
  settings: BenchStateSchema.shape.settings.exactOptional(),
});

export const StateChangeSchema = z.object({
  revision: z.number(),
  slices: StateSlicesSchema,
  orders: z.array(OrderSchema),
});
export type StateChange = z.infer<typeof StateChangeSchema>;

export const StateSnapshotSchema = z.object({ revision: z.number(), state: BenchStateSchema });
export type StateSnapshot = z.infer<typeof StateSnapshotSchema>;
