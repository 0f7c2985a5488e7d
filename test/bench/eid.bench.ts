import { systemClock } from '../../main/base/clock.ts';
import { createDemoBinding } from '../../main/demo/serial/demoBinding.ts';
import { identify } from '../../main/modem/identify.ts';
import { readEid } from '../../main/modem/readEid.ts';
import type { Benchmark } from './row.ts';
import { median, openCounted, plugIn, replay } from './support/modems.ts';

const ROUNDS = 9;
const MANY = 32;

/** Reads one EID the first time: identity and EID. Gives the commands as sent, the bytes, and the time. */
async function firstReading() {
  const { usb, path } = plugIn(1);
  const sent: string[] = [];
  const { dialogue, traffic } = await openCounted(usb, path, (command) => sent.push(command));
  const started = performance.now();
  const identified = await identify(dialogue);
  if (!identified.ok) throw new Error(identified.fault.message);
  const read = await readEid(dialogue, identified.value);
  if (!read.ok) throw new Error(read.fault.message);
  const elapsed = performance.now() - started;
  const first = { commands: dialogue.commandsSent, bytes: traffic.sent + traffic.received, elapsed };

  const before = { commands: dialogue.commandsSent, bytes: traffic.sent + traffic.received };
  const again = await readEid(dialogue, identified.value, { memory: read.value.memory });
  if (!again.ok) throw new Error(again.fault.message);
  const known = {
    commands: dialogue.commandsSent - before.commands,
    bytes: traffic.sent + traffic.received - before.bytes,
  };
  await dialogue.close();
  const own = await replay(usb, path, sent.slice(0, first.commands));
  return { first, known, own };
}

/** Reads the EIDs of several modems at once; ms until the last is there. */
async function readTogether(count: number): Promise<number> {
  const usb = createDemoBinding({ clock: systemClock });
  const paths = Array.from({ length: count }, () => usb.plug('generic-reader').paths[0] ?? '');
  const started = performance.now();
  await Promise.all(
    paths.map(async (path) => {
      const { dialogue } = await openCounted(usb, path);
      const identified = await identify(dialogue);
      const read = identified.ok ? await readEid(dialogue, identified.value) : identified;
      if (!read.ok) throw new Error(read.fault.message);
      await dialogue.close();
    }),
  );
  return performance.now() - started;
}

const benchmark: Benchmark = async () => {
  await firstReading();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await firstReading());
  const [one] = rounds;
  if (one === undefined) throw new Error('Nothing was measured.');
  const alone: number[] = [];
  const together: number[] = [];
  for (let round = 0; round < 3; round++) {
    alone.push(await readTogether(1));
    together.push(await readTogether(MANY));
  }
  return [
    {
      name: 'AT commands for an EID, the first time',
      value: one.first.commands,
      unit: 'commands',
      bar: { atMost: 11 },
    },
    {
      name: 'AT commands for an EID, modem known',
      value: one.known.commands,
      unit: 'commands',
      bar: { atMost: 4 },
    },
    {
      name: 'bytes for an EID, modem known',
      value: one.known.bytes,
      unit: 'bytes',
      against: { name: 'the first time', value: one.first.bytes },
      bar: { atMost: 1 },
    },
    {
      name: 'time for an EID, the first time',
      value: median(rounds.map((r) => r.first.elapsed)),
      unit: 'ms',
      against: { name: "the modem's own answering time", value: median(rounds.map((r) => r.own)) },
      bar: { atMost: 1.25 },
    },
    {
      name: `${MANY} modems read at once`,
      value: median(together),
      unit: 'ms',
      against: { name: 'one modem', value: median(alone) },
      bar: { atMost: 3 },
    },
  ];
};
export default benchmark;
