import { systemClock } from '../../main/base/clock.ts';
import type { AnswerFault, StreamFault } from '../../main/demo/modem/faults.ts';
import { createMake, type MakeName, type MakeOptions } from '../../main/demo/modem/makes.ts';
import { type ControlStreams, serveOrders } from './control.ts';
import { startModemServer } from './modemServer.ts';

/** What a modem in a process of its own is started with: plain JSON. */
export interface ModemConfig extends Omit<MakeOptions, 'clock'> {
  readonly make: MakeName;
  /** Which of its ports; default its first AT port. */
  readonly portIndex?: number;
}

/**
 * A virtual modem behind a TCP port of loopback in a process of its own. Ready with `{"tcpPort", "imei"}`.
 *
 * Orders: `harmAnswers` (an {@link AnswerFault}), `harmStream` (a {@link StreamFault}), `clearFaults`, `say`
 * (a line), `unplug`, `plugIn`, `reset`, `present`, `record`.
 */
export async function modemMain(config: ModemConfig, streams: ControlStreams): Promise<void> {
  const { make, portIndex, ...options } = config;
  const modem = createMake(make, { ...options, clock: systemClock });
  const server = await startModemServer(modem, portIndex);
  await serveOrders(
    {
      harmAnswers: (value) => modem.harmAnswers(value as AnswerFault),
      harmStream: (value) => modem.harmStream(value as StreamFault),
      clearFaults: () => modem.clearFaults(),
      say: (value) => modem.say(String(value)),
      unplug: () => modem.unplug(),
      plugIn: () => modem.plugIn(),
      reset: () => modem.reset(),
      present: () => modem.present,
      record: () => modem.record(),
    },
    { tcpPort: server.tcpPort, imei: modem.identity.imei },
    streams,
  );
  await server.close();
}
