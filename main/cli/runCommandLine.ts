import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, type Fault, fault } from '../../contract/fault.ts';
import { defaultDataDir } from '../base/dataDir.ts';
import { errorText } from '../base/errorText.ts';
import type { Bench } from '../bench/bench.ts';
import { VERSION } from '../version.ts';
import { createOutput } from './output.ts';
import { parseCommandLine } from './program.ts';
import { codeAfterWriting, watchStream } from './standardStream.ts';

/** Runs one command line (without program name) in this process and gives its exit code. */
export async function runCommandLine(
  argv: readonly string[],
  makeBench: (dataDir: string) => Bench,
): Promise<number> {
  const stop = new AbortController();
  // Whoever read the results has gone: a command that waits ends as at Ctrl-C.
  const stdout = watchStream(process.stdout, () => stop.abort());
  watchStream(process.stderr, () => undefined);
  const parsed = parseCommandLine(argv, VERSION);
  if (parsed.kind === 'text') {
    process.stdout.write(parsed.text);
    return codeAfterWriting(stdout, createOutput(false), EXIT.done);
  }
  if (parsed.kind === 'wrong') {
    if (parsed.help !== undefined) process.stderr.write(`${parsed.help}\n`);
    return createOutput(argv.includes('--json')).fault(fault('usage.invalid', { message: parsed.message }));
  }

  const { invocation } = parsed;
  const output = createOutput(invocation.json);
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

  let bench: Bench | null = null;
  let stopping: Promise<void> | undefined;
  /** What goes on by itself ends at once, and with it whatever of it a command waits for. */
  const stopBench = () => {
    stopping ??= bench?.stop();
    return stopping;
  };
  stop.signal.addEventListener('abort', () => void stopBench());
  const context = {
    output,
    json: invocation.json,
    signal: stop.signal,
    stdin: process.stdin,
    stdout: process.stdout,
    dataDir: invocation.dataDir === null ? defaultDataDir('real') : resolve(invocation.dataDir),
    bench(): Bench {
      if (bench === null) {
        makeFolder(context.dataDir);
        bench = makeBench(context.dataDir);
        const { notice } = bench.preferences;
        if (notice !== null) output.notice(notice);
      }
      return bench;
    },
  };
  try {
    const code = await invocation.run(context);
    return await codeAfterWriting(stdout, output, code);
  } catch (error) {
    return output.fault(
      error instanceof UnusableFolder ? error.fault : fault('internal', { details: errorText(error) }),
    );
  } finally {
    await stopBench();
  }
}

/** Thrown where a command asks for its bench, and there can be none. */
class UnusableFolder extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const message = 'The data folder cannot be used.';
    const hint = 'Check that it is a folder that you may write to, or choose another one with --data-dir.';
    throw new UnusableFolder(fault('file.unwritable', { message, hint, details: errorText(error) }));
  }
}
