import { z } from 'zod';
import { AccountSidSchema, ClientIdSchema, EndpointSchema, KeySidSchema } from './accountFields.ts';

/** One field of an account: what it is called, in the window and on the command line, and what it may be. */
export interface AccountField<Name extends string = FieldName> {
  readonly name: Name;
  readonly label: string;
  /** Its option on the command line, without dashes, and what stands behind it in the help. */
  readonly flag: string;
  readonly argument: string;
  readonly help: string;
  readonly placeholder?: string;
  readonly description?: string;
  readonly schema: z.ZodType<string>;
  /** What is said where the schema does not take it. */
  readonly wrong: string;
  /** What holds where nothing is said. */
  readonly fallback?: string;
}

/** One way to sign in: what the secret is called, and the fields that go with it alone. */
export interface Credential<Name extends string = FieldName> {
  readonly name: string;
  readonly label: string;
  readonly secretLabel: string;
  /** In a line about the account, before the field that names it, where there is one. */
  readonly inShort: string;
  readonly fields: readonly AccountField<Name>[];
}

/** All that window, command line and ledger have to know of one provider's accounts. */
export interface ProviderRow<Name extends string = FieldName> {
  readonly label: string;
  /** For the technician: what is needed and where it is had. */
  readonly about: string;
  /** The field under which an account is known at its provider: what an order keeps to say whose it is. Never a secret. */
  readonly id: Name;
  /** Before the credentials. */
  readonly fields: readonly AccountField<Name>[];
  /** The usual one first. */
  readonly credentials: readonly [Credential<Name>, ...Credential<Name>[]];
  /** After the credentials, below the fold. */
  readonly folded: readonly AccountField<Name>[];
}

/** A row: the shape of a provider's accounts, and what is told of just the fields that they have. */
type Row<Schema extends z.ZodObject> = { readonly account: Schema } & ProviderRow<
  Exclude<keyof z.infer<Schema> & string, 'provider'>
>;
const row = <Schema extends z.ZodObject>(told: Row<Schema>): Row<Schema> => told;

const endpoint = (fallback: string): AccountField<'endpoint'> => ({
  name: 'endpoint',
  label: 'Endpoint',
  flag: 'endpoint',
  argument: '<url>',
  help: 'base URL of the API (https, or http on loopback)',
  description: 'Another address of the same API. https, or http on this computer alone.',
  schema: EndpointSchema,
  wrong: 'An https address; http on this computer alone.',
  fallback,
});

/** Every provider that the bench can order from, a row each. The rest of the steps to another one: docs/ARCHITECTURE.md. */
const ROWS = {
  twilio: row({
    account: z.object({
      provider: z.literal('twilio'),
      accountSid: AccountSidSchema,
      /** The API key's SID, or null where the secret is the account's auth token. */
      keySid: KeySidSchema.nullable(),
      endpoint: EndpointSchema,
    }),
    label: 'Twilio',
    about:
      'An API key is better than the auth token: it can be revoked by itself. Make one in the Twilio console under Account, API keys.',
    id: 'accountSid',
    fields: [
      {
        name: 'accountSid',
        label: 'Account SID',
        flag: 'account',
        argument: '<AC…>',
        help: 'Account SID',
        placeholder: 'AC…',
        schema: AccountSidSchema,
        wrong: 'AC and 32 hex digits, as the console shows it.',
      },
    ],
    credentials: [
      {
        name: 'key',
        label: 'API key',
        secretLabel: 'API key secret',
        inShort: 'key',
        fields: [
          {
            name: 'keySid',
            label: 'API key SID',
            flag: 'key',
            argument: '<SK…>',
            help: "API key SID; without it the secret is the account's auth token",
            placeholder: 'SK…',
            schema: KeySidSchema,
            wrong: 'SK and 32 hex digits, as the console shows it.',
          },
        ],
      },
      { name: 'token', label: 'Auth token', secretLabel: 'Auth token', inShort: 'auth token', fields: [] },
    ],
    folded: [endpoint('https://supersim.twilio.com')],
  }),
  kore: row({
    account: z.object({
      provider: z.literal('kore'),
      clientId: ClientIdSchema,
      endpoint: EndpointSchema,
      /** Where the token is had: a whole address, not a base. */
      tokenEndpoint: EndpointSchema,
    }),
    label: 'KORE',
    about: 'Make an API client in the KORE console. It has a client ID and a client secret.',
    id: 'clientId',
    fields: [],
    credentials: [
      {
        name: 'client',
        label: 'API client',
        secretLabel: 'Client secret',
        inShort: 'client secret',
        fields: [
          {
            name: 'clientId',
            label: 'Client ID',
            flag: 'client-id',
            argument: '<id>',
            help: 'client id; the secret is the client secret',
            schema: ClientIdSchema,
            wrong: '1 to 200 visible characters, without blanks.',
          },
        ],
      },
    ],
    folded: [
      endpoint('https://supersim.api.korewireless.com'),
      {
        name: 'tokenEndpoint',
        label: 'Token endpoint',
        flag: 'token-endpoint',
        argument: '<url>',
        help: 'where the token is had, if not at its usual place',
        description: 'Where the access token is had. A whole address.',
        schema: EndpointSchema,
        wrong: 'An https address; http on this computer alone.',
        fallback: 'https://api.korewireless.com/api-services/v1/auth/token',
      },
    ],
  }),
};
/** {@link ROWS} without the types of each provider alone. */
export const PROVIDER_TABLE: Readonly<Record<ProviderName, ProviderRow>> = ROWS;

export const PROVIDERS = Object.values(ROWS).map(({ account }) => account.shape.provider.value);
export const ProviderNameSchema = z.enum(PROVIDERS);
export type ProviderName = keyof typeof ROWS;

/** Provider, endpoint and the name to sign in with, without the secret. */
export type AccountOf<Name extends ProviderName> = z.infer<(typeof ROWS)[Name]['account']>;
export type Account = { [Name in ProviderName]: AccountOf<Name> }[ProviderName];
const [first, ...others] = Object.values(ROWS).map(({ account }) => account);
if (first === undefined) throw new Error('the table of providers is empty');
export const AccountSchema = z.discriminatedUnion('provider', [first, ...others]);

type KeysOf<T> = T extends unknown ? Exclude<keyof T, 'provider'> : never;
/** Every field that some provider's account has, but the secret. */
export type FieldName = KeysOf<Account>;
/** As typed; one that is missing is empty. */
export type FieldValues = Readonly<Partial<Record<FieldName, string>>>;

/** The fields of a provider's accounts with one way to sign in, or with all of them. */
export function fieldsOfProvider(provider: ProviderName, credential?: Credential): readonly AccountField[] {
  const { fields, credentials, folded } = PROVIDER_TABLE[provider];
  const own = (credential === undefined ? credentials : [credential]).flatMap((each) => each.fields);
  return [...fields, ...own, ...folded];
}

/** A field of an account; null where it has none, or an empty one. */
export function fieldOf(account: Account, name: FieldName): string | null {
  const fields: Readonly<Record<string, unknown>> = account;
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

/** Under which name an account is known at its provider. */
export function accountIdOf(account: Account): string {
  return fieldOf(account, PROVIDER_TABLE[account.provider].id) ?? '';
}

/** How an account signs in: the first way whose fields it has. */
export function credentialOfAccount(account: Account): Credential {
  const { credentials } = PROVIDER_TABLE[account.provider];
  const used = credentials.find(({ fields }) => fields.every(({ name }) => fieldOf(account, name) !== null));
  return used ?? credentials[0];
}

/** What names an account's credential beside the account itself, as a key's SID; null where nothing does. */
export function credentialId(account: Account): string | null {
  const { id } = PROVIDER_TABLE[account.provider];
  const own = credentialOfAccount(account).fields.find(({ name }) => name !== id);
  return own === undefined ? null : fieldOf(account, own.name);
}

/**
 * The account that values make, unchecked: `AccountSchema` says whether it is one. Fields of other ways to sign in are null.
 */
export function accountDraft(
  provider: ProviderName,
  credential: Credential,
  values: FieldValues,
): Readonly<Record<string, unknown>> {
  const used = fieldsOfProvider(provider, credential);
  const entries = fieldsOfProvider(provider).map(({ name, fallback }) => [
    name,
    used.some((field) => field.name === name) ? (values[name] ?? fallback) : null,
  ]);
  return { provider, ...Object.fromEntries(entries) };
}
