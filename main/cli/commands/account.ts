import { resolve } from 'node:path';
import { AccountNameSchema, type NamedAccount, type SecretPlace } from '../../../contract/account.ts';
import { EXIT, fault } from '../../../contract/fault.ts';
import {
  type AccountField,
  AccountSchema,
  accountDraft,
  accountIdOf,
  credentialId,
  credentialOfAccount,
  fieldOf,
  fieldsOfProvider,
  PROVIDER_TABLE,
  PROVIDERS,
  type ProviderName,
  ProviderNameSchema,
} from '../../../contract/providerTable.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { safeParse } from '../../../contract/safeParse.ts';
import { readAccountsFile, writeAccountsFile } from '../../bench/accountsFile.ts';
import type { Command, CommandContext } from '../context.ts';
import { readSecret } from '../readSecret.ts';

/** Beside `name`, the fields of the provider's accounts as {@link PROVIDER_TABLE} has them, each by its option. */
export type AccountSetOptions = {
  readonly provider: string;
  /** Without one: the account in use, or the first. */
  readonly name?: string;
} & Readonly<Partial<Record<string, string>>>;

/** `account set`: keeps the account; its secret comes on stdin and goes to the keychain. */
export const accountSet: Command<AccountSetOptions> = async (context, options) => {
  const { output } = context;
  const foreign = foreignFlags(options);
  if (foreign.length > 0) {
    const message = `An account at ${options.provider} has no ${foreign.map((flag) => `--${flag}`).join(', ')}.`;
    return output.fault(fault('usage.invalid', { message }));
  }
  const parsed = safeParse(AccountSchema, accountOf(options));
  if (!parsed.success) {
    const message = parsed.error.issues.map(({ path }) => wrongWords(path.join('.'))).join(' ');
    return output.fault(fault('usage.invalid', { message }));
  }
  const name = options.name === undefined ? ok(null) : nameOf(options.name);
  if (!name.ok) return output.fault(name.fault);
  const secret = await readSecret(context.stdin, process.stderr, context.signal);
  if (!secret.ok) return output.fault(secret.fault);
  const bench = context.bench();
  const set = await bench.accounts.set({
    ...parsed.data,
    name: name.value,
    secret: secret.value,
    keepSecret: 'keychain',
  });
  if (!set.ok) return output.fault(set.fault);
  return show(context, bench.accounts.inUse, 'keychain');
};

/** What the options come to, by the table of the provider; checked by the schema. */
function accountOf(options: AccountSetOptions): object {
  const provider = ProviderNameSchema.safeParse(options.provider);
  if (!provider.success) return { provider: options.provider };
  const { credentials } = PROVIDER_TABLE[provider.data];
  const given = ({ flag }: AccountField) => options[optionName(flag)];
  const credential =
    credentials.find(({ fields }) => fields.every((field) => given(field) !== undefined)) ?? credentials[0];
  const values = Object.fromEntries(
    fieldsOfProvider(provider.data).map((field) => [field.name, given(field)]),
  );
  return accountDraft(provider.data, credential, values);
}

/** `client-id` as Commander and JSON have it: `clientId`. */
function optionName(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Options that were given and are of other providers' accounts alone: whoever gave them expects something of them. */
function foreignFlags(options: AccountSetOptions): string[] {
  const own = PROVIDERS.filter((provider) => provider === options.provider).flatMap((each) => flagsOf(each));
  const others = new Set(PROVIDERS.flatMap((provider) => flagsOf(provider)));
  return [...others].filter((flag) => !own.includes(flag) && options[optionName(flag)] !== undefined);
}

function flagsOf(provider: ProviderName): string[] {
  return fieldsOfProvider(provider).map(({ flag }) => flag);
}

function wrongWords(name: string): string {
  const field = PROVIDERS.flatMap((provider) => fieldsOfProvider(provider)).find(
    (each) => each.name === name,
  );
  return field === undefined ? `${name} is not valid.` : `--${field.flag}: ${field.wrong}`;
}

function nameOf(text: string): Result<string> {
  const parsed = safeParse(AccountNameSchema, text);
  return parsed.success
    ? ok(parsed.data)
    : fail(fault('usage.invalid', { message: 'A name of an account is one line of at most 40 characters.' }));
}

/** `account show`: the account in use without its secret, and where that is. */
export const accountShow: Command<object> = async (context) => {
  const bench = context.bench();
  const { inUse } = bench.accounts;
  if (inUse === null) return context.output.fault(bench.accounts.none);
  const place = await bench.vault.place(inUse.account);
  if (!place.ok) return context.output.fault(place.fault);
  return show(context, inUse, place.value);
};

/** `account list`: one object an account. */
export const accountList: Command<object> = async ({ bench, output }) => {
  const { accounts, preferences } = bench();
  const { all, inUse } = accounts;
  if (preferences.notice !== null) return output.fault(preferences.notice);
  for (const named of all) {
    const isInUse = named.name === inUse?.name;
    output.result(
      { ...accountObject(named), inUse: isInUse },
      `${isInUse ? '*' : ' '} ${accountLine(named)}`,
    );
  }
  if (all.length === 0) output.progress('No accounts yet. Set one with: account set');
  return EXIT.done;
};

/** `account use NAME`: what is ordered from now on is ordered with this one. */
export const accountUse: Command<{ readonly name: string }> = async ({ bench, output }, { name }) => {
  const { accounts } = bench();
  const used = await accounts.use(name);
  if (!used.ok) return output.fault(used.fault);
  output.result({ name }, `${name} is in use. Open orders stay with their accounts.`);
  return EXIT.done;
};

/** `account rename OLD NEW`: its secret and its orders stay with it. */
export const accountRename: Command<{ readonly name: string; readonly newName: string }> = async (
  { bench, output },
  { name, newName },
) => {
  const wanted = nameOf(newName);
  if (!wanted.ok) return output.fault(wanted.fault);
  const renamed = await bench().accounts.rename(name, wanted.value);
  if (!renamed.ok) return output.fault(renamed.fault);
  output.result({ name: wanted.value }, `${name} is named ${wanted.value} now.`);
  return EXIT.done;
};

/** `account export --out FILE`: all accounts, without their secrets. */
export const accountExport: Command<{ readonly out: string }> = async ({ bench, output }, { out }) => {
  const { all } = bench().accounts;
  const path = resolve(out);
  const written = writeAccountsFile(path, all);
  if (!written.ok) return output.fault(written.fault);
  output.result({ path, accounts: all.length }, `${all.length} account(s) written to ${path}, no secrets.`);
  return EXIT.done;
};

/** `account import FILE`: adds the accounts of such a file; their secrets are still to be set. */
export const accountImport: Command<{ readonly file: string }> = async ({ bench, output }, { file }) => {
  const read = readAccountsFile(resolve(file));
  if (!read.ok) return output.fault(read.fault);
  const added = await bench().accounts.add(read.value);
  if (!added.ok) return output.fault(added.fault);
  output.result(
    { added: added.value },
    `${added.value} account(s) added. Set their secrets with: account set`,
  );
  return EXIT.done;
};

/** `account test`: asks the provider whether the credentials hold; orders nothing. */
export const accountTest: Command<object> = async ({ bench, output, signal }) => {
  const { accounts } = bench();
  output.progress('Asking the provider …');
  const tested = await accounts.test(signal);
  if (!tested.ok) return output.fault(tested.fault);
  output.result(
    { ok: true, elapsedMs: tested.value.elapsedMs },
    `The credentials hold (${tested.value.elapsedMs} ms).`,
  );
  return EXIT.done;
};

/** `account clear [NAME]`: forgets an account and its secret; without a name, the one in use. */
export const accountClear: Command<{ readonly name?: string }> = async ({ bench, output }, { name }) => {
  const { accounts } = bench();
  const cleared = await accounts.clear(name ?? null);
  if (!cleared.ok) return output.fault(cleared.fault);
  output.result({ ok: true }, 'Account and secret are forgotten. The orders stay in the ledger.');
  return EXIT.done;
};

function show({ output }: CommandContext, named: NamedAccount | null, secret: SecretPlace): number {
  if (named === null) return output.fault(fault('account.none'));
  output.result({ ...accountObject(named), secret }, `${accountLine(named)}  secret: ${secret}`);
  return EXIT.done;
}

function accountObject({ name, account }: NamedAccount) {
  const fields = fieldsOfProvider(account.provider);
  const own = fields.map((field) => [optionName(field.flag), fieldOf(account, field.name)]);
  return { name, provider: account.provider, ...Object.fromEntries(own) };
}

function accountLine({ name, account }: NamedAccount): string {
  const signsIn = [credentialOfAccount(account).label, credentialId(account)].filter(Boolean).join(' ');
  return [name, account.provider, accountIdOf(account), signsIn, account.endpoint].join('  ');
}
