import type { z } from 'zod';
import {
  type Account,
  AccountSidSchema,
  ClientIdSchema,
  DEFAULT_ENDPOINTS,
  DEFAULT_TOKEN_ENDPOINTS,
  EndpointSchema,
  KeySidSchema,
  type ProviderName,
} from '../../../contract/account.ts';

/** Every field that some provider's account has, but the secret. */
export const FIELD_NAMES = ['accountSid', 'keySid', 'clientId', 'endpoint', 'tokenEndpoint'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];
export type FieldValues = Readonly<Record<FieldName, string>>;

export interface FormFieldSpec {
  readonly name: FieldName;
  readonly label: string;
  readonly placeholder?: string;
  readonly description?: string;
  readonly schema: z.ZodType<string>;
  /** What is said where the schema does not take it. */
  readonly wrong: string;
}

/** One way to sign in: what the secret is called, and the fields that go with it alone. */
export interface CredentialSpec {
  readonly name: string;
  readonly label: string;
  readonly secretLabel: string;
  readonly fields: readonly FormFieldSpec[];
}

/** The form of one provider's accounts. */
export interface ProviderForm {
  /** For the technician: what is needed and where it is had. */
  readonly about: string;
  /** Before the credentials. */
  readonly fields: readonly FormFieldSpec[];
  /** The usual one first. */
  readonly credentials: readonly [CredentialSpec, ...CredentialSpec[]];
  /** After the credentials, below the fold. */
  readonly folded: readonly FormFieldSpec[];
  readonly defaults: FieldValues;
}

const NOTHING: FieldValues = { accountSid: '', keySid: '', clientId: '', endpoint: '', tokenEndpoint: '' };

const ENDPOINT: FormFieldSpec = {
  name: 'endpoint',
  label: 'Endpoint',
  description: 'Another address of the same API. https, or http on this computer alone.',
  schema: EndpointSchema,
  wrong: 'An https address; http on this computer alone.',
};

/** What is asked for at each provider. Another provider is another row, and its case in {@link builtAccount} and {@link valuesOf}. */
export const PROVIDER_FORMS: Readonly<Record<ProviderName, ProviderForm>> = {
  twilio: {
    about:
      'An API key is better than the auth token: it can be revoked by itself. Make one in the Twilio console under Account, API keys.',
    fields: [
      {
        name: 'accountSid',
        label: 'Account SID',
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
        fields: [
          {
            name: 'keySid',
            label: 'API key SID',
            placeholder: 'SK…',
            schema: KeySidSchema,
            wrong: 'SK and 32 hex digits, as the console shows it.',
          },
        ],
      },
      { name: 'token', label: 'Auth token', secretLabel: 'Auth token', fields: [] },
    ],
    folded: [ENDPOINT],
    defaults: { ...NOTHING, endpoint: DEFAULT_ENDPOINTS.twilio },
  },
  kore: {
    about: 'Make an API client in the KORE console. It has a client ID and a client secret.',
    fields: [],
    credentials: [
      {
        name: 'client',
        label: 'API client',
        secretLabel: 'Client secret',
        fields: [
          {
            name: 'clientId',
            label: 'Client ID',
            schema: ClientIdSchema,
            wrong: '1 to 200 visible characters, without blanks.',
          },
        ],
      },
    ],
    folded: [
      ENDPOINT,
      {
        name: 'tokenEndpoint',
        label: 'Token endpoint',
        description: 'Where the access token is had. A whole address.',
        schema: EndpointSchema,
        wrong: 'An https address; http on this computer alone.',
      },
    ],
    defaults: {
      ...NOTHING,
      endpoint: DEFAULT_ENDPOINTS.kore,
      tokenEndpoint: DEFAULT_TOKEN_ENDPOINTS.kore,
    },
  },
};

/** The credential that is chosen; the usual one where there is no such. */
export function credentialOf(provider: ProviderName, name: string): CredentialSpec {
  const { credentials } = PROVIDER_FORMS[provider];
  return credentials.find((each) => each.name === name) ?? credentials[0];
}

/** The account that values make, as they are: whether each is valid is for its schema. */
export function builtAccount(provider: ProviderName, credential: string, values: FieldValues): Account {
  switch (provider) {
    case 'twilio':
      return {
        provider,
        accountSid: values.accountSid,
        keySid: credential === 'token' ? null : values.keySid,
        endpoint: values.endpoint,
      };
    case 'kore':
      return {
        provider,
        clientId: values.clientId,
        endpoint: values.endpoint,
        tokenEndpoint: values.tokenEndpoint,
      };
  }
}

/** The other way round: what the form shows of an account. */
export function valuesOf(account: Account): { credential: string; values: FieldValues } {
  switch (account.provider) {
    case 'twilio':
      return {
        credential: account.keySid === null ? 'token' : 'key',
        values: {
          ...NOTHING,
          accountSid: account.accountSid,
          keySid: account.keySid ?? '',
          endpoint: account.endpoint,
        },
      };
    case 'kore':
      return {
        credential: 'client',
        values: {
          ...NOTHING,
          clientId: account.clientId,
          endpoint: account.endpoint,
          tokenEndpoint: account.tokenEndpoint,
        },
      };
  }
}
