/** Entry of a bundle, for worker threads: feeds the inputs it is told of to a door, and shows which one it is at. */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { collectGarbage } from './collectGarbage.ts';
import { DOORS } from './doors.ts';
import { knockOn } from './knock.ts';

export interface Task {
  readonly door: number;
  readonly first: number;
  readonly count: number;
}

export type Told =
  | { readonly kind: 'done'; readonly task: Task; readonly longestMs: number; readonly longestAt: number }
  | { readonly kind: 'failed'; readonly task: Task; readonly why: string }
  /** Bytes of the heap that are held after a collection: when warm, and in the end. */
  | { readonly kind: 'memory'; readonly warm: number; readonly end: number; readonly peak: number };

export interface WorkerSetting {
  readonly seed: number;
  /** [0]: the door, [1]: the number of the input, as they begin. */
  readonly at: SharedArrayBuffer;
}

const { seed, at } = workerData as WorkerSetting;
const place = new Int32Array(at);
const port = parentPort;
if (port === null) throw new Error('this is for a worker');
const tell = (told: Told) => port.postMessage(told);

let peak = 0;
const held = () => {
  collectGarbage();
  return getHeapStatistics().used_heap_size;
};

/** One door from beginning to end, so that what is held belongs to it. */
async function work(tasks: readonly Task[]): Promise<void> {
  let warm = 0;
  for (const [index, task] of tasks.entries()) {
    const door = DOORS[task.door];
    if (door === undefined) throw new RangeError(`no door ${task.door}`);
    place[0] = task.door;
    try {
      const { longestMs, longestAt } = await knockOn(
        door,
        task.door,
        seed,
        task.first,
        task.count,
        (number) => {
          Atomics.store(place, 1, number);
        },
      );
      tell({ kind: 'done', task, longestMs, longestAt });
    } catch (error) {
      tell({ kind: 'failed', task, why: error instanceof Error ? error.message : String(error) });
    }
    peak = Math.max(peak, getHeapStatistics().used_heap_size);
    await door.close();
    if (index === 0) warm = held();
  }
  tell({ kind: 'memory', warm, end: held(), peak });
}

port.on('message', (tasks: readonly Task[]) => void work(tasks));
