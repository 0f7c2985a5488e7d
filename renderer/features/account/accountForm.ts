import {
  type Account,
  AccountSidSchema,
  DEFAULT_ENDPOINTS,
  EndpointSchema,
  KeySidSchema,
  type ProviderName,
  SecretSchema,
} from '../../../contract/account.ts';
import type { RequestInput } from '../../../contract/channels.ts';

/** The account as it is being typed. */
export interface AccountForm {
  readonly provider: ProviderName;
  readonly accountSid: string;
  /** Whether the secret belongs to an API key or is the account's auth token. */
  readonly credential: 'key' | 'token';
  readonly keySid: string;
  /** Empty keeps the one that is stored. */
  readonly secret: string;
  readonly endpoint: string;
}

export type FormField = 'accountSid' | 'keySid' | 'secret' | 'endpoint';
export type FormErrors = Partial<Record<FormField, string>>;

export function formOf(account: Account | null): AccountForm {
  return {
    provider: account?.provider ?? 'twilio',
    accountSid: account?.accountSid ?? '',
    credential: account !== null && account.keySid === null ? 'token' : 'key',
    keySid: account?.keySid ?? '',
    secret: '',
    endpoint: account?.endpoint ?? DEFAULT_ENDPOINTS.twilio,
  };
}

/** Whether the stored secret still fits: it belongs to provider, endpoint and user name. */
export function secretStillFits(form: AccountForm, stored: Account | null): boolean {
  if (stored === null) return false;
  const keySid = form.credential === 'key' ? form.keySid.trim() : null;
  return (
    stored.provider === form.provider &&
    stored.accountSid === form.accountSid.trim() &&
    stored.keySid === keySid &&
    stored.endpoint === form.endpoint.trim().replace(/\/+$/, '')
  );
}

export function isChanged(form: AccountForm, stored: Account | null): boolean {
  return form.secret !== '' || (stored === null ? form.accountSid !== '' : !secretStillFits(form, stored));
}

type AccountInput = RequestInput<'account.set'>;

/** The request to main, or what is wrong with each field. `hasSecret`: a secret for the stored account is in place. */
export function checkForm(
  form: AccountForm,
  stored: Account | null,
  hasSecret: boolean,
  keepSecret: AccountInput['keepSecret'],
): { readonly ok: true; readonly input: AccountInput } | { readonly ok: false; readonly errors: FormErrors } {
  const errors: FormErrors = {};
  const accountSid = AccountSidSchema.safeParse(form.accountSid);
  if (!accountSid.success) errors.accountSid = 'AC and 32 hex digits, as the console shows it.';
  const keySid = form.credential === 'key' ? KeySidSchema.safeParse(form.keySid) : null;
  if (keySid !== null && !keySid.success) errors.keySid = 'SK and 32 hex digits, as the console shows it.';
  const endpoint = EndpointSchema.safeParse(form.endpoint.trim());
  if (!endpoint.success) errors.endpoint = 'An https address; http on this computer alone.';
  const secret = form.secret === '' ? null : SecretSchema.safeParse(form.secret);
  if (secret === null && !(hasSecret && secretStillFits(form, stored)))
    errors.secret = 'Needed: none is stored for this.';
  if (secret !== null && !secret.success) errors.secret = 'One line, without control characters.';

  if (
    Object.keys(errors).length > 0 ||
    !accountSid.success ||
    !endpoint.success ||
    keySid?.success === false
  ) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    input: {
      name: null,
      provider: form.provider,
      accountSid: accountSid.data,
      keySid: keySid === null ? null : keySid.data,
      endpoint: endpoint.data,
      secret: secret === null ? null : form.secret,
      keepSecret,
    },
  };
}
