import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { MOST_ACCOUNTS, type NamedAccount, NamedAccountSchema } from '../../contract/account.ts';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { safeParse } from '../../contract/safeParse.ts';
import { errorText } from '../base/errorText.ts';
import { writeWholeFile } from '../base/wholeFile.ts';

const FORMAT = 'esim-bench accounts';
const LONGEST_FILE_BYTES = 256 * 1024;

/** Accounts as one bench hands them to another. There is no place for a secret in it. */
const FileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  accounts: z.array(NamedAccountSchema).max(MOST_ACCOUNTS),
});

/** Writes accounts, without their secrets. Fault: `file.unwritable`. */
export function writeAccountsFile(path: string, accounts: readonly NamedAccount[]): Result<null> {
  return writeWholeFile(path, [`${JSON.stringify({ format: FORMAT, version: 1, accounts }, null, 2)}\n`]);
}

/** Reads such a file. What it holds beside accounts is left out. Fault: `file.unreadable`. */
export function readAccountsFile(path: string): Result<NamedAccount[]> {
  let text: string;
  try {
    if (statSync(path).size > LONGEST_FILE_BYTES) return fail(noAccounts('It is far too long.'));
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail(
      fault('file.unreadable', {
        hint: 'Check that it is there and that you may read it.',
        details: errorText(error),
      }),
    );
  }
  return accountsIn(text);
}

function accountsIn(text: string): Result<NamedAccount[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(noAccounts(errorText(error)));
  }
  const parsed = safeParse(FileSchema, value);
  if (parsed.success) return ok(parsed.data.accounts);
  const [issue] = parsed.error.issues;
  return fail(noAccounts(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`));
}

function noAccounts(details: string) {
  return fault('file.unreadable', {
    message: 'This is no file of eSIM Bench accounts.',
    details: details.slice(0, 500),
  });
}
