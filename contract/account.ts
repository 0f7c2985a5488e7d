import { z } from 'zod';
import { SimDefaultsSchema } from './activation.ts';
import { ONE_LINE } from './oneLine.ts';

export const PROVIDERS = ['twilio', 'kore'] as const;
export const ProviderNameSchema = z.enum(PROVIDERS);
export type ProviderName = z.infer<typeof ProviderNameSchema>;

const PATH = '(/[^?#\\s]*)?';
const ENDPOINT = new RegExp(
  `^(https://[^/?#@\\s]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?)${PATH}$`,
  'i',
);

/** An endpoint: https anywhere, http on loopback alone, no user, query or fragment in it, no trailing slash. */
export const EndpointSchema = z
  .url()
  .max(300)
  .regex(ENDPOINT, 'must be https (http on loopback alone), without user, query or fragment')
  .transform((text) => text.replace(/\/+$/, ''));

export const AccountSidSchema = z
  .string()
  .trim()
  .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hex digits');
export const KeySidSchema = z
  .string()
  .trim()
  .regex(/^SK[0-9a-fA-F]{32}$/, 'must be SK and 32 hex digits');
/** A secret on its way in. It goes to the vault and to the one request that needs it. */
export const SecretSchema = z.string().min(1).max(500).regex(ONE_LINE, 'must be one line');

/** A client's name at an OAuth 2 provider: visible ASCII (RFC 6749 appendix A.1), without blanks. Not a secret. */
export const ClientIdSchema = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible characters, without blanks');

export const TwilioAccountSchema = z.object({
  provider: z.literal('twilio'),
  accountSid: AccountSidSchema,
  /** The API key's SID, or null where the secret is the account's auth token. */
  keySid: KeySidSchema.nullable(),
  endpoint: EndpointSchema,
});
export type TwilioAccount = z.infer<typeof TwilioAccountSchema>;

export const KoreAccountSchema = z.object({
  provider: z.literal('kore'),
  clientId: ClientIdSchema,
  endpoint: EndpointSchema,
  /** Where the token is had: a whole address, not a base. */
  tokenEndpoint: EndpointSchema,
});
export type KoreAccount = z.infer<typeof KoreAccountSchema>;

export const AccountSchema = z.discriminatedUnion('provider', [TwilioAccountSchema, KoreAccountSchema]);
/** Provider, endpoint and the name to sign in with, without the secret. */
export type Account = z.infer<typeof AccountSchema>;

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
