import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../main/base/clock.ts';
import type { Delivery, ProviderResponse } from '../../main/demo/provider/http.ts';
import type { VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';

export interface ProviderServer {
  /** `http://127.0.0.1:<port>`: the account's endpoint. */
  readonly origin: string;
  readonly port: number;
  /** Refuses connections from now on, and drops those that are open. */
  stopListening(): Promise<void>;
  /** Takes connections again, on the same port. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** Largest request body it reads, bytes; a longer one is cut off with its connection. */
const MOST_BYTES = 1_000_000;

/**
 * A virtual provider behind real HTTP on loopback. What goes wrong on a connection really does: resets are
 * resets, a silent answer leaves the socket open. A `refused` delivery comes too late to refuse anything,
 * since the request is there by then: it resets the connection, unprocessed. To have connections refused,
 * call `stopListening`.
 */
export async function startProviderServer(
  provider: VirtualProvider,
  { clock = systemClock, port = 0 }: { readonly clock?: Clock; readonly port?: number } = {},
): Promise<ProviderServer> {
  const server = createServer((request, response) => {
    // The provider's own date, or none at all where a proxy answers.
    response.sendDate = false;
    void serve(request, response);
  });
  server.keepAliveTimeout = 5_000;
  await listen(port);
  const address = server.address() as AddressInfo;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null) return;
    const delivery = provider.handle({
      method: request.method ?? 'GET',
      url: `http://${request.headers.host ?? `127.0.0.1:${address.port}`}${request.url ?? '/'}`,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
      ),
      body,
    });
    if (delivery.kind === 'silence') return;
    const afterMs = 'afterMs' in delivery ? delivery.afterMs : 0;
    if (afterMs <= 0) {
      deliver(delivery, response);
      return;
    }
    const stop = clock.after(afterMs, () => deliver(delivery, response));
    response.on('close', stop);
  }

  async function listen(on: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(on, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  async function stopListening(): Promise<void> {
    if (!server.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stopListening,
    listen: () => listen(address.port),
    close: stopListening,
  };
}

function deliver(delivery: Exclude<Delivery, { kind: 'silence' }>, response: ServerResponse): void {
  if (response.destroyed) return;
  switch (delivery.kind) {
    case 'refused':
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'answer':
      writeHead(response, delivery.response);
      response.end(delivery.response.body);
      return;
    case 'cut':
      begin(response, delivery, () => response.socket?.destroy());
      return;
    case 'stall':
      begin(response, delivery, () => undefined);
      return;
  }
}

/** Headers with the whole length, and the beginning of the body; then what is to follow once that is out. */
function begin(
  response: ServerResponse,
  delivery: { readonly response: ProviderResponse; readonly bodyBytes: number },
  then: () => void,
): void {
  writeHead(response, delivery.response);
  response.flushHeaders();
  const begun = Buffer.from(delivery.response.body).subarray(0, delivery.bodyBytes);
  if (begun.length === 0) response.socket?.write('', then);
  else response.write(begun, then);
}

function writeHead(response: ServerResponse, { status, headers, body }: ProviderResponse): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
}

/** Null where the client has gone, or sends too much. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size > MOST_BYTES) {
        request.destroy();
        return null;
      }
      chunks.push(chunk);
    }
  } catch {
    // The client went away in the middle of its request: nobody is left to answer.
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
