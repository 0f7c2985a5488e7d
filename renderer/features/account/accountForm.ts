import { AccountNameSchema, SecretSchema } from '../../../contract/account.ts';
import type { RequestInput } from '../../../contract/channels.ts';
import {
  type Account,
  type AccountField,
  AccountSchema,
  accountDraft,
  type Credential,
  credentialOfAccount,
  type FieldName,
  type FieldValues,
  fieldOf,
  fieldsOfProvider,
  PROVIDER_TABLE,
  type ProviderName,
} from '../../../contract/providerTable.ts';

/** The account as it is being typed. */
export interface AccountForm {
  /** Typed for another account alone; one that is kept has its name. */
  readonly name: string;
  readonly provider: ProviderName;
  /** Which of the provider's ways to sign in. */
  readonly credential: string;
  readonly values: FieldValues;
  /** Empty keeps the one that is stored. */
  readonly secret: string;
}

export type FormErrors = Partial<Record<FieldName | 'name' | 'secret', string>>;

/** What the form is for: the account in use (or the first of all), or another one beside those that there are. */
export type FormTarget =
  | {
      readonly kind: 'inUse';
      readonly stored: Account | null;
      /** A secret for it is in place. */
      readonly hasSecret: boolean;
    }
  | { readonly kind: 'another'; readonly taken: readonly string[] };

/** An empty form, or one that shows an account; never a secret. */
export function formOf(account: Account | null): AccountForm {
  return account === null
    ? emptyForm('twilio')
    : {
        name: '',
        provider: account.provider,
        credential: credentialOfAccount(account).name,
        values: valuesOf(account.provider, ({ name }) => fieldOf(account, name) ?? ''),
        secret: '',
      };
}

function valuesOf(provider: ProviderName, of: (field: AccountField) => string): FieldValues {
  return Object.fromEntries(fieldsOfProvider(provider).map((field) => [field.name, of(field)]));
}

/** The credential that is chosen; the usual one where there is no such. */
export function credentialOf({
  provider,
  credential,
}: Pick<AccountForm, 'provider' | 'credential'>): Credential {
  const { credentials } = PROVIDER_TABLE[provider];
  return credentials.find(({ name }) => name === credential) ?? credentials[0];
}

/** What is typed belongs to the provider that it was typed for; the name stays. */
export function withProvider(form: AccountForm, provider: ProviderName): AccountForm {
  return { ...emptyForm(provider), name: form.name };
}

function emptyForm(provider: ProviderName): AccountForm {
  const [usual] = PROVIDER_TABLE[provider].credentials;
  const values = valuesOf(provider, ({ fallback = '' }) => fallback);
  return { name: '', provider, credential: usual.name, values, secret: '' };
}

/** The fields that the form has now, without secret and name. */
export function fieldsOf(form: AccountForm): readonly AccountField[] {
  return fieldsOfProvider(form.provider, credentialOf(form));
}

/** As typed, but for blanks around it and slashes after an address. */
function tidied(form: AccountForm): Readonly<Record<string, unknown>> {
  const values = valuesOf(form.provider, ({ name }) => {
    const text = (form.values[name] ?? '').trim();
    return /^https?:/i.test(text) ? text.replace(/\/+$/, '') : text;
  });
  return accountDraft(form.provider, credentialOf(form), values);
}

/** Whether the stored secret still fits: it belongs to the account as it is, addresses and user name. */
export function secretStillFits(form: AccountForm, stored: Account | null): boolean {
  if (stored === null) return false;
  return JSON.stringify(tidied(form)) === JSON.stringify(tidied(formOf(stored)));
}

/** Whether there is something to save. */
export function isChanged(form: AccountForm, stored: Account | null): boolean {
  if (form.secret !== '') return true;
  if (stored !== null) return !secretStillFits(form, stored);
  return JSON.stringify(form) !== JSON.stringify(emptyForm(form.provider));
}

/** The account that was typed, or what is wrong with each field. */
export function checkAccount(
  form: AccountForm,
): { readonly ok: true; readonly account: Account } | { readonly ok: false; readonly errors: FormErrors } {
  const errors: FormErrors = {};
  for (const { name, schema, wrong } of fieldsOf(form)) {
    if (!schema.safeParse((form.values[name] ?? '').trim()).success) errors[name] = wrong;
  }
  const account = AccountSchema.safeParse(tidied(form));
  return account.success ? { ok: true, account: account.data } : { ok: false, errors };
}

type AccountInput = RequestInput<'account.set'>;

/** The request to main, or what is wrong with each field. */
export function checkForm(
  form: AccountForm,
  target: FormTarget,
  keepSecret: AccountInput['keepSecret'],
): { readonly ok: true; readonly input: AccountInput } | { readonly ok: false; readonly errors: FormErrors } {
  const checked = checkAccount(form);
  const errors: FormErrors = {
    ...(checked.ok ? {} : checked.errors),
    ...secretError(form, target),
    ...nameError(form, target),
  };
  if (!checked.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    input: {
      ...checked.account,
      name: target.kind === 'another' ? form.name.trim() : null,
      secret: form.secret === '' ? null : form.secret,
      keepSecret,
    },
  };
}

function secretError(form: AccountForm, target: FormTarget): FormErrors {
  if (form.secret !== '') {
    return SecretSchema.safeParse(form.secret).success
      ? {}
      : { secret: 'One line, without control characters.' };
  }
  const inPlace = target.kind === 'inUse' && target.hasSecret && secretStillFits(form, target.stored);
  return inPlace ? {} : { secret: 'Needed: none is stored for this.' };
}

function nameError(form: AccountForm, target: FormTarget): FormErrors {
  if (target.kind === 'inUse') return {};
  const wrong = wrongName(form.name, target.taken);
  return wrong === null ? {} : { name: wrong };
}

/** What is wrong with an account's name; null where nothing is. */
export function wrongName(text: string, taken: readonly string[]): string | null {
  const name = AccountNameSchema.safeParse(text);
  if (!name.success) return 'A name of 1 to 40 characters.';
  return taken.includes(name.data) ? 'Another account has this name.' : null;
}
