import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FaultCode } from '../../contract/fault.ts';
import type { Account, ProviderName } from '../../contract/providerTable.ts';
import { ok, type Result } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type {
  CreateRequest,
  Fleet,
  Profile,
  ProfileFilter,
  ProviderClient,
  Sim,
  SimUpdate,
  SimUpdateOutcome,
} from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';

/** The providers' own descriptions of their APIs. They are not part of this project; these tests run where they are at hand. */
const FOLDER = fileURLToPath(new URL('../../../shared/openapi/', import.meta.url));
const PRISM = fileURLToPath(
  new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url),
);

interface Home {
  readonly document: string;
  readonly account: (endpoint: string, tokens: string) => Account;
}

const HOMES: Readonly<Record<ProviderName, Home>> = {
  twilio: {
    document: process.env.ESIM_BENCH_OPENAPI ?? join(FOLDER, 'twilio_supersim_v1.json'),
    account: (endpoint) => ({
      provider: 'twilio',
      accountSid: `AC${'a'.repeat(32)}`,
      keySid: `SK${'b'.repeat(32)}`,
      endpoint,
    }),
  },
  kore: {
    document: process.env.ESIM_BENCH_OPENAPI_KORE ?? join(FOLDER, 'kore-supersim-v1.json'),
    account: (endpoint, tokens) => ({
      provider: 'kore',
      clientId: 'any-client',
      endpoint,
      tokenEndpoint: `${tokens}/v1/auth/token`,
    }),
  },
};
const TOKEN_DOCUMENT = process.env.ESIM_BENCH_OPENAPI_KORE_TOKEN ?? join(FOLDER, 'kore_token_api_v1.json');

const EID = '89049032005008882600033489aaaaaa';
const SID = `HP${'a'.repeat(32)}`;
const SIM = `HS${'a'.repeat(32)}`;
const FLEET = `HF${'a'.repeat(32)}`;

describe.each<ProviderName>(['twilio', 'kore'])(
  'the client and a server made from the OpenAPI document of %s',
  (home) => {
    const { document: DOCUMENT, account } = HOMES[home];
    const examples = (method: 'get' | 'post', path: string, status: string) =>
      examplesIn(DOCUMENT, method, path, status);
    const runs = existsSync(DOCUMENT) && (home !== 'kore' || existsSync(TOKEN_DOCUMENT));
    const children: ChildProcess[] = [];
    let endpoint = '';
    let tokens = '';
    /** Headers that a test adds to (or, with an empty value, takes from) what the client sends to the API. */
    let amend: Record<string, string>;
    let amendToken: Record<string, string>;

    beforeAll(async () => {
      if (!runs) return;
      [endpoint = '', tokens = ''] = await Promise.all(
        (home === 'kore' ? [DOCUMENT, TOKEN_DOCUMENT] : [DOCUMENT]).map(start),
      );
    }, 120_000);
    afterAll(() => Promise.all(children.map(end)));
    beforeEach((context) => {
      context.skip(!runs, "the provider's OpenAPI document is not here: ESIM_BENCH_OPENAPI… can name it");
      amend = {};
      amendToken = {};
    });

    async function start(document: string): Promise<string> {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      // Not through npx or its launcher: those leave a child behind.
      const prism = spawn(
        process.execPath,
        [PRISM, 'mock', document, '-p', String(port), '--multiprocess=false'],
        { stdio: 'ignore' },
      );
      children.push(prism);
      await untilAnswers(url, prism);
      return url;
    }

    function provider(at = endpoint): ProviderClient {
      return createProvider<ProviderName>(account(at, tokens), {
        fetch: (url, init) => {
          const headers = new Headers(init.headers);
          const changes = url.endsWith('/auth/token') ? amendToken : amend;
          for (const [name, value] of Object.entries(changes)) {
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
        {
          target: { kind: 'eid', eid: EID },
          callback: { url: 'http://callback.twilio.com', method: 'POST' },
        },
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
      expect(await provider(`${endpoint}/nowhere`).check()).toMatchObject({
        ok: false,
        fault: { code: 'provider.notFound' },
      });
    });

    it('a fetch of a Sim is valid, and its answer is read whole', async () => {
      const fetched = await provider().fetchSim(SIM);
      expect(fetched.ok).toBe(true);
      if (fetched.ok) expectSame(fetched.value, examples('get', '/v1/Sims/{Sid}', '200').fetch, ['links']);
    });

    it.each<[string, SimUpdate, '200' | '202', SimUpdateOutcome['kind']]>([
      ['updateUniqueName', { uniqueName: 'MySIM' }, '200', 'updated'],
      ['updateFleetWithSid', { fleet: FLEET }, '200', 'updated'],
      ['updateFleetWithUniqueName', { fleet: 'My Fleet' }, '200', 'updated'],
      ['updateStatus', { fleet: FLEET, status: 'ready' }, '202', 'scheduled'],
      [
        'updateStatus',
        { status: 'active', callback: { url: 'https://my.example/cb', method: 'POST' } },
        '202',
        'scheduled',
      ],
    ])(
      'a change of a Sim (%s: %o) is valid, and its answer is read whole',
      async (example, update, status, kind) => {
        amend = { Prefer: `code=${status}, example=${example}` };
        const outcome = await provider().updateSim(SIM, update);
        expect(outcome).toMatchObject({ kind });
        if (outcome.kind === 'updated' || outcome.kind === 'scheduled')
          expectSame(outcome.sim, examples('post', '/v1/Sims/{Sid}', status)[example], ['links']);
      },
    );

    it.each(['readFullByFleetSid', 'readFullByFleetName', 'readByIccid'])(
      'a list of Sims (%s) is valid, and its answer is read whole',
      async (example) => {
        amend = { Prefer: `example=${example}` };
        const filter = { status: 'new', fleet: 'MyFleet', iccid: '89883070000123456789', pageSize: 50 };
        const [page] = await collect(provider().listSims(filter));
        const wire = z
          .object({ sims: z.array(z.unknown()).min(1) })
          .parse(examples('get', '/v1/Sims', '200')[example]).sims;
        expect(page).toMatchObject({ ok: true });
        if (page?.ok)
          for (const [index, sim] of page.value.entries()) expectSame(sim, wire[index], ['links']);
      },
    );

    it.each(['readEmpty', 'readFull'])(
      'a list of Fleets (%s) is valid, and its answer is read whole',
      async (example) => {
        amend = { Prefer: `example=${example}` };
        const [page] = await collect(provider().listFleets({ pageSize: 1_000 }));
        const wire = z
          .object({ fleets: z.array(z.unknown()) })
          .parse(examples('get', '/v1/Fleets', '200')[example]).fleets;
        expect(page).toMatchObject({ ok: true });
        if (!page?.ok) return;
        expect(page.value).toHaveLength(wire.length);
        for (const [index, fleet] of page.value.entries()) expectFleet(fleet, wire[index]);
      },
    );

    if (home === 'kore')
      it.each<[string, FaultCode]>([
        ['400', 'account.rejected'],
        ['401', 'account.rejected'],
        ['500', 'provider.broken'],
      ])(
        'an answer %s of the token endpoint, as its document has it, is told apart',
        async (status, code) => {
          amendToken = { Prefer: `code=${status}` };
          expect(await provider().check()).toMatchObject({ ok: false, fault: { code } });
          expect(await provider().create({ target: { kind: 'matchingId' }, callback: null })).toMatchObject({
            kind: 'notProcessed',
            fault: { code },
          });
        },
      );
  },
);

async function collect<T>(pages: AsyncGenerator<Result<T[]>>): Promise<Result<T[]>[]> {
  const list: Result<T[]>[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

const Examples = z.record(z.string(), z.object({ value: z.unknown() }));

/** The examples that the document gives for an answer. */
function examplesIn(
  file: string,
  method: 'get' | 'post',
  path: string,
  status: string,
): Record<string, unknown> {
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
  const document = shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  const found = document.paths[path]?.[method]?.responses[status]?.content['application/json'].examples ?? {};
  return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
}

/** Every field of the wire is in what was read, under its own name or in `extra`, and the other way round. */
function expectSame(read: Profile | Sim, wire: unknown, without: readonly string[] = []): void {
  const { extra, ...fields } = read;
  const rest = Object.entries(z.record(z.string(), z.unknown()).parse(wire)).filter(
    ([name]) => !without.includes(name),
  );
  expect({ ...wireNames(fields), ...extra }).toEqual(Object.fromEntries(rest));
}

/** As {@link expectSame}, but what a Fleet has beside the fields that are known is text in `extra`. */
function expectFleet(fleet: Fleet, wire: unknown): void {
  const { extra, ...fields } = fleet;
  const known = wireNames(fields);
  for (const [name, value] of Object.entries(z.record(z.string(), z.unknown()).parse(wire))) {
    if (name in known) expect(known[name]).toEqual(value);
    else expect(extra[name]).toBe(typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function wireNames(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
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
