import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { VirtualModem } from '../../main/demo/modem/virtualModem.ts';

export interface ModemServer {
  /** On 127.0.0.1. */
  readonly tcpPort: number;
  close(): Promise<void>;
}

/**
 * One port of a virtual modem on a TCP port of loopback, to be joined to a real tty (see tty.ts). One
 * connection at a time. When the modem leaves USB the connection is cut, so that the tty goes away; until it
 * is back, connections are cut at once.
 *
 * @param portIndex which of the modem's ports; default its first AT port.
 */
export async function startModemServer(
  modem: VirtualModem,
  portIndex = Math.max(
    0,
    modem.ports.findIndex((port) => port.role === 'at'),
  ),
): Promise<ModemServer> {
  const port = modem.ports[portIndex];
  if (port === undefined) throw new RangeError(`the modem has no port ${portIndex}`);
  let open: Socket | null = null;

  const server = createServer((socket) => {
    if (open !== null || !modem.present) {
      socket.destroy();
      return;
    }
    open = socket;
    socket.setNoDelay(true);
    const stopListening = port.onBytes((bytes) => socket.write(bytes));
    socket.on('data', (bytes) => port.write(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      stopListening();
      if (open === socket) open = null;
    });
  });
  const stopWatching = modem.onPresence((present) => {
    // What it said before it went still arrives.
    if (!present) open?.end(() => open?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    tcpPort: (server.address() as AddressInfo).port,
    async close() {
      stopWatching();
      open?.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
