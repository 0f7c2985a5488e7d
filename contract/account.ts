import { z } from 'zod';

export const PROVIDERS = ['twilio'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** Base URL used where the account does not name one. */
export const DEFAULT_ENDPOINTS: Record<ProviderName, string> = { twilio: 'https://supersim.twilio.com' };

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
export const SecretSchema = z
  .string()
  .min(1)
  .max(500)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'must be one line');

export const AccountSchema = z.object({
  provider: z.enum(PROVIDERS),
  accountSid: AccountSidSchema,
  /** The API key's SID, or null where the secret is the account's auth token. */
  keySid: KeySidSchema.nullable(),
  endpoint: EndpointSchema,
});
/** Provider, endpoint and key name, without the secret. */
export type Account = z.infer<typeof AccountSchema>;

/** Where a secret is: in the system's keychain, in memory until the app ends, or nowhere. */
export const SecretPlaceSchema = z.enum(['keychain', 'session', 'none']);
export type SecretPlace = z.infer<typeof SecretPlaceSchema>;
