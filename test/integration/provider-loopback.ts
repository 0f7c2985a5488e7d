import { createServer, type Server, type Socket } from 'node:net';

export interface RawRequest {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many requests this connection has carried, this one included. */
  readonly onConnection: number;
}

export type Reaction = (socket: Socket, request: RawRequest) => void;

export interface RawServer {
  readonly port: number;
  readonly origin: string;
  readonly requests: RawRequest[];
  readonly connections: number;
  /** What to do with the next requests; the last reaction stays. */
  react(...reactions: Reaction[]): void;
  stop(): Promise<void>;
}

/**
 * A server on the loopback interface that does with each whole request what it is told, byte by byte: for what no well-behaved
 * HTTP server would do.
 */
export async function startRawServer(): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let reactions: Reaction[] = [];
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    let carried = 0;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      for (;;) {
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [line = '', ...rest] = received.slice(0, end).split('\r\n');
        const headers = Object.fromEntries(rest.map((header) => split(header)));
        const length = Number(headers['content-length'] ?? 0);
        if (received.length < end + 4 + length) return;
        const body = received.slice(end + 4, end + 4 + length);
        received = received.slice(end + 4 + length);
        carried += 1;
        const request = { line, headers, body, onConnection: carried };
        requests.push(request);
        const reaction = reactions.length > 1 ? reactions.shift() : reactions[0];
        reaction?.(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    requests,
    get connections() {
      return connections;
    },
    react(...next) {
      reactions = next;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function split(header: string): [string, string] {
  const colon = header.indexOf(':');
  return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
}

/** A whole HTTP answer. */
export function whole(status: number, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} X\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Answers, and keeps the connection. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Reaction {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (socket) => socket.write(whole(status, text, headers));
}
