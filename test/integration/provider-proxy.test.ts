import { spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Account } from '../../contract/providerTable.ts';
import { systemClock } from '../../main/base/clock.ts';
import { createVirtualProvider, type VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';
import { bundleProgram, type Program } from '../support/bundleProgram.ts';
import { type ProxyOptions, type ProxyServer, startProxy } from '../support/providerProxy.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import {
  createAuthority,
  type PrivateAuthority,
  startTlsFront,
  type TlsFront,
} from '../support/providerTls.ts';

const SECRET = 'the-secret-behind-the-proxy-0123456789';
const PASSWORD = 'pass:w@rd/of the proxy';
const HOST = 'provider.test';
const TWILIO: Account = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
  endpoint: `https://${HOST}`,
};
const KORE: Account = {
  provider: 'kore',
  clientId: 'bench-client',
  endpoint: `https://${HOST}`,
  tokenEndpoint: `https://tokens.${HOST}/api-services/v1/auth/token`,
};

const Told = z.object({
  create: z.object({ kind: z.string(), fault: z.record(z.string(), z.unknown()).optional() }),
  check: z.object({ ok: z.boolean(), fault: z.record(z.string(), z.unknown()).optional() }),
  observations: z.array(z.unknown()),
});

let authority: PrivateAuthority | null;
let program: Program;
let virtual: VirtualProvider;
let server: ProviderServer;
/** Closed after each test. */
let open: { close(): Promise<void> }[];

beforeAll(async () => {
  authority = await createAuthority();
  program = await bundleProgram('providerAskEntry.ts');
}, 120_000);
afterAll(() => {
  authority?.remove();
  program.remove();
});
beforeEach(async (context) => {
  context.skip(authority === null, 'There is no openssl here to make certificates with.');
  virtual = createVirtualProvider({
    clock: systemClock,
    accounts: [
      {
        accountSid: `AC${'a'.repeat(32)}`,
        authToken: 'unused',
        keys: [{ sid: `SK${'b'.repeat(32)}`, secret: SECRET, permitted: true }],
        clients: [{ clientId: 'bench-client', secret: SECRET, permitted: true }],
      },
    ],
  });
  server = await startProviderServer(virtual);
  open = [server];
});
afterEach(() => Promise.all(open.map((one) => one.close())));

function ca(): PrivateAuthority {
  if (authority === null) throw new Error('no authority');
  return authority;
}

async function front(host: string): Promise<TlsFront> {
  const tls = await startTlsFront(await ca().certify(host), server.port);
  open.push(tls);
  return tls;
}

async function proxyTo(tls: TlsFront, options: Partial<ProxyOptions> = {}): Promise<ProxyServer> {
  const hosts = { [`${HOST}:443`]: tls.port, ...options.hosts };
  const proxy = await startProxy({ ...options, hosts });
  open.push(proxy);
  return proxy;
}

/** Asks in a process of its own, since Node reads its certificates once, at its start. */
async function ask(account: Account, env: Record<string, string>) {
  const child = spawn(process.execPath, [program.file, JSON.stringify(account)], {
    env: { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: ca().file, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end(SECRET);
  await new Promise((resolve) => child.once('close', resolve));
  const text = Buffer.concat(out).toString();
  const said = text + Buffer.concat(err).toString();
  expect(said).not.toContain(SECRET);
  expect(said).not.toContain(PASSWORD);
  expect(said).not.toContain(encodeURIComponent(PASSWORD));
  if (text === '') throw new Error(`nothing was told: ${Buffer.concat(err).toString()}`);
  return Told.parse(JSON.parse(text));
}

const at = (proxy: ProxyServer) => `http://127.0.0.1:${proxy.port}`;

describe('through a proxy of the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'HTTP_PROXY'])('that %s names', async (variable) => {
    const proxy = await proxyTo(await front(HOST));
    expect(await ask(TWILIO, { [variable]: at(proxy) })).toMatchObject({
      create: { kind: 'created' },
      check: { ok: true },
    });
    expect(proxy.asked[0]).toBe(`CONNECT ${HOST}:443 200`);
    expect(virtual.profiles()).toHaveLength(1);
    // What goes through is TLS from end to end.
    expect(proxy.received().length).toBeGreaterThan(500);
    expect(proxy.received().includes('ESimProfiles')).toBe(false);
  });

  it('KORE has its token and all else', async () => {
    const tokens = await front(`tokens.${HOST}`);
    const proxy = await proxyTo(await front(HOST), { hosts: { [`tokens.${HOST}:443`]: tokens.port } });
    expect(await ask(KORE, { HTTPS_PROXY: at(proxy) })).toMatchObject({
      create: { kind: 'created' },
      check: { ok: true },
    });
    expect(proxy.asked.slice(0, 2)).toEqual([`CONNECT tokens.${HOST}:443 200`, `CONNECT ${HOST}:443 200`]);
  });

  it('that asks for a login, with the one in its address', async () => {
    const proxy = await proxyTo(await front(HOST), { login: { user: 'bench', password: PASSWORD } });
    const address = `http://bench:${encodeURIComponent(PASSWORD)}@127.0.0.1:${proxy.port}`;
    expect(await ask(TWILIO, { HTTPS_PROXY: address })).toMatchObject({
      create: { kind: 'created' },
      check: { ok: true },
    });
  });

  it.each([
    ['none', ''],
    ['a wrong one', 'bench:wrong@'],
  ])('that asks for a login is told apart where there is %s, and nothing was sent', async (_which, login) => {
    const proxy = await proxyTo(await front(HOST), { login: { user: 'bench', password: PASSWORD } });
    const fault = { code: 'proxy.login' };
    expect(await ask(TWILIO, { HTTPS_PROXY: `http://${login}127.0.0.1:${proxy.port}` })).toMatchObject({
      create: { kind: 'notProcessed', fault },
      check: { ok: false, fault },
    });
    expect(virtual.record()).toEqual([]);
  });

  it.each([403, 502, 503])(
    'that refuses the tunnel with %i is offline, and nothing was sent',
    async (refuses) => {
      const proxy = await proxyTo(await front(HOST), { refuses });
      expect(await ask(TWILIO, { HTTPS_PROXY: at(proxy) })).toMatchObject({
        create: { kind: 'notProcessed', fault: { code: 'provider.offline' } },
      });
      expect(virtual.record()).toEqual([]);
    },
  );

  it('that is not there is offline, and nothing was sent', async () => {
    const proxy = await proxyTo(await front(HOST));
    await proxy.close();
    expect(await ask(TWILIO, { HTTPS_PROXY: at(proxy) })).toMatchObject({
      create: { kind: 'notProcessed', fault: { code: 'provider.offline' } },
    });
  });

  it('that is no address keeps everything here', async () => {
    expect(await ask(TWILIO, { HTTPS_PROXY: `ftp://bench:${encodeURIComponent(PASSWORD)}@x` })).toMatchObject(
      {
        create: {
          kind: 'notProcessed',
          fault: { code: 'provider.offline', message: expect.stringMatching(/no address/) },
        },
      },
    );
  });

  it('is left out for hosts of NO_PROXY', async () => {
    const proxy = await proxyTo(await front(HOST));
    // The host has no address of its own, so going straight ends here.
    const told = await ask(TWILIO, { HTTPS_PROXY: at(proxy), NO_PROXY: 'x.example, .test' });
    expect(told).toMatchObject({ create: { kind: 'notProcessed', fault: { code: 'provider.offline' } } });
    expect(proxy.asked).toEqual([]);
  });

  it('is left out for this computer', async () => {
    const tls = await front('localhost');
    const proxy = await proxyTo(tls);
    const account = { ...TWILIO, endpoint: `https://localhost:${tls.port}` };
    expect(await ask(account, { HTTPS_PROXY: at(proxy) })).toMatchObject({ create: { kind: 'created' } });
    expect(proxy.asked).toEqual([]);
  });
});

describe.each([
  ['straight', false],
  ['through a proxy', true],
])('a certificate, %s', (_way, isProxied) => {
  /** TLS for one host, reached under the name of the account. */
  async function reach(host: string, env: Record<string, string> = {}) {
    const tls = await front(host);
    if (!isProxied) return ask({ ...TWILIO, endpoint: `https://localhost:${tls.port}` }, env);
    const proxy = await proxyTo(tls);
    return ask(TWILIO, { HTTPS_PROXY: at(proxy), ...env });
  }
  const right = isProxied ? HOST : 'localhost';

  it('of a private authority is trusted where NODE_EXTRA_CA_CERTS names it', async () => {
    expect(await reach(right)).toMatchObject({ create: { kind: 'created' }, check: { ok: true } });
  });

  it.each<[string, string, Record<string, string>]>([
    ['of an authority that nobody trusts', right, { NODE_EXTRA_CA_CERTS: '' }],
    ['of another host', 'another.test', {}],
  ])('%s is refused before anything is sent', async (_what, host, env) => {
    expect(await reach(host, env)).toMatchObject({
      create: { kind: 'notProcessed', fault: { code: 'provider.certificate' } },
      check: { ok: false, fault: { code: 'provider.certificate' } },
      observations: [{ reachability: 'offline' }, { reachability: 'offline' }],
    });
    expect(virtual.record()).toEqual([]);
  });
});
