import { describe, expect, it } from 'vitest';
import { TOKEN_PATH } from '../../../../main/demo/provider/tokens.ts';
import { basic, CLIENT, type Client, client, KEY } from './client.ts';

const SECRET = 'the client secret';

function askToken(world: Client, fields: Record<string, string> = {}, contentType?: string) {
  const form = { grant_type: 'client_credentials', client_id: CLIENT, client_secret: SECRET, ...fields };
  return world.ask('POST', TOKEN_PATH, {
    authorization: null,
    body: new URLSearchParams(form).toString(),
    ...(contentType === undefined ? {} : { contentType }),
  });
}

function tokenFrom(world: Client): string {
  const { access_token: token } = JSON.parse(askToken(world).body) as { access_token: string };
  return token;
}

const list = (world: Client, authorization: string) =>
  world.ask('GET', '/v1/ESimProfiles', { authorization });

describe('the token endpoint', () => {
  it('gives a token to a client that it knows', () => {
    const world = client({ tokenLifeMs: 600_000 });
    const answer = askToken(world);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      access_token: expect.stringMatching(/^[\w.-]{20,}$/),
      expires_in: 600,
      token_type: 'Bearer',
      scope: 'email',
    });
  });

  it.each([
    ['another secret', { client_secret: 'wrong' }, 401, { error: 'invalid_client' }],
    ['a client that nobody knows', { client_id: 'nobody' }, 401, { error: 'invalid_client' }],
    ['no secret', { client_secret: '' }, 401, { error: 'invalid_client' }],
    ['another grant', { grant_type: 'password' }, 400, { code: 400 }],
  ])('refuses %s', (_what, fields, status, body) => {
    const answer = askToken(client(), fields);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject(body);
    expect(answer.body).not.toContain('access_token');
  });

  it('takes forms alone', () => {
    expect(askToken(client(), {}, 'application/json').status).toBe(400);
  });
});

describe('a token', () => {
  it('opens the API for the account of its client, beside Basic', () => {
    const world = client();
    const token = tokenFrom(world);
    world.create({ GenerateMatchingId: 'true' });
    expect(JSON.parse(list(world, `Bearer ${token}`).body).esim_profiles).toHaveLength(1);
    expect(list(world, basic(KEY, 'the key secret')).status).toBe(200);
  });

  it('is refused by the gateway, with 403, once it has expired', async () => {
    const world = client({ tokenLifeMs: 60_000 });
    const token = tokenFrom(world);
    await world.clock.advance(59_999);
    expect(list(world, `Bearer ${token}`).status).toBe(200);
    await world.clock.advance(1);
    const answer = list(world, `Bearer ${token}`);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String), error: expect.any(String) });
  });

  it.each<[string, (world: Client) => void, number]>([
    ['all tokens are made to expire', ({ provider }) => provider.expireTokens(), 403],
    ['the secret of its client is another one', ({ provider }) => provider.rotate(CLIENT, 'new'), 401],
    ['its client may not use this API', ({ provider }) => provider.permit(CLIENT, false), 403],
  ])('ends where %s', (_what, end, status) => {
    const world = client();
    const token = tokenFrom(world);
    end(world);
    expect(list(world, `Bearer ${token}`).status).toBe(status);
  });

  it('is needed whole', () => {
    const world = client();
    expect(list(world, `Bearer ${tokenFrom(world)}x`).status).toBe(401);
    expect(list(world, `Basic ${tokenFrom(world)}`).status).toBe(401);
  });

  it('is in no record and no snapshot, nor is the secret of its client', () => {
    const world = client();
    const token = tokenFrom(world);
    list(world, `Bearer ${token}`);
    const kept = JSON.stringify([world.provider.record(), world.provider.snapshot()]);
    expect(kept).toContain(CLIENT);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(SECRET);
  });
});
