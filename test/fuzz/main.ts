/**
 * Feeds many inputs to every door. Started by tools/fuzz.mjs, which builds it: main.js SEED INPUTS JOBS [DOOR [NUMBER]]
 * Each door has a worker of its own with little memory: one that hangs is seen and ended, one that eats memory dies.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DOORS } from './doors.ts';
import { knockOn } from './knock.ts';
import { inputsFor } from './shares.ts';
import type { Task, Told, WorkerSetting } from './workerEntry.ts';

const [seedText = '1', inputsText = '1000', jobsText = '1', only, number] = process.argv.slice(2);
const seed = Number(seedText);
const inputs = Number(inputsText);

/** A single input may take this long on a busy machine, ms; beyond that it hangs. */
const LONGEST_MS = 30_000;
const MEMORY_MB = 256;
/** What a door may hold more at its end than when it was warm, bytes: caches of a parser, not what was fed. */
const GROWTH = 24 * 1024 * 1024;
const PIECES = 10;

interface Line {
  readonly name: string;
  inputs: number;
  longestMs: number;
  longestAt: number;
  warm: number;
  end: number;
  peak: number;
  readonly failures: string[];
}

const wanted = DOORS.map((door, index) => ({ door, index })).filter(
  ({ door }) => only === undefined || door.name === only,
);
if (wanted.length === 0) {
  process.stderr.write(
    `There is no door "${only}". Doors:\n${DOORS.map(({ name }) => `  ${name}`).join('\n')}\n`,
  );
  process.exit(2);
}

if (number !== undefined) {
  // One alone, in this thread, for a debugger.
  for (const { door, index } of wanted) await knockOn(door, index, seed, Number(number), 1);
  process.stdout.write('nothing wrong\n');
  process.exit(0);
}

function runDoor(index: number, count: number): Promise<Line> {
  const name = DOORS[index]?.name ?? '';
  const line: Line = { name, inputs: 0, longestMs: 0, longestAt: 0, warm: 0, end: 0, peak: 0, failures: [] };
  const at = new SharedArrayBuffer(8);
  const place = new Int32Array(at);
  const worker = new Worker(join(import.meta.dirname, 'workerEntry.js'), {
    workerData: { seed, at } satisfies WorkerSetting,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const size = Math.max(1, Math.ceil(count / PIECES));
  const tasks: Task[] = [];
  for (let first = 0; first < count; first += size) {
    tasks.push({ door: index, first, count: Math.min(size, count - first) });
  }
  const again = (which: number) => `npm run fuzz -- --door "${name}" --seed ${seed} --only ${which}`;
  return new Promise((resolve) => {
    let before = -1;
    let since = performance.now();
    const watch = setInterval(() => {
      const now = Atomics.load(place, 1);
      if (now !== before) {
        before = now;
        since = performance.now();
      } else if (performance.now() - since > LONGEST_MS) {
        end(`hangs: ${again(now)}`);
      }
    }, 1_000);
    const end = (failure: string | null) => {
      clearInterval(watch);
      if (failure !== null) line.failures.push(failure);
      void worker.terminate().then(() => resolve(line));
    };
    worker.on('error', (error) => end(`dies at or after ${again(Atomics.load(place, 1))}: ${error.message}`));
    worker.on('message', (told: Told) => {
      switch (told.kind) {
        case 'done':
          line.inputs += told.task.count;
          if (told.longestMs > line.longestMs) {
            line.longestMs = told.longestMs;
            line.longestAt = told.longestAt;
          }
          return;
        case 'failed':
          line.failures.push(told.why);
          return;
        case 'memory':
          line.warm = told.warm;
          line.end = told.end;
          line.peak = told.peak;
          end(
            told.end - told.warm > GROWTH
              ? `holds ${mb(told.end - told.warm)} MB more than when it was warm`
              : null,
          );
      }
    });
    worker.postMessage(tasks);
  });
}

const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
const waiting = wanted.map(({ door, index }) => ({ index, count: inputsFor(door, inputs) }));
const all = wanted.length === 1 ? [{ index: wanted[0]?.index ?? 0, count: inputs }] : [...waiting];
const lines: Line[] = [];
const began = performance.now();

function tellLine(line: Line): void {
  const { name, longestMs, longestAt, warm, end, peak, failures } = line;
  process.stdout.write(
    `${failures.length === 0 ? '✓' : '✗'} ${name}: ${line.inputs} inputs, longest ${longestMs.toFixed(1)} ms (number ${longestAt}), ` +
      `heap ${mb(warm)} → ${mb(end)} MB, peak ${mb(peak)} MB\n`,
  );
  for (const failure of failures.slice(0, 5)) process.stdout.write(`${failure}\n`);
}

await Promise.all(
  Array.from({ length: Number(jobsText) }, async () => {
    for (let next = all.shift(); next !== undefined; next = all.shift()) {
      const line = await runDoor(next.index, next.count);
      lines.push(line);
      tellLine(line);
    }
  }),
);
const failed = lines.reduce((sum, { failures }) => sum + failures.length, 0);
const total = lines.reduce((sum, line) => sum + line.inputs, 0);
const longest = Math.max(...lines.map(({ longestMs }) => longestMs));
process.stdout.write(
  `${total} inputs at ${lines.length} doors (seed ${seed}), ${Math.round((performance.now() - began) / 1_000)} s: ` +
    `${failed} failed, longest input ${longest.toFixed(1)} ms\n`,
);
process.exit(failed === 0 ? 0 : 1);
