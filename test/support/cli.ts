import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of stdout as JSON. */
  objects(): Record<string, unknown>[];
}

export interface CliOptions {
  readonly dataDir: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Sent this signal so long after the first line on stdout. */
  readonly signalAfterFirstLine?: NodeJS.Signals;
  /** Ctrl-C as soon as this resolves. */
  readonly interruptWhen?: Promise<unknown>;
  /** Whoever reads stdout goes away after its first line, as `head -1` does. */
  readonly readOneLine?: true;
}

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'main', 'cli.js');

/** Runs the built CLI as a process of its own, with `--json`. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const child = spawn(process.execPath, [CLI, '--data-dir', options.dataDir, ...args, '--json'], {
    env: { ...process.env, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  let signal = options.signalAfterFirstLine;
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (options.readOneLine && stdout.includes('\n')) child.stdout.destroy();
    if (signal === undefined || !stdout.includes('\n')) return;
    // Once: a second one ends the process at once, as somebody who presses Ctrl-C twice wants it to.
    child.kill(signal);
    signal = undefined;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  void options.interruptWhen?.then(() => child.kill('SIGINT'));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({
        code,
        stdout,
        stderr,
        objects: () =>
          stdout
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line)),
      });
    });
  });
}
