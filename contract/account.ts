import { z } from 'zod';
import { SimDefaultsSchema } from './activation.ts';
import { ONE_LINE } from './oneLine.ts';
import { AccountSchema } from './providerTable.ts';

/** A secret on its way in. It goes to the vault and to the one request that needs it. */
export const SecretSchema = z.string().min(1).max(500).regex(ONE_LINE, 'must be one line');

/** What a technician calls an account: one line. */
export const AccountNameSchema = z.string().trim().min(1).max(40).regex(ONE_LINE, 'must be one line');

/** An account by its name. No two have the same. */
export const NamedAccountSchema = z.object({
  name: AccountNameSchema,
  account: AccountSchema,
  /** What is done with the Sims of its orders; null where nothing was wished yet. */
  simDefaults: SimDefaultsSchema.nullable().default(null),
});
export type NamedAccount = z.infer<typeof NamedAccountSchema>;

/** More are not kept. */
export const MOST_ACCOUNTS = 50;

/** Where a secret is: in the system's keychain, in memory until the app ends, or nowhere. */
export const SecretPlaceSchema = z.enum(['keychain', 'session', 'none']);
export type SecretPlace = z.infer<typeof SecretPlaceSchema>;
