import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readPinLines, readSecret } from '../../../main/cli/readSecret.ts';

const CANCELLED = { ok: false, fault: { code: 'cancelled' } };

/** stdin, a terminal or none, with what has become of its raw mode. */
function stdinOf(isTTY: boolean) {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (on: boolean) => raw.push(on),
  });
  return { stdin, raw };
}

describe.each([
  ['a pipe', false],
  ['a terminal', true],
])('a secret from %s', (_, isTTY) => {
  it('is what stands before the first line end', async () => {
    const { stdin } = stdinOf(isTTY);
    const reading = readSecret(stdin, new PassThrough(), new AbortController().signal);
    stdin.write('one\r');
    stdin.write('\ntwo\n');
    expect(await reading).toEqual({ ok: true, value: 'one' });
  });

  it('is waited for no longer once the command is to end', async () => {
    const { stdin, raw } = stdinOf(isTTY);
    const stop = new AbortController();
    const reading = readSecret(stdin, new PassThrough(), stop.signal);
    stdin.write('half a sec');
    stop.abort();
    expect(await reading).toMatchObject(CANCELLED);
    expect(raw).toEqual(isTTY ? [true, false] : []);
  });

  it('is not asked for at all where it is to end already', async () => {
    const { stdin } = stdinOf(isTTY);
    expect(await readSecret(stdin, new PassThrough(), AbortSignal.abort())).toMatchObject(CANCELLED);
  });

  it('and PINs neither', async () => {
    const { stdin } = stdinOf(isTTY);
    const stop = new AbortController();
    const reading = readPinLines(stdin, new PassThrough(), ['PUK', 'New PIN'], stop.signal);
    stdin.write('12345678\n');
    stop.abort();
    expect(await reading).toMatchObject(CANCELLED);
  });
});
