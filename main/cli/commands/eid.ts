import { EXIT } from '../../../contract/fault.ts';
import { readDeviceOnce } from '../../bench/readDeviceOnce.ts';
import type { Command } from '../context.ts';

export interface EidOptions {
  readonly port: string;
  readonly baud: number;
}

/** `eid --port P`: reads the EID and says how. */
export const eid: Command<EidOptions> = async ({ bench, output, signal }, options) => {
  const { serial, modemTools, clock } = bench();
  output.progress(`Reading the EID on ${options.port} at ${options.baud} …`);
  const read = await readDeviceOnce(serial, modemTools, options.port, options.baud, signal, () =>
    clock.monotonic(),
  );
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
