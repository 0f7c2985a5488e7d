import { resolve } from 'node:path';
import { EXIT, fault } from '../contract/fault.ts';
import { defaultDataDir } from './base/dataDir.ts';
import type { Bench } from './bench/bench.ts';
import { createOutput } from './cli/output.ts';
import { parseCommandLine } from './cli/program.ts';
import { composeBench } from './compose.ts';
import { VERSION } from './version.ts';

/** Runs one command line and gives its exit code. */
async function run(argv: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(argv, VERSION);
  if (parsed.kind === 'text') {
    process.stdout.write(parsed.text);
    return EXIT.done;
  }
  if (parsed.kind === 'wrong') {
    return createOutput(argv.includes('--json')).fault(fault('usage.invalid', { message: parsed.message }));
  }

  const { invocation } = parsed;
  const output = createOutput(invocation.json);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

  let bench: Bench | null = null;
  const context = {
    output,
    json: invocation.json,
    signal: stop.signal,
    stdin: process.stdin,
    stdout: process.stdout,
    bench(): Bench {
      bench ??= composeBench({
        fetch: globalThis.fetch,
        dataDir: invocation.dataDir === null ? defaultDataDir('real') : resolve(invocation.dataDir),
      });
      return bench;
    },
  };
  try {
    return await invocation.run(context);
  } catch (error) {
    return output.fault(
      fault('internal', { details: error instanceof Error ? error.message : String(error) }),
    );
  } finally {
    await (bench as Bench | null)?.stop();
  }
}

const code = await run(process.argv.slice(2));
// A keyring whose prompt nobody answers holds a thread: it must not hold the command, too. What was written must have left first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
