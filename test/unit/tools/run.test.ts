import { describe, expect, it } from 'vitest';
import { runQuietly } from '../../../tools/lib/run.mjs';

const node = (program: string, options = {}) => runQuietly(process.execPath, ['-e', program], options);

describe('a quiet command', () => {
  it('gives its output, both streams and stdout alone', async () => {
    const result = await node("console.log('out'); console.error('err')");
    expect(result).toMatchObject({ ok: true, code: 0, stdout: 'out\n', timedOut: false });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('gives its exit code', async () => {
    expect(await node('process.exit(7)')).toMatchObject({ ok: false, code: 7 });
  });

  it('that a signal ended has the code that a shell gives it', async () => {
    expect(await node("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)")).toMatchObject({
      ok: false,
      code: 143,
    });
  });

  it('that cannot be started is a failure with a reason', async () => {
    const result = await runQuietly('there-is-no-such-program', []);
    expect(result).toMatchObject({ ok: false, code: 127 });
    expect(result.output).toContain('ENOENT');
  });

  it('is ended when its time is over', async () => {
    expect(await node('setInterval(() => {}, 1000)', { timeoutMs: 200 })).toMatchObject({
      ok: false,
      timedOut: true,
    });
  });

  it('keeps the end of a long output', async () => {
    const { output } = await node("process.stdout.write('x'.repeat(500000) + 'end')");
    expect(output.endsWith('xend')).toBe(true);
    expect(output.length).toBeLessThanOrEqual(200_000);
  });
});
