import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../main/base/clock.ts';
import { createDemoBinding } from '../../main/demo/serial/demoBinding.ts';
import { identify } from '../../main/modem/identify.ts';
import { readEid } from '../../main/modem/readEid.ts';
import type { Benchmark } from './row.ts';
import { median, openCounted } from './support/modems.ts';

const DEVICES = 64;
const ROUNDS = 5;
/** ns in a ms. */
const NS = 1e6;

/** p99 of how late the event loop is while 64 EIDs are read at once, ms; the modems' own work is in it, since they live here too. */
async function delayWhileReading(): Promise<number> {
  const usb = createDemoBinding({ clock: systemClock, latency: 1 });
  const paths = Array.from({ length: DEVICES }, () => usb.plug('generic-reader').paths[0] ?? '');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await Promise.all(
    paths.map(async (path) => {
      const { dialogue } = await openCounted(usb, path);
      const identified = await identify(dialogue);
      const read = identified.ok ? await readEid(dialogue, identified.value) : identified;
      if (!read.ok) throw new Error(read.fault.message);
      await dialogue.close();
    }),
  );
  delay.disable();
  return delay.percentile(99) / NS;
}

const benchmark: Benchmark = async () => {
  await delayWhileReading();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await delayWhileReading());
  return [
    {
      name: `event-loop delay, p99, while ${DEVICES} devices are read at once`,
      value: median(rounds),
      unit: 'ms',
      bar: { atMost: 20 },
    },
  ];
};
export default benchmark;
