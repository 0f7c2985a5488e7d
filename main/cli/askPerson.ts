import { createInterface } from 'node:readline/promises';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { CommandContext } from './context.ts';

/**
 * Asks whether to go on with something that cannot be taken back. Without a terminal nobody can be asked: then `--yes` must have been
 * given. Faults: `cancelled`, `usage.invalid`.
 */
export async function askPerson(
  { stdin, stdout, signal, json }: Pick<CommandContext, 'stdin' | 'stdout' | 'signal' | 'json'>,
  question: string,
  yes: boolean | undefined,
): Promise<Result<null>> {
  if (yes === true) return ok(null);
  if (stdin.isTTY !== true || stdout.isTTY !== true || json) {
    return fail(
      fault('usage.invalid', { message: `${question} Nothing was done.`, hint: 'Say so with --yes.' }),
    );
  }
  const lines = createInterface({ input: stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim()) ? ok(null) : fail(fault('cancelled'));
  } catch {
    return fail(fault('cancelled'));
  } finally {
    lines.close();
  }
}
