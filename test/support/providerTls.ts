import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** A certificate authority of a test, as a company has one of its own. */
export interface PrivateAuthority {
  /** Its certificate as a file, for `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
  certify(host: string): Promise<Certificate>;
  remove(): void;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Null where there is no openssl to make it with. */
export async function createAuthority(): Promise<PrivateAuthority | null> {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: folder });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await openssl(
      ...[
        'req',
        '-x509',
        ...KEY,
        '-keyout',
        'ca.key',
        '-out',
        'ca.pem',
        '-days',
        '2',
        '-subj',
        '/CN=Test CA',
      ],
      ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'],
    );
  } catch {
    remove();
    return null;
  }
  return {
    file: at('ca.pem'),
    async certify(host) {
      writeFileSync(at('ext.cnf'), `subjectAltName=DNS:${host}\n`);
      await openssl('req', ...KEY, '-keyout', 'host.key', '-out', 'host.csr', '-subj', `/CN=${host}`);
      await openssl(
        ...['x509', '-req', '-in', 'host.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
        ...['-out', 'host.pem', '-days', '1', '-extfile', 'ext.cnf'],
      );
      return { key: readFileSync(at('host.key')), cert: readFileSync(at('host.pem')) };
    },
    remove,
  };
}

export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

/** TLS in front of a server on loopback that speaks none. */
export async function startTlsFront(certificate: Certificate, port: number): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>();
  const server = createServer(certificate, (socket) => {
    sockets.add(socket);
    const plain = connect(port, '127.0.0.1');
    socket.pipe(plain).pipe(socket);
    plain.on('error', () => socket.destroy());
    socket.on('error', () => plain.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      plain.destroy();
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
