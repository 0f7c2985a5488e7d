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
  signal: AbortSignal,
): Promise<Result<string>> {
  const text = stdin.isTTY
    ? await typeHidden(stdin, prompt, 'Secret', signal)
    : ((await readLines(stdin, 1, signal))[0] ?? '');
  if (signal.aborted) return fail(fault('cancelled'));
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
  signal: AbortSignal,
): Promise<Result<readonly string[]>> {
  if (!stdin.isTTY) {
    const given = await readLines(stdin, names.length, signal);
    return signal.aborted ? fail(fault('cancelled')) : ok(given);
  }
  const lines: string[] = [];
  for (const name of names) {
    const typed = await typeHidden(stdin, prompt, name, signal);
    if (typed === null) return fail(fault('cancelled'));
    lines.push(typed);
  }
  return ok(lines);
}

function readLines(stdin: NodeJS.ReadableStream, count: number, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => {
      stdin.removeListener('data', take);
      signal.removeEventListener('abort', done);
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
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

function typeHidden(
  stdin: NodeJS.ReadableStream & { setRawMode?: (raw: boolean) => unknown },
  prompt: NodeJS.WritableStream,
  name: string,
  signal: AbortSignal,
): Promise<string | null> {
  prompt.write(`${name} (not shown): `);
  stdin.setRawMode?.(true);
  return new Promise((resolve) => {
    let text = '';
    const done = (result: string | null) => {
      stdin.removeListener('data', take);
      signal.removeEventListener('abort', interrupt);
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
    // The terminal must not stay without its echo.
    const interrupt = () => done(null);
    stdin.on('data', take);
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();
  });
}
