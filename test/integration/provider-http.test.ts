import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/providerTable.ts';
import { ok } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Provider, ProviderObservation } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { answer, type RawServer, startRawServer, whole } from './provider-loopback.ts';

const SECRET = 'the-secret-of-this-test-0123456789';
const EID = '89049032123451234512345678901235';
const SID = `HP${'c'.repeat(32)}`;
const PROFILE = { sid: SID, status: 'new', eid: EID, iccid: null };
const byEid = { target: { kind: 'eid', eid: EID }, callback: null } as const;

let server: RawServer;
let observations: ProviderObservation[];

beforeEach(async () => {
  server = await startRawServer();
  observations = [];
});
afterEach(() => server.stop());

function providerAt(endpoint: string): Provider {
  const account: Account = {
    provider: 'twilio',
    accountSid: `AC${'a'.repeat(32)}`,
    keySid: `SK${'b'.repeat(32)}`,
    endpoint,
  };
  return createProvider(account, {
    fetch: (url, init) => fetch(url, init),
    secret: async () => ok(SECRET),
    clock: systemClock,
    // No jitter, and the shortest pauses there are.
    random: () => 0,
    observe: (observation) => observations.push(observation),
    userAgent: 'eSIM-Bench/test',
  });
}
const provider = () => providerAt(server.origin);

describe('what is on the wire', () => {
  it('is a create as the API wants it', async () => {
    server.react(answer(201, PROFILE));
    const callback = { url: 'https://my.example/cb?a=1&b=ü', method: 'POST' } as const;
    expect((await provider().create({ ...byEid, callback })).kind).toBe('created');
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      line: 'POST /v1/ESimProfiles HTTP/1.1',
      body: `Eid=${EID}&CallbackUrl=https%3A%2F%2Fmy.example%2Fcb%3Fa%3D1%26b%3D%C3%BC&CallbackMethod=POST`,
      headers: {
        authorization: `Basic ${Buffer.from(`SK${'b'.repeat(32)}:${SECRET}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        'user-agent': 'eSIM-Bench/test',
      },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('is a list with its filters, and a fetch', async () => {
    server.react(answer(200, { esim_profiles: [PROFILE], meta: {} }), answer(200, PROFILE));
    const pages = [];
    for await (const page of provider().list({ eid: EID, pageSize: 100 })) pages.push(page);
    expect(pages).toMatchObject([{ ok: true, value: [{ sid: SID }] }]);
    expect(await provider().fetch(SID)).toMatchObject({ ok: true, value: { eid: EID } });
    expect(server.requests.map(({ line }) => line)).toEqual([
      `GET /v1/ESimProfiles?Eid=${EID}&PageSize=100 HTTP/1.1`,
      `GET /v1/ESimProfiles/${SID} HTTP/1.1`,
    ]);
  });
});

describe('a create and a server that fails', () => {
  it.each<[string, (socket: Socket) => void, string]>([
    [
      'resets the connection after it has read the request',
      (socket) => socket.resetAndDestroy(),
      'provider.offline',
    ],
    ['hangs up after it has read the request', (socket) => socket.end(), 'provider.offline'],
    ['speaks no HTTP', (socket) => socket.end('220 mail.example ESMTP\r\n'), 'provider.offline'],
    [
      'hangs up in the middle of the headers',
      (socket) => socket.end('HTTP/1.1 201 Created\r\nContent-Type: appl'),
      'provider.offline',
    ],
    [
      'hangs up in the middle of the body',
      (socket) => socket.end(whole(201, JSON.stringify(PROFILE)).slice(0, -20)),
      'provider.offline',
    ],
    [
      'resets in the middle of the body',
      (socket) =>
        socket.write(whole(201, JSON.stringify(PROFILE)).slice(0, -20), () => socket.resetAndDestroy()),
      'provider.offline',
    ],
    [
      'hangs up between two chunks',
      (socket) => socket.end('HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'),
      'provider.offline',
    ],
    [
      'gives half of the JSON as if it were all',
      (socket) => socket.end(whole(201, JSON.stringify(PROFILE).slice(0, 30))),
      'provider.unreadable',
    ],
    [
      'gives half of the JSON and no length',
      (socket) => socket.end(`HTTP/1.1 201 X\r\n\r\n${JSON.stringify(PROFILE).slice(0, 30)}`),
      'provider.unreadable',
    ],
    ['gives nothing', (socket) => socket.write(whole(201, '')), 'provider.unreadable'],
    [
      'gives a login page',
      (socket) => socket.write(whole(200, '<html>Log in', { 'Content-Type': 'text/html' })),
      'provider.unreadable',
    ],
    [
      'fails',
      (socket) => socket.write(whole(500, '{"status":500,"code":20500,"message":"m"}')),
      'provider.broken',
    ],
    [
      'is a gateway',
      (socket) => socket.write(whole(502, '<h1>Bad Gateway', { 'Content-Type': 'text/html' })),
      'provider.broken',
    ],
  ])('is unknown when it %s, and is sent once', async (_how, react, code) => {
    server.react(react);
    expect(await provider().create(byEid)).toMatchObject({ kind: 'unknown', fault: { code } });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['nothing', () => undefined],
    ['headers and nothing more', (socket) => socket.write('HTTP/1.1 201 X\r\nContent-Length: 100\r\n\r\n')],
    [
      'a body that never ends',
      (socket) => {
        socket.write('HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n');
        const drip = setInterval(() => socket.write('1\r\n \r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
    ],
  ])('is unknown when its time is over and there was %s', async (_what, react) => {
    server.react(react);
    expect(await provider().create(byEid, { timeoutMs: 300 })).toMatchObject({
      kind: 'unknown',
      fault: { code: 'provider.timeout' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('is unknown when the caller gives up on the way', async () => {
    const controller = new AbortController();
    server.react(() => controller.abort());
    expect(await provider().create(byEid, { signal: controller.signal })).toMatchObject({
      kind: 'unknown',
      fault: { code: 'cancelled' },
    });
  });

  it('is not sent again on a connection that was used before and turns out to be dead', async () => {
    server.react(
      answer(200, { esim_profiles: [] }),
      (socket) => socket.resetAndDestroy(),
      answer(201, PROFILE),
    );
    const one = provider();
    await one.check();
    expect((await one.create(byEid)).kind).toBe('unknown');
    expect(server.requests.filter(({ line }) => line.startsWith('POST'))).toHaveLength(1);
  });

  it('was not processed when nothing listens there', async () => {
    const { origin } = server;
    await server.stop();
    expect(await providerAt(origin).create(byEid)).toMatchObject({
      kind: 'notProcessed',
      fault: { code: 'provider.offline' },
    });
    expect(observations).toMatchObject([{ reachability: 'offline' }]);
  });

  it('was not processed when the host has no address', async () => {
    expect(await providerAt('https://no-such-host.invalid').create(byEid)).toMatchObject({
      kind: 'notProcessed',
      fault: { code: 'provider.offline' },
    });
  });

  it('was not processed when the server limits, and carries the time to wait', async () => {
    server.react(answer(429, { status: 429, code: 20429, message: 'Too many' }, { 'Retry-After': '2' }));
    expect(await provider().create(byEid)).toMatchObject({
      kind: 'notProcessed',
      retryAfterMs: 2_000,
      fault: { code: 'provider.limited', providerCode: '20429' },
    });
  });
});

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('%i never takes the credentials elsewhere', async (status) => {
    const other = await startRawServer();
    try {
      other.react(answer(200, { esim_profiles: [] }));
      server.react(answer(status, '', { Location: `${other.origin}/v1/ESimProfiles` }));
      expect(await provider().check()).toMatchObject({ ok: false, fault: { code: 'provider.unreadable' } });
      expect((await provider().create(byEid)).kind).toBe('unknown');
      expect(other.connections).toBe(0);
    } finally {
      await other.stop();
    }
  });
});

describe('the size of an answer', () => {
  it('is bounded, however long the server goes on', async () => {
    let written = 0;
    server.react((socket) => {
      socket.write('HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\r\n[');
      const chunk = ' '.repeat(256 * 1024);
      const more = () => {
        while (!socket.destroyed && socket.write(chunk)) written += chunk.length;
        written += chunk.length;
      };
      socket.on('drain', more);
      more();
    });
    expect(await provider().check()).toMatchObject({ ok: false, fault: { code: 'provider.unreadable' } });
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  it('is bounded after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024, ' '));
    server.react((socket) => {
      socket.write(
        `HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`,
      );
      socket.write(bomb);
    });
    expect(await provider().check()).toMatchObject({
      ok: false,
      fault: { code: 'provider.unreadable', details: expect.stringContaining('larger than allowed') },
    });
  });

  it('has room for a page of 1,000 profiles', async () => {
    const full = {
      ...PROFILE,
      url: `https://supersim.twilio.com/v1/ESimProfiles/${SID}`,
      note: 'x'.repeat(400),
    };
    server.react(answer(200, { esim_profiles: Array.from({ length: 1_000 }, () => full), meta: {} }));
    for await (const page of provider().list({ pageSize: 1_000 }))
      expect(page.ok && page.value.length).toBe(1_000);
  });
});

describe('a read and a server that fails for a moment', () => {
  it('succeeds after a reset and a half answer', async () => {
    server.react(
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end(whole(200, JSON.stringify(PROFILE)).slice(0, -9)),
      answer(200, PROFILE),
    );
    expect(await provider().fetch(SID)).toMatchObject({ ok: true, value: { sid: SID } });
    expect(server.requests).toHaveLength(3);
  });

  it('succeeds after 429', async () => {
    server.react(answer(429, {}, { 'Retry-After': '0' }), answer(200, PROFILE));
    expect(await provider().fetch(SID)).toMatchObject({ ok: true });
    expect(observations.map(({ reachability }) => reachability)).toEqual(['reachable', 'reachable']);
  });
});

describe('TLS', () => {
  it('with a certificate that is not trusted is refused before anything is sent', async ({ skip }) => {
    const certificate = await makeCertificate();
    if (certificate === null) return skip('There is no openssl here to make a certificate with.');
    let asked = 0;
    const https = createServer(certificate, (_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    try {
      const address = https.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const one = providerAt(`https://127.0.0.1:${port}`);
      expect(await one.create(byEid)).toMatchObject({
        kind: 'notProcessed',
        fault: { code: 'provider.certificate' },
      });
      expect(await one.check()).toMatchObject({ ok: false, fault: { code: 'provider.certificate' } });
      expect(asked).toBe(0);
    } finally {
      await new Promise((resolve) => https.close(resolve));
    }
  });

  it('to a server that hangs up in the handshake never opened', async () => {
    const tcp = createTcpServer((socket) => socket.once('data', () => socket.end()));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    try {
      const address = tcp.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      expect(await providerAt(`https://127.0.0.1:${port}`).create(byEid)).toMatchObject({
        kind: 'notProcessed',
        fault: { code: 'provider.offline' },
      });
    } finally {
      await new Promise((resolve) => tcp.close(resolve));
    }
  });
});

describe('a server that echoes', () => {
  it('cannot get the secret into a fault', async () => {
    server.react((socket, request) => {
      const { authorization = '' } = request.headers;
      const plain = Buffer.from(authorization.slice(6), 'base64').toString();
      const said = `${authorization} ${plain}`;
      socket.write(
        whole(400, JSON.stringify({ status: 400, code: 1, message: said, more_info: said, details: said }), {
          'Twilio-Request-Id': plain.replace(/\W/g, ''),
        }),
      );
    });
    const text = JSON.stringify([await provider().create(byEid), await provider().check(), observations]);
    expect(text).toContain('•••');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(Buffer.from(`:${SECRET}`).toString('base64').slice(4, 30));
  });
});

async function makeCertificate(): Promise<{ key: Buffer; cert: Buffer } | null> {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=127.0.0.1'],
    ]);
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
