import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { type FaultName, NAMED_FAULTS } from '../../main/demo/provider/faults.ts';
import { createVirtualProvider, type VirtualProvider } from '../../main/demo/provider/virtualProvider.ts';
import { type ProviderServer, startProviderServer } from '../support/providerServer.ts';
import { accounts, basic, EID, KEY } from '../unit/demo/provider/client.ts';

let provider: VirtualProvider;
let server: ProviderServer;

beforeEach(async () => {
  provider = createVirtualProvider({ clock: systemClock, accounts: accounts() });
  server = await startProviderServer(provider);
});
afterEach(() => server.close());

const headers = { Authorization: basic(KEY, 'the key secret') };

function create(signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.origin}/v1/ESimProfiles`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ Eid: EID }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The code of what broke, however deep it lies. */
async function brokenBy(doing: Promise<unknown>): Promise<string> {
  try {
    await doing;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause) return String(cause.code);
    return error instanceof Error ? error.name : String(error);
  }
  return 'nothing';
}

describe('the virtual provider over real HTTP', () => {
  it('takes an order and lists it, with addresses on its own origin', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.headers.get('twilio-request-id')).toMatch(/^RQ/);
    const list = await (await fetch(`${server.origin}/v1/ESimProfiles?PageSize=1`, { headers })).json();
    expect(list.meta.first_page_url).toBe(`${server.origin}/v1/ESimProfiles?PageSize=1&Page=0`);
    expect(list.esim_profiles).toMatchObject([
      { eid: EID, url: expect.stringMatching(`^${server.origin}/`) },
    ]);
  });

  it('gives the date of the provider, once, and none on a page of somebody else', async () => {
    expect((await create()).headers.get('date')).toMatch(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/);
    provider.harm({ what: NAMED_FAULTS['502 with HTML'] });
    expect((await create()).headers.get('date')).toBeNull();
  });

  it.each<[FaultName, code: string, committed: number]>([
    ['reset before the commit', 'ECONNRESET', 0],
    ['reset after the commit', 'ECONNRESET', 1],
    ['connection refused', 'ECONNRESET', 0],
  ])('breaks as it is told, before an answer: %s', async (fault, code, committed) => {
    provider.harm({ what: NAMED_FAULTS[fault] });
    expect(await brokenBy(create())).toMatch(new RegExp(`^(${code}|UND_ERR_SOCKET)$`));
    expect(provider.profiles()).toHaveLength(committed);
  });

  it('breaks in the middle of a body', async () => {
    provider.harm({ what: NAMED_FAULTS['broken in the middle'] });
    const response = await create();
    expect(response.status).toBe(201);
    expect(await brokenBy(response.text())).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)$/);
  });

  it.each<[FaultName, headersCome: boolean]>([
    ['silence before the commit', false],
    ['silence after the commit', false],
    ['headers, then nothing', true],
    ['half an answer, then nothing', true],
  ])('says nothing more: %s', async (fault, headersCome) => {
    provider.harm({ what: NAMED_FAULTS[fault] });
    const abort = new AbortController();
    const answer = create(abort.signal);
    if (headersCome) {
      const response = await answer;
      expect(response.status).toBe(201);
      const body = response.text();
      abort.abort();
      await expect(body).rejects.toMatchObject({ name: 'AbortError' });
    } else {
      // The request has arrived once it is in the record.
      await expect.poll(() => provider.record().length).toBe(1);
      abort.abort();
      await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('refuses connections while it does not listen, and takes them again on the same port', async () => {
    expect((await create()).status).toBe(201);
    await server.stopListening();
    // A connection kept from before may break first.
    await expect.poll(() => brokenBy(create())).toBe('ECONNREFUSED');
    await server.listen();
    expect((await create()).status).toBe(201);
    expect(provider.profiles()).toHaveLength(2);
  });

  it('answers late, and forgets about it when the client has gone', async () => {
    provider.harm({ what: { kind: 'slow', ms: 40 } });
    expect((await create()).status).toBe(201);
    provider.harm({ what: { kind: 'slow', ms: 60_000 } });
    const abort = new AbortController();
    const answer = create(abort.signal);
    await expect.poll(() => provider.record().length).toBe(2);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});
