import { SecretSchema } from '../../contract/account.ts';
import { fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';

const LIMIT = 4_096;

/**
 * The secret from stdin, up to the first line end. On a terminal the typed characters are not shown.
 * It is never taken from an argument: those are seen by every user of the computer and end up in the shell's history.
 */
export async function readSecret(
  stdin: NodeJS.ReadableStream & { isTTY?: boolean },
  prompt: NodeJS.WritableStream,
): Promise<Result<string>> {
  const text = stdin.isTTY ? await typeHidden(stdin, prompt, 'Secret') : await readLine(stdin);
  const parsed = SecretSchema.safeParse(text ?? '');
  if (parsed.success) return ok(parsed.data);
  return fail(
    fault('usage.invalid', {
      message:
        text === null ? 'Nothing was entered.' : 'The secret must be one line of at most 500 characters.',
      hint: 'Give the secret on stdin, for example: echo "$SECRET" | … account set …',
    }),
  );
}

/**
 * PIN, or PUK and PIN, from stdin, one a line; typed on a terminal they are not shown. Never from an argument, as with
 * {@link readSecret}. What they must look like is the caller's.
 */
export async function readPinLines(
  stdin: NodeJS.ReadableStream & { isTTY?: boolean },
  prompt: NodeJS.WritableStream,
  names: readonly string[],
): Promise<Result<readonly string[]>> {
  if (!stdin.isTTY) return ok(await readLines(stdin, names.length));
  const lines: string[] = [];
  for (const name of names) {
    const typed = await typeHidden(stdin, prompt, name);
    if (typed === null) return fail(fault('cancelled'));
    lines.push(typed);
  }
  return ok(lines);
}

async function readLine(stdin: NodeJS.ReadableStream): Promise<string> {
  return (await readLines(stdin, 1))[0] ?? '';
}

function readLines(stdin: NodeJS.ReadableStream, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => {
      stdin.removeListener('data', take);
      stdin.pause();
      resolve(text.split(/\r?\n/).slice(0, count));
    };
    const take = (chunk: string | Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > count || text.length > LIMIT) done();
    };
    stdin.on('data', take);
    stdin.once('end', done);
    stdin.once('error', done);
  });
}

function typeHidden(
  stdin: NodeJS.ReadableStream & { setRawMode?: (raw: boolean) => unknown },
  prompt: NodeJS.WritableStream,
  name: string,
): Promise<string | null> {
  prompt.write(`${name} (not shown): `);
  stdin.setRawMode?.(true);
  return new Promise((resolve) => {
    let text = '';
    const done = (result: string | null) => {
      stdin.removeListener('data', take);
      stdin.setRawMode?.(false);
      stdin.pause();
      prompt.write('\n');
      resolve(result);
    };
    const take = (chunk: string | Buffer) => {
      for (const char of chunk.toString()) {
        if (char === '\r' || char === '\n' || char === '\u0004') return done(text);
        if (char === '\u0003') return done(null);
        if (char === '\u007f' || char === '\b') text = text.slice(0, -1);
        else if (text.length < LIMIT) text += char;
      }
    };
    stdin.on('data', take);
  });
}
