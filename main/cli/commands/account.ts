import {
  type Account,
  AccountSchema,
  DEFAULT_ENDPOINTS,
  type SecretPlace,
} from '../../../contract/account.ts';
import { EXIT, fault } from '../../../contract/fault.ts';
import type { Command, CommandContext } from '../context.ts';
import { readSecret } from '../readSecret.ts';

export interface AccountSetOptions {
  readonly provider: string;
  readonly account: string;
  readonly key?: string;
  readonly endpoint?: string;
}

/** `account set`: keeps the account; its secret comes on stdin and goes to the keychain. */
export const accountSet: Command<AccountSetOptions> = async (context, options) => {
  const { output } = context;
  const parsed = AccountSchema.safeParse({
    provider: options.provider,
    accountSid: options.account,
    keySid: options.key ?? null,
    endpoint: options.endpoint ?? (options.provider === 'twilio' ? DEFAULT_ENDPOINTS.twilio : ''),
  });
  if (!parsed.success) {
    const details = parsed.error.issues.map(
      (i) => `--${FLAGS[String(i.path[0])] ?? i.path.join('.')}: ${i.message}`,
    );
    return output.fault(
      fault('usage.invalid', { message: 'This account is not valid.', details: details.join('; ') }),
    );
  }
  const secret = await readSecret(context.stdin, process.stderr);
  if (!secret.ok) return output.fault(secret.fault);
  const bench = context.bench();
  const set = await bench.accounts.set({ ...parsed.data, secret: secret.value, keepSecret: 'keychain' });
  if (!set.ok) return output.fault(set.fault);
  return show(context, parsed.data, 'keychain');
};

const FLAGS: Readonly<Record<string, string>> = {
  provider: 'provider',
  accountSid: 'account',
  keySid: 'key',
  endpoint: 'endpoint',
};

/** `account show`: the account without its secret, and where that is. */
export const accountShow: Command<object> = async (context) => {
  const bench = context.bench();
  const account = bench.accounts.account;
  if (account === null) return context.output.fault(fault('account.none'));
  const place = await bench.vault.place(account);
  if (!place.ok) return context.output.fault(place.fault);
  return show(context, account, place.value);
};

/** `account test`: asks the provider whether the credentials hold; orders nothing. */
export const accountTest: Command<object> = async ({ bench, output }) => {
  const { accounts } = bench();
  output.progress('Asking the provider …');
  const tested = await accounts.test();
  if (!tested.ok) return output.fault(tested.fault);
  output.result(
    { ok: true, elapsedMs: tested.value.elapsedMs },
    `The credentials hold (${tested.value.elapsedMs} ms).`,
  );
  return EXIT.done;
};

/** `account clear`: forgets account and secret. */
export const accountClear: Command<object> = async ({ bench, output }) => {
  const { accounts } = bench();
  const cleared = await accounts.clear();
  if (!cleared.ok) return output.fault(cleared.fault);
  output.result({ ok: true }, 'Account and secret are forgotten. The orders stay in the ledger.');
  return EXIT.done;
};

function show({ output }: CommandContext, account: Account, secret: SecretPlace): number {
  const { provider, accountSid, keySid, endpoint } = account;
  const user = keySid === null ? 'auth token' : `API key ${keySid}`;
  output.result(
    { provider, account: accountSid, key: keySid, endpoint, secret },
    `${provider}  ${accountSid}  ${user}  ${endpoint}  secret: ${secret}`,
  );
  return EXIT.done;
}
