import { describe, expect, it } from 'vitest';
import { createDemoFetch } from '../../../../main/demo/provider/demoFetch.ts';
import { type FaultName, NAMED_FAULTS } from '../../../../main/demo/provider/faults.ts';
import { basic, client, EID, KEY, ORIGIN } from './client.ts';

function fetching(fault: FaultName | null = null) {
  const c = client();
  if (fault !== null) c.provider.harm({ what: NAMED_FAULTS[fault] });
  let online = true;
  const fetch = createDemoFetch(c.provider, { clock: c.clock, origin: ORIGIN, online: () => online });
  const create = (signal?: AbortSignal) =>
    fetch(`${ORIGIN}/v1/ESimProfiles`, {
      method: 'POST',
      headers: { Authorization: basic(KEY, 'the key secret') },
      body: new URLSearchParams({ Eid: EID }),
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    ...c,
    fetch,
    create,
    goOffline: () => {
      online = false;
    },
  };
}

describe('the demo fetch', () => {
  it('gets answers with status, headers and JSON', async () => {
    const response = await fetching().create();
    expect(response.status).toBe(201);
    expect(response.headers.get('twilio-request-id')).toMatch(/^RQ/);
    expect(await response.json()).toMatchObject({ eid: EID, status: 'new' });
  });

  it('takes a Request, a URL or text', async () => {
    const { fetch } = fetching();
    const headers = { authorization: basic(KEY, 'the key secret') };
    const url = `${ORIGIN}/v1/ESimProfiles`;
    for (const input of [url, new URL(url), new Request(url)])
      expect((await fetch(input, { headers })).status).toBe(200);
  });

  it.each<[FaultName, string]>([
    ['connection refused', 'ECONNREFUSED'],
    ['reset before the commit', 'ECONNRESET'],
    ['reset after the commit', 'ECONNRESET'],
  ])('fails as the real one does: %s', async (fault, code) => {
    await expect(fetching(fault).create()).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code },
    });
  });

  it('finds no other host', async () => {
    await expect(fetching().fetch('https://supersim.twilio.com/v1/ESimProfiles')).rejects.toMatchObject({
      cause: { code: 'ENOTFOUND' },
    });
  });

  it('finds nothing without a network', async () => {
    const { create, goOffline, provider } = fetching();
    goOffline();
    await expect(create()).rejects.toMatchObject({ cause: { code: 'ENETUNREACH' } });
    expect(provider.record()).toEqual([]);
  });

  it.each<FaultName>(['silence after the commit', 'slow beyond the limit'])(
    'waits until the caller gives up: %s',
    async (fault) => {
      const { create, clock, provider } = fetching(fault);
      const abort = new AbortController();
      const answer = create(abort.signal);
      await clock.advance(30_000);
      abort.abort(new DOMException('too long', 'TimeoutError'));
      await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(provider.profiles()).toHaveLength(1);
    },
  );

  it('a slow answer comes when its time has come', async () => {
    const { create, clock } = fetching('slow beyond the limit');
    const answer = create();
    await clock.advance(120_000);
    expect((await answer).status).toBe(201);
  });

  it.each<FaultName>(['headers, then nothing', 'half an answer, then nothing'])(
    '%s: the body never ends until the caller gives up',
    async (fault) => {
      const abort = new AbortController();
      const response = await fetching(fault).create(abort.signal);
      expect(response.status).toBe(201);
      const body = response.text();
      abort.abort(new DOMException('too long', 'TimeoutError'));
      await expect(body).rejects.toMatchObject({ name: 'TimeoutError' });
    },
  );

  it('a connection that breaks in the middle fails the body', async () => {
    const response = await fetching('broken in the middle').create();
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toMatchObject({
      message: 'terminated',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  it('asks nothing where the signal has aborted before', async () => {
    const { create, provider } = fetching();
    await expect(create(AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    expect(provider.record()).toEqual([]);
  });
});
