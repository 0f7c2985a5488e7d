import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../main/cli/output.ts';
import { codeAfterWriting, watchStream } from '../../../main/cli/standardStream.ts';
import { sink } from './sink.ts';

/** A stream that takes nothing any more. */
function broken(code: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
}

/** What a command that ends with `code` ends with in the end, how often it was told of it, and what it says. */
async function written(stream: Writable, code: number) {
  let told = 0;
  const stderr = sink();
  const watched = watchStream(stream, () => {
    told += 1;
  });
  stream.write('a result\n');
  const output = createOutput(true, stream, stderr.stream);
  return { code: await codeAfterWriting(watched, output, code), told, said: stderr.text() };
}

describe('results', () => {
  it('that were written leave the exit code as it is', async () => {
    expect(await written(sink().stream, 0)).toEqual({ code: 0, told: 0, said: '' });
    expect(await written(sink().stream, 7)).toMatchObject({ code: 7 });
  });

  it('whose reader has had enough are done, and the command is told once', async () => {
    expect(await written(broken('EPIPE'), 0)).toEqual({ code: 0, told: 1, said: '' });
    expect(await written(broken('EPIPE'), 8)).toMatchObject({ code: 8 });
  });

  it('that did not fit onto the disk are not done', async () => {
    const full = await written(broken('ENOSPC'), 0);
    expect([full.code, full.told]).toEqual([2, 1]);
    expect(full.said).toContain('could not be written');
    expect(await written(broken('ENOSPC'), 8)).toMatchObject({ code: 8 });
  });
});
