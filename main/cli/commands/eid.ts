import { EXIT } from '../../../contract/fault.ts';
import { readDeviceOnce } from '../../bench/readDeviceOnce.ts';
import type { Command } from '../context.ts';
import type { PortChoice } from '../onDevice.ts';

/** `eid --port P`: reads the EID and says how. */
export const eid: Command<PortChoice> = async ({ bench, output, signal }, options) => {
  const { serial, modemTools, clock } = bench();
  output.progress(`Reading the EID on ${options.port} at ${options.baud} …`);
  const { port: path, baud: baudRate } = options;
  const read = await readDeviceOnce({ serial, tools: modemTools, clock, path, baudRate, signal });
  if (!read.ok) return output.fault(read.fault);
  const { eid: reading, modem } = read.value;
  if (!reading.valid) output.progress('The check digits of this EID do not hold.');
  output.result(
    { eid: reading.value, valid: reading.valid, via: reading.via, modem, elapsedMs: reading.elapsedMs },
    reading.value,
  );
  const name = [modem.manufacturer, modem.model].filter(Boolean).join(' ');
  output.progress(`${name || 'Modem'}, via ${reading.via}, ${reading.elapsedMs} ms`);
  return EXIT.done;
};
