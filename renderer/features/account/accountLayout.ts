import type { NamedAccount } from '../../../contract/account.ts';

export interface AccountLayout {
  /** All accounts by name, each with what can be done with it. */
  readonly listed: boolean;
  /** The form below; null where no account is in use, and none is being added. */
  readonly form: 'inUse' | 'another' | null;
  /** The form has the account's tools, as no list has. */
  readonly tools: boolean;
}

/** What is shown of the accounts: one is a form and no more; a list of them is there with the second. */
export function accountLayout(
  accounts: readonly NamedAccount[],
  inUse: string | null,
  adding: boolean,
): AccountLayout {
  if (accounts.length === 0) return { listed: false, form: adding ? 'another' : 'inUse', tools: false };
  const listed = accounts.length > 1 || inUse === null || adding;
  return { listed, form: adding ? 'another' : inUse === null ? null : 'inUse', tools: !listed };
}
