import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Account } from '../../contract/account.ts';
import { ok, type Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { CreateRequest, Profile, ProfileFilter, Provider } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';

/** The provider's own description of its API. It is not part of this project; these tests run where it is at hand. */
const DOCUMENT =
  process.env.ESIM_BENCH_OPENAPI ??
  fileURLToPath(new URL('../../../shared/openapi/twilio_supersim_v1.json', import.meta.url));
const PRISM = fileURLToPath(
  new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url),
);

const runs = existsSync(DOCUMENT);
const EID = '89049032005008882600033489aaaaaa';
const SID = `HP${'a'.repeat(32)}`;
const ACCOUNT = {
  provider: 'twilio',
  accountSid: `AC${'a'.repeat(32)}`,
  keySid: `SK${'b'.repeat(32)}`,
} as const;

describe("the client and a server made from the provider's OpenAPI document", () => {
  let prism: ChildProcess;
  let endpoint: string;
  /** Headers that a test adds to (or, with an empty value, takes from) what the client sends. */
  let amend: Record<string, string>;

  beforeAll(async () => {
    if (!runs) return;
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    // Not through npx or its launcher: those leave a child behind.
    prism = spawn(process.execPath, [PRISM, 'mock', DOCUMENT, '-p', String(port), '--multiprocess=false'], {
      stdio: 'ignore',
    });
    await untilAnswers(endpoint, prism);
  }, 120_000);
  afterAll(() => (runs ? end(prism) : undefined));
  beforeEach((context) => {
    context.skip(!runs, "the provider's OpenAPI document is not here: ESIM_BENCH_OPENAPI can name it");
    amend = {};
  });

  function provider(): Provider {
    const account: Account = { ...ACCOUNT, endpoint };
    return createProvider(account, {
      fetch: (url, init) => {
        const headers = new Headers(init.headers);
        for (const [name, value] of Object.entries(amend)) {
          if (value === '') headers.delete(name);
          else headers.set(name, value);
        }
        return fetch(url, { ...init, headers });
      },
      secret: async () => ok('any-secret-will-do-here'),
      clock: systemClock,
      userAgent: 'eSIM-Bench/test',
    });
  }

  it.each<[string, CreateRequest, string]>([
    ['by EID', { target: { kind: 'eid', eid: EID }, callback: null }, 'createDefaultSmdp'],
    ['by matching ID', { target: { kind: 'matchingId' }, callback: null }, 'createActivationCode'],
    [
      'with a callback',
      { target: { kind: 'eid', eid: EID }, callback: { url: 'http://callback.twilio.com', method: 'POST' } },
      'createWithCallback',
    ],
    [
      'with a callback by GET',
      {
        target: { kind: 'eid', eid: EID },
        callback: { url: 'https://my.example/cb?a=1&b=2', method: 'GET' },
      },
      'createWithCallback',
    ],
  ])('a create %s is valid, and its answer is read whole', async (_how, request, example) => {
    amend = { Prefer: `example=${example}` };
    const outcome = await provider().create(request);
    expect(outcome.kind).toBe('created');
    if (outcome.kind === 'created')
      expectSame(outcome.profile, examples('post', '/v1/ESimProfiles', '201')[example]);
  });

  it.each(['fetchDefaultSmdp', 'fetchActivationCode'])(
    'a fetch is valid, and %s is read whole',
    async (example) => {
      amend = { Prefer: `example=${example}` };
      const fetched = await provider().fetch(SID);
      expect(fetched.ok).toBe(true);
      if (fetched.ok) expectSame(fetched.value, examples('get', '/v1/ESimProfiles/{Sid}', '200')[example]);
    },
  );

  it.each<[string, ProfileFilter]>([
    ['readAll', {}],
    ['readByEid', { eid: EID }],
    ['readBySimSid', { simSid: `HS${'a'.repeat(32)}` }],
    ['readByStatus', { status: 'downloaded', pageSize: 1_000 }],
  ])('a list (%s) is valid, and its answer is read whole', async (example, filter) => {
    const all = examples('get', '/v1/ESimProfiles', '200');
    const [name, value] =
      example in all ? [example, all[example]] : (Object.entries(all)[0] ?? ['', undefined]);
    amend = { Prefer: `example=${name}` };
    const pages: Result<Profile[]>[] = [];
    for await (const page of provider().list(filter)) pages.push(page);
    expect(pages).toHaveLength(1);
    const wire = z.object({ esim_profiles: z.array(z.unknown()).min(1) }).parse(value).esim_profiles;
    const [page] = pages;
    expect(page?.ok).toBe(true);
    if (page?.ok) {
      expect(page.value).toHaveLength(wire.length);
      for (const [index, profile] of page.value.entries()) expectSame(profile, wire[index]);
    }
  });

  it('a check of the credentials is valid, and refused without them', async () => {
    expect(await provider().check()).toEqual({ ok: true, value: null });
    amend = { Authorization: '' };
    expect(await provider().check()).toMatchObject({ ok: false, fault: { code: 'account.rejected' } });
    expect(await provider().create({ target: { kind: 'matchingId' }, callback: null })).toMatchObject({
      kind: 'refused',
      fault: { code: 'account.rejected' },
    });
  });

  it('a status that the API does not know is refused, with its reason', async () => {
    const pages: Result<Profile[]>[] = [];
    for await (const page of provider().list({ status: 'bogus' })) pages.push(page);
    expect(pages).toMatchObject([
      { ok: false, fault: { code: 'provider.refused', details: expect.stringContaining('HTTP 422') } },
    ]);
  });

  it('an address that the API does not have is not found', async () => {
    const elsewhere = createProvider(
      { ...ACCOUNT, endpoint: `${endpoint}/nowhere` },
      { fetch, secret: async () => ok('x'), clock: systemClock, userAgent: 'eSIM-Bench/test' },
    );
    expect(await elsewhere.check()).toMatchObject({ ok: false, fault: { code: 'provider.notFound' } });
  });
});

const Examples = z.record(z.string(), z.object({ value: z.unknown() }));

/** The examples that the document gives for an answer. */
function examples(method: 'get' | 'post', path: string, status: string): Record<string, unknown> {
  const shape = z.object({
    paths: z.object({
      [path]: z.object({
        [method]: z.object({
          responses: z.object({
            [status]: z.object({
              content: z.object({ 'application/json': z.object({ examples: Examples }) }),
            }),
          }),
        }),
      }),
    }),
  });
  const document = shape.parse(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
  const found = document.paths[path]?.[method]?.responses[status]?.content['application/json'].examples ?? {};
  return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
}

/** Every field of the wire is in the profile, under its own name or in `extra`, and the other way round. */
function expectSame(profile: Profile, wire: unknown): void {
  const { extra, ...fields } = profile;
  const back = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
  expect({ ...back, ...extra }).toEqual(wire);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Prism ended with ${child.exitCode}`);
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
