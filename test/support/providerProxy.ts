import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ProxyServer {
  readonly port: number;
  /** Every tunnel that was asked for, with the answer: `CONNECT provider.test:443 200`. */
  readonly asked: readonly string[];
  /** Every login that it was given with one, right or wrong: `user:password`. */
  readonly given: readonly string[];
  /** Everything that came out of the clients, tunnels included. */
  received(): Buffer;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** What it asks to be logged in with; default: nothing. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Refuses every tunnel with this status. */
  readonly refuses?: number;
  /** Where each host leads; others are not found. A port on loopback. */
  readonly hosts: Readonly<Record<string, number>>;
}

/** An HTTP proxy on loopback that makes tunnels (`CONNECT`, RFC 9110 §9.3.6), with Basic login where it asks for one. */
export async function startProxy({ login, refuses, hosts }: ProxyOptions): Promise<ProxyServer> {
  const asked: string[] = [];
  const given: string[] = [];
  const chunks: Buffer[] = [];
  const sockets = new Set<Duplex>();
  const expected =
    login === undefined
      ? undefined
      : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;

  function statusFor(request: IncomingMessage): number {
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) return 407;
    return refuses ?? (hosts[request.url ?? ''] === undefined ? 502 : 200);
  }

  const server = createServer((_request, response) => {
    response.writeHead(400).end();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const status = statusFor(request);
    asked.push(`CONNECT ${request.url} ${status}`);
    const offered = request.headers['proxy-authorization'];
    if (offered !== undefined) given.push(Buffer.from(offered.replace(/^Basic /, ''), 'base64').toString());
    const port = hosts[request.url ?? ''];
    if (status !== 200 || port === undefined) {
      const login = status === 407 ? 'Proxy-Authenticate: Basic realm="test"\r\n' : '';
      client.end(`HTTP/1.1 ${status} X\r\n${login}Content-Length: 0\r\n\r\n`);
      return;
    }
    const target = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client);
      client.on('data', (chunk: Buffer) => chunks.push(chunk));
      client.pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
    client.on('close', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    given,
    received: () => Buffer.concat(chunks),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
