import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, AccountOf } from '../../contract/providerTable.ts';
import { ok } from '../../contract/result.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { ProviderClient } from '../../main/provider/provider.ts';
import { createProvider } from '../../main/provider/providers.ts';
import { answer, type RawRequest, type RawServer, startRawServer } from './provider-loopback.ts';

const SECRET = 'the-secret-of-this-test/0123456789+=';
const ACCOUNT_SID = `AC${'a'.repeat(32)}`;
const KEY_SID = `SK${'b'.repeat(32)}`;
const EID = '89049032123451234512345678901235';
const SID = `HP${'c'.repeat(32)}`;
const SIM = `HS${'d'.repeat(32)}`;
const FLEET = `HF${'e'.repeat(32)}`;
const CALLBACK = { url: 'https://my.example/cb?a=1&b=ü', method: 'GET' } as const;

let server: RawServer;
beforeEach(async () => {
  server = await startRawServer();
});
afterEach(() => server.stop());

function clientOf(account: Account): ProviderClient {
  return createProvider<Account['provider']>(account, {
    fetch: (url, init) => fetch(url, init),
    secret: async () => ok(SECRET),
    clock: systemClock,
    userAgent: 'eSIM-Bench/test',
  });
}
const twilioAccount = (): AccountOf<'twilio'> => ({
  provider: 'twilio',
  accountSid: ACCOUNT_SID,
  keySid: KEY_SID,
  endpoint: server.origin,
});
const koreAccount = (): AccountOf<'kore'> => ({
  provider: 'kore',
  clientId: 'client-1&2',
  endpoint: `${server.origin}/supersim`,
  tokenEndpoint: `${server.origin}/api-services/v1/auth/token`,
});

/** Twilio's own client for Node, talking to the loopback server in place of its host. */
function official(accountSid: string | null): ReturnType<typeof twilio>['supersim']['v1'] {
  class Loopback extends twilio.RequestClient {
    override request<T>(options: RequestClient.RequestOptions<T>) {
      return super.request<T>({
        ...options,
        uri: options.uri.replace('https://supersim.twilio.com', server.origin),
      });
    }
  }
  const user = accountSid ?? KEY_SID;
  return twilio(user, SECRET, { accountSid: ACCOUNT_SID, httpClient: new Loopback() }).supersim.v1;
}

async function drain(pages: AsyncGenerator<unknown>): Promise<void> {
  for await (const _page of pages);
}

interface Operation {
  readonly ours: (client: ProviderClient) => Promise<unknown>;
  readonly theirs: (client: ReturnType<typeof official>) => Promise<unknown>;
  readonly line: string;
  readonly body: string;
}

/** Every operation: what ours sends, byte by byte, and the same call of the official client. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'create by EID': {
    ours: (client) => client.create({ target: { kind: 'eid', eid: EID }, callback: null }),
    theirs: (client) => client.esimProfiles.create({ eid: EID }),
    line: 'POST /v1/ESimProfiles',
    body: `Eid=${EID}`,
  },
  'create by matching ID': {
    ours: (client) => client.create({ target: { kind: 'matchingId' }, callback: null }),
    theirs: (client) => client.esimProfiles.create({ generateMatchingId: true }),
    line: 'POST /v1/ESimProfiles',
    body: 'GenerateMatchingId=true',
  },
  'create with a callback': {
    ours: (client) => client.create({ target: { kind: 'eid', eid: EID }, callback: CALLBACK }),
    theirs: (client) =>
      client.esimProfiles.create({ eid: EID, callbackUrl: CALLBACK.url, callbackMethod: CALLBACK.method }),
    line: 'POST /v1/ESimProfiles',
    body: `Eid=${EID}&CallbackUrl=https%3A%2F%2Fmy.example%2Fcb%3Fa%3D1%26b%3D%C3%BC&CallbackMethod=GET`,
  },
  'fetch a profile': {
    ours: (client) => client.fetch(SID),
    theirs: (client) => client.esimProfiles(SID).fetch(),
    line: `GET /v1/ESimProfiles/${SID}`,
    body: '',
  },
  'list profiles': {
    ours: (client) => drain(client.list({ eid: EID, simSid: SIM, status: 'available', pageSize: 100 })),
    theirs: (client) =>
      client.esimProfiles.page({ eid: EID, simSid: SIM, status: 'available', pageSize: 100 }),
    line: `GET /v1/ESimProfiles?Eid=${EID}&SimSid=${SIM}&Status=available&PageSize=100`,
    body: '',
  },
  'a page of the history': {
    ours: (client) => client.page({ status: 'failed', pageSize: 20 }, null),
    theirs: (client) => client.esimProfiles.page({ status: 'failed', pageSize: 20 }),
    line: 'GET /v1/ESimProfiles?Status=failed&PageSize=20',
    body: '',
  },
  'fetch a Sim': {
    ours: (client) => client.fetchSim(SIM),
    theirs: (client) => client.sims(SIM).fetch(),
    line: `GET /v1/Sims/${SIM}`,
    body: '',
  },
  'change a Sim': {
    ours: (client) =>
      client.updateSim(SIM, { uniqueName: 'Bench 7 (é)', fleet: 'Pilot Fleet', status: 'ready' }),
    theirs: (client) =>
      client.sims(SIM).update({ uniqueName: 'Bench 7 (é)', fleet: 'Pilot Fleet', status: 'ready' }),
    line: `POST /v1/Sims/${SIM}`,
    body: 'UniqueName=Bench+7+%28%C3%A9%29&Status=ready&Fleet=Pilot+Fleet',
  },
  'change a Sim with a callback': {
    ours: (client) => client.updateSim(SIM, { status: 'active', callback: CALLBACK }),
    theirs: (client) =>
      client
        .sims(SIM)
        .update({ status: 'active', callbackUrl: CALLBACK.url, callbackMethod: CALLBACK.method }),
    line: `POST /v1/Sims/${SIM}`,
    body: 'Status=active&CallbackUrl=https%3A%2F%2Fmy.example%2Fcb%3Fa%3D1%26b%3D%C3%BC&CallbackMethod=GET',
  },
  'list Sims': {
    ours: (client) => drain(client.listSims({ status: 'new', fleet: FLEET, iccid: '8988', pageSize: 3 })),
    theirs: (client) => client.sims.page({ status: 'new', fleet: FLEET, iccid: '8988', pageSize: 3 }),
    line: `GET /v1/Sims?Status=new&Fleet=${FLEET}&Iccid=8988&PageSize=3`,
    body: '',
  },
  'list Fleets': {
    ours: (client) => drain(client.listFleets({ pageSize: 50 })),
    theirs: (client) => client.fleets.page({ pageSize: 50 }),
    line: 'GET /v1/Fleets?PageSize=50',
    body: '',
  },
};

const names = Object.keys(OPERATIONS);
function operation(name: string): Operation {
  const found = OPERATIONS[name];
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

/** Answers each request with what any of the operations can read. */
function answerAll(): void {
  server.react((socket, request) => {
    const isToken = request.line.includes('/auth/token');
    const body = isToken
      ? { access_token: 'tOkEn-of-this-test', expires_in: 3600, token_type: 'Bearer' }
      : { sid: SIM, status: 'new', esim_profiles: [], sims: [], fleets: [], meta: { key: 'sims' } };
    answer(request.line.startsWith('POST /v1/ESim') ? 201 : 200, body)(socket, request);
  });
}

/** All headers that the request has, but those of the connection and of compression, which are the carrier's. */
function headersOf({ headers }: RawRequest): Record<string, string> {
  const carriers =
    /^(host|connection|content-length|accept-encoding|accept-language|sec-fetch-mode|transfer-encoding)$/;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !carriers.test(name)));
}

describe('the bytes that leave for Twilio', () => {
  it.each(names)('%s', async (name) => {
    answerAll();
    await operation(name).ours(clientOf(twilioAccount()));
    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    if (request === undefined) return;
    expect(request.line).toBe(`${operation(name).line} HTTP/1.1`);
    expect(request.body).toBe(operation(name).body);
    expect(headersOf(request)).toEqual({
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${KEY_SID}:${SECRET}`).toString('base64')}`,
      'user-agent': 'eSIM-Bench/test',
      ...(request.body === ''
        ? { 'cache-control': 'no-cache', pragma: 'no-cache' }
        : {
            'cache-control': 'no-cache',
            pragma: 'no-cache',
            'content-type': 'application/x-www-form-urlencoded',
          }),
    });
  });
});

describe('the bytes that leave for KORE', () => {
  it.each(names)('%s, behind one token request', async (name) => {
    answerAll();
    await operation(name).ours(clientOf(koreAccount()));
    const [token, request, ...more] = server.requests;
    expect(more).toEqual([]);
    expect(token?.line).toBe('POST /api-services/v1/auth/token HTTP/1.1');
    expect(token?.body).toBe(
      'grant_type=client_credentials&client_id=client-1%262&client_secret=the-secret-of-this-test%2F0123456789%2B%3D',
    );
    expect(token?.headers).not.toHaveProperty('authorization');
    expect(token?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.line).toBe(`${operation(name).line.replace(' /', ' /supersim/')} HTTP/1.1`);
    expect(request?.body).toBe(operation(name).body);
    expect(request?.headers.authorization).toBe('Bearer tOkEn-of-this-test');
    expect(JSON.stringify(request)).not.toContain(SECRET);
  });
});

/** A form or a query as the pairs in it, each as its bytes are, in an order of their own. */
function pairs(text: string): string[] {
  // A blank may be written as "+" or "%20" in a form (WHATWG URL §5): both mean the same.
  return text === '' ? [] : text.replaceAll('%20', '+').split('&').sort();
}

function parts({ line }: RawRequest) {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query = ''] = target.split('?');
  return { method, path, query: pairs(query) };
}

describe("what Twilio's own client sends for the same call", () => {
  it.each(names)('is the same: %s', async (name) => {
    answerAll();
    await operation(name).ours(clientOf(twilioAccount()));
    await operation(name).theirs(official(null));
    expect(server.requests).toHaveLength(2);
    const [ours, theirs] = server.requests;
    if (ours === undefined || theirs === undefined) return;
    expect(parts(ours)).toEqual(parts(theirs));
    expect(pairs(ours.body)).toEqual(pairs(theirs.body));
    expect(ours.headers.authorization).toBe(theirs.headers.authorization);
    expect(ours.headers.accept).toBe(theirs.headers.accept);
    if (ours.body !== '') expect(ours.headers['content-type']).toBe(theirs.headers['content-type']);
  });

  it('is the same with Account SID and auth token', async () => {
    answerAll();
    await clientOf({ ...twilioAccount(), keySid: null }).fetch(SID);
    await official(ACCOUNT_SID).esimProfiles(SID).fetch();
    const [ours, theirs] = server.requests;
    expect(ours?.headers.authorization).toBe(theirs?.headers.authorization);
  });
});
