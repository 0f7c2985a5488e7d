import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * A process beside the test is told what to do by JSON lines on its stdin, `{"do": name, "with": value}`, and
 * answers each with one on its stdout: `{"ok": value}` or `{"error": text}`. Its first line is
 * `{"ready": value}`. It ends when its stdin does.
 */
export type Orders = Readonly<Record<string, (value: unknown) => unknown>>;

export interface ControlStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Serves orders until the input ends. */
export async function serveOrders(orders: Orders, ready: unknown, streams: ControlStreams): Promise<void> {
  const say = (line: unknown) => streams.output.write(`${JSON.stringify(line)}\n`);
  say({ ready });
  for await (const line of createInterface({ input: streams.input })) {
    try {
      say({ ok: (await obey(orders, line)) ?? null });
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function obey(orders: Orders, line: string): Promise<unknown> {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed !== 'object' || parsed === null || !('do' in parsed)) throw new Error('no order');
  const order = orders[String(parsed.do)];
  if (order === undefined) throw new Error(`no such order: ${String(parsed.do)}`);
  return order('with' in parsed ? parsed.with : undefined);
}

export interface ControlledProcess {
  readonly pid: number;
  /** What its first line said. */
  readonly ready: unknown;
  /** Gives an order and waits for its answer; rejects with the answer's error. */
  tell(order: string, value?: unknown): Promise<unknown>;
  /** Kills it at once, as a crash would. */
  kill(): Promise<void>;
  /** Lets it end by itself. */
  stop(): Promise<void>;
}

/** Starts such a process (a built bundle of one of the mains here) and waits until it is ready. */
export async function startControlled(file: string, config: unknown): Promise<ControlledProcess> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    [file, JSON.stringify(config)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let queue: Promise<unknown> = Promise.resolve();

  async function nextLine(): Promise<Record<string, unknown>> {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${file} ended`);
    return JSON.parse(value) as Record<string, unknown>;
  }

  const { ready } = await nextLine();
  return {
    pid: child.pid ?? 0,
    ready,
    tell(order, value) {
      const answer = queue.then(async () => {
        child.stdin.write(`${JSON.stringify({ do: order, with: value })}\n`);
        const line = await nextLine();
        if ('error' in line) throw new Error(String(line.error));
        return line.ok;
      });
      queue = answer.catch(() => undefined);
      return answer;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
