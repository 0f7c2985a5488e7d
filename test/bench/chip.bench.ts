import { systemClock } from '../../main/base/clock.ts';
import { createDemoBinding } from '../../main/demo/serial/demoBinding.ts';
import { identify } from '../../main/modem/identify.ts';
import { readChip } from '../../main/modem/readChip.ts';
import { readEid } from '../../main/modem/readEid.ts';
import type { Benchmark } from './row.ts';
import { openCounted } from './support/modems.ts';

/** Leaves `61xx` to us, so every GET RESPONSE is a command of ours; three profiles, one with an icon. */
const MAKE = 'simcom-a7908e';
/** Most bytes that one GET RESPONSE brings (ISO/IEC 7816-4 §5.1: Le of one byte). */
const ONE_RESPONSE_BYTES = 256;

interface Exchange {
  readonly command: string;
  answer: string;
}

/** Reads the chip of a known modem and gives what passed over the port. */
async function readWholeChip(): Promise<Exchange[]> {
  const usb = createDemoBinding({ clock: systemClock, latency: 0 });
  const device = usb.plug(MAKE);
  const path = device.paths[1] ?? '';
  const exchanges: Exchange[] = [];
  const { dialogue, onBytes } = await openCounted(usb, path, (command) =>
    exchanges.push({ command, answer: '' }),
  );
  onBytes((bytes) => {
    const last = exchanges.at(-1);
    if (last !== undefined) last.answer += Buffer.from(bytes).toString('latin1');
  });
  const identified = await identify(dialogue);
  if (!identified.ok) throw new Error(identified.fault.message);
  const eid = await readEid(dialogue, identified.value);
  if (!eid.ok) throw new Error(eid.fault.message);
  const from = exchanges.length;
  const chip = await readChip(dialogue, identified.value, { memory: eid.value.memory });
  if (!chip.ok) throw new Error(chip.fault.message);
  if (chip.value.missing.length > 0 || chip.value.profiles?.length !== 3) throw new Error('not whole');
  await dialogue.close();
  return exchanges.slice(from);
}

/** Data bytes of an answer to `+CGLA`, without the status word. */
function dataBytes(answer: string): number {
  const hex = /"([0-9A-F]*)"/.exec(answer)?.[1] ?? '';
  return Math.max(0, hex.length / 2 - 2);
}

const isGetResponse = ({ command }: Exchange) => /^AT\+CGLA=[^,]+,\d+,"..C0/.test(command);

/** How many GET RESPONSE the answers need, each being fetched in as few as can be. */
function needed(exchanges: readonly Exchange[]): number {
  let count = 0;
  let waiting = 0;
  for (const exchange of exchanges) {
    if (isGetResponse(exchange)) waiting += dataBytes(exchange.answer);
    else {
      count += Math.ceil(waiting / ONE_RESPONSE_BYTES);
      waiting = 0;
    }
  }
  return count + Math.ceil(waiting / ONE_RESPONSE_BYTES);
}

const benchmark: Benchmark = async () => {
  const exchanges = await readWholeChip();
  const got = exchanges.filter(isGetResponse).length;
  return [
    {
      name: 'GET RESPONSE commands for the whole chip, beyond those that its answers need',
      value: got - needed(exchanges),
      unit: 'commands',
      bar: { atMost: 1 },
    },
    {
      name: 'AT commands for the whole chip, modem known',
      value: exchanges.length,
      unit: 'commands',
      // Open, close, info, addresses, profiles, notifications; and one GET RESPONSE more than the answers need.
      bar: { atMost: 6 + needed(exchanges) + 1 },
    },
  ];
};
export default benchmark;
