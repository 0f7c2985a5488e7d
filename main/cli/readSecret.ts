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
  const text = stdin.isTTY ? await typeHidden(stdin, prompt) : await readLine(stdin);
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

function readLine(stdin: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const done = () => {
      stdin.removeListener('data', take);
      stdin.pause();
      resolve(text.split(/\r?\n/, 1)[0] ?? '');
    };
    const take = (chunk: string | Buffer) => {
      text += chunk.toString();
      if (text.includes('\n') || text.length > LIMIT) done();
    };
    stdin.on('data', take);
    stdin.once('end', done);
    stdin.once('error', done);
  });
}

function typeHidden(
  stdin: NodeJS.ReadableStream & { setRawMode?: (raw: boolean) => unknown },
  prompt: NodeJS.WritableStream,
): Promise<string | null> {
  prompt.write('Secret (not shown): ');
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
