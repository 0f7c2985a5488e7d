import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { BenchConfig } from './benchEntry.ts';

/** When a process is killed. */
export type Kill =
  /** By itself, at a step of an order's way. */
  | { readonly at: 'step'; readonly step: NonNullable<BenchConfig['dieAt']>['step']; readonly time: number }
  /** From outside, so long after it has begun; ms of our time. */
  | { readonly at: 'moment'; readonly afterMs: number };

export interface Ended {
  readonly args: readonly string[];
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The step at which it died, where it did. */
  readonly diedAt: string | null;
  /** What killed it; `hung`: it did not end by itself in any reasonable time. */
  readonly killed: 'step' | 'moment' | 'hung' | null;
}

export interface Started {
  readonly ended: Promise<Ended>;
}

/** Nothing that a run asks for takes this long, ms. The machine may be a busy one. */
const LONGEST_MS = 120_000;

export interface StartOptions {
  readonly file: string;
  readonly config: BenchConfig;
  /** What runs it in place of Node alone: `prlimit …`. */
  readonly wrapper?: readonly string[];
  readonly killAfterMs: number | null;
}

/** Starts a bench. Its secret goes through a pipe: an argument or an environment could be read by others. */
export function startBench({ file, config, wrapper = [], killAfterMs }: StartOptions): Started {
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, '--no-warnings', file];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const control = child.stdio[3] as Duplex;
  let killed: Ended['killed'] = null;
  let timer: NodeJS.Timeout | null = null;
  control.on('error', () => undefined);
  control.on('data', (chunk: Buffer) => {
    for (const letter of chunk.toString()) {
      if (letter === 'k') killed = 'step';
      if (letter === 'r' && killAfterMs !== null) {
        timer = setTimeout(() => {
          if (child.kill('SIGKILL')) killed = 'moment';
        }, killAfterMs);
      }
    }
  });
  control.write(`${JSON.stringify(config)}\n`);
  const ended = collect(
    child,
    config.argv,
    () => killed,
    (how) => {
      killed = how;
    },
  ).finally(() => {
    if (timer !== null) clearTimeout(timer);
  });
  const { dieAt } = config;
  return {
    ended: ended.then((end) => ({ ...end, diedAt: end.killed === 'step' ? (dieAt?.step ?? null) : null })),
  };
}

/** Runs the CLI as it is shipped. */
export function runShipped(
  file: string,
  args: readonly string[],
  options: { readonly stdin?: string; readonly env: NodeJS.ProcessEnv; readonly killAfterMs?: number | null },
): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: options.env,
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  let killed: Ended['killed'] = null;
  const { killAfterMs = null } = options;
  const timer =
    killAfterMs === null
      ? null
      : setTimeout(() => {
          if (child.kill('SIGKILL')) killed = 'moment';
        }, killAfterMs);
  return collect(
    child,
    args,
    () => killed,
    (how) => {
      killed = how;
    },
  ).finally(() => {
    if (timer !== null) clearTimeout(timer);
  });
}

function collect(
  child: ChildProcess,
  args: readonly string[],
  killed: () => Ended['killed'],
  kill: (how: 'hung') => void,
): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const limit = setTimeout(() => {
    kill('hung');
    child.kill('SIGKILL');
  }, LONGEST_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      // It may have ended by itself just before the signal came.
      const how = signal === 'SIGKILL' ? killed() : null;
      resolve({ args, code, stdout, stderr, diedAt: null, killed: how });
    });
  });
}
