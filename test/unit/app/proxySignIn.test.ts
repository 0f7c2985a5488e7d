import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import { fail } from '../../../contract/result.ts';
import type { KeptProxyLogin, ProxyLogin } from '../../../contract/state.ts';
import { ProxyBook } from '../../../main/app/proxyBook.ts';
import {
  type ProxyChallenge,
  type ProxyCredentials,
  type ProxyLine,
  ProxySignIn,
} from '../../../main/app/proxySignIn.ts';
import { createKeychainVault } from '../../../main/vault/keychainVault.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { type FakeKeyring, fakeKeyring } from '../vault/support.ts';

const CHALLENGE: ProxyChallenge = { host: 'proxy.example', port: 3128, scheme: 'basic', realm: 'Company' };
const ASKED: ProxyLogin = { host: 'proxy.example:3128', realm: 'Company', refused: false };
const ENTRY = 'eSIM Bench/proxy|proxy.example:3128|basic|Company';
const RIGHT = { user: 'mara', password: 'tulip: 7' };
const WRONG = { user: 'mara', password: 'rose: 9' };

let keyring: FakeKeyring;
let vault: Vault;
let proxy: ProxySignIn;
/** Everything that was published, the first null included. */
let published: (ProxyLogin | null)[];
/** The logins that are kept, as last told. */
let kept: KeptProxyLogin[];
let dataDir: string;
/** Every login that the proxy was given. */
let given: ProxyCredentials[];

function begin(): void {
  vault = createKeychainVault({
    load: async () => keyring.keytar,
    findItem: keyring.findItem,
    platform: 'linux',
    clock: createFakeClock(),
  });
  proxy = new ProxySignIn(vault, new ProxyBook(dataDir, 0));
  published = [];
  proxy.onAsked((asked) => published.push(asked));
  proxy.onKept((now) => {
    kept = now;
  });
}

beforeEach(() => {
  keyring = fakeKeyring();
  given = [];
  dataDir = mkdtempSync(join(tmpdir(), 'proxy-'));
  begin();
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** One request through a proxy that asks until it is given the right login, as Chromium puts it. */
async function send({
  accepts = RIGHT,
  challenge = CHALLENGE,
  line = 'asking',
}: {
  readonly accepts?: ProxyCredentials | null;
  readonly challenge?: ProxyChallenge | null;
  readonly line?: ProxyLine;
} = {}): Promise<'through' | 'failed'> {
  const login = proxy.forRequest(line);
  for (let asked = 0; challenge !== null; asked += 1) {
    if (asked > 5) throw new Error('asked without end');
    const answer = await login.answer(challenge);
    if (answer === null) return 'failed';
    given.push(answer);
    if (answer.user === accepts?.user && answer.password === accepts.password) break;
  }
  login.cameThrough();
  return 'through';
}

const signIn = (
  login: ProxyCredentials,
  keep: 'keychain' | 'session',
  tried: () => Promise<unknown> = () => send(),
) => proxy.signIn({ ...login, keep }, tried);

describe('a proxy that asks', () => {
  it('lets the request fail, and the technician is asked', async () => {
    expect(await send()).toBe('failed');
    expect(published).toEqual([null, ASKED]);
    expect(given).toEqual([]);
  });

  it('is told of in words of one line, whatever it says', async () => {
    await send({ challenge: { ...CHALLENGE, realm: ` a\r\nb\u0000\u202e ${'x'.repeat(5_000)}` } });
    expect(published.at(-1)?.realm).toMatch(/^a b x{96}$/);
  });

  it.each(['keychain', 'session'] as const)(
    'is given what is kept in the %s, again and again',
    async (keep) => {
      await send();
      expect(await signIn(RIGHT, keep)).toEqual({ ok: true, value: null });
      expect(published.at(-1)).toBeNull();
      expect(await send()).toBe('through');
      expect(await send({ line: 'ordering' })).toBe('through');
      expect(given).toEqual([RIGHT, RIGHT, RIGHT]);
      expect(published).toEqual([null, ASKED, null]);
      expect(await vault.place({ proxy: 'proxy.example:3128', scheme: 'basic', realm: 'Company' })).toEqual({
        ok: true,
        value: keep,
      });
    },
  );

  it('is not asked any more where a request comes through without', async () => {
    await send();
    expect(await send({ challenge: null })).toBe('through');
    expect(published.at(-1)).toBeNull();
  });

  it('is still asking where only a connection of the other line, from before, comes through', async () => {
    await send({ line: 'ordering' });
    await send({ challenge: null, line: 'asking' });
    expect(published.at(-1)).toEqual(ASKED);
  });
});

describe('a wrong password', () => {
  it('is sent once, said to be wrong, and asked for again', async () => {
    await send();
    expect(await signIn(WRONG, 'session')).toMatchObject({ ok: false, fault: { code: 'proxy.refused' } });
    expect(published.at(-1)).toEqual({ ...ASKED, refused: true });
    for (let request = 0; request < 5; request += 1) expect(await send()).toBe('failed');
    expect(given).toEqual([WRONG]);
  });

  it('gives way to the right one', async () => {
    await send();
    await signIn(WRONG, 'keychain');
    expect(await signIn(RIGHT, 'keychain')).toMatchObject({ ok: true });
    expect(await send()).toBe('through');
    expect(published.at(-1)).toBeNull();
    expect(JSON.parse(keyring.entries.get(ENTRY) ?? '')).toEqual(RIGHT);
  });

  it('typed again is tried again: it may be right by now', async () => {
    await send();
    await signIn(WRONG, 'session');
    expect(await signIn(WRONG, 'session', () => send({ accepts: WRONG }))).toMatchObject({ ok: true });
  });

  it('is not left in the keychain, where each start would try it', async () => {
    await send();
    await signIn(WRONG, 'keychain');
    await expect.poll(() => keyring.entries.size).toBe(0);
  });

  it('that another request was given meanwhile does not take the right one with it', async () => {
    await send();
    const late = proxy.forRequest('asking');
    await signIn(WRONG, 'session', async () => {
      await late.answer(CHALLENGE);
      await send();
    });
    await signIn(RIGHT, 'session');
    expect(await late.answer(CHALLENGE)).toEqual(RIGHT);
    expect(await send()).toBe('through');
  });
});

describe('a login in the keychain', () => {
  beforeEach(async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    given = [];
    begin();
  });

  it('is used at the next start without asking', async () => {
    expect(await send()).toBe('through');
    expect(published).toEqual([null]);
  });

  it('that is not accepted any more is tried once, forgotten, and asked for', async () => {
    const accepts = { ...RIGHT, password: 'the new one' };
    expect(await send({ accepts })).toBe('failed');
    expect(await send({ accepts })).toBe('failed');
    expect(given).toEqual([RIGHT]);
    expect(published).toEqual([null, { ...ASKED, refused: true }, { ...ASKED, refused: true }]);
    await expect.poll(() => keyring.entries.size).toBe(0);
  });

  it.each([
    ['host', { host: 'other.example' }],
    ['port', { port: 8080 }],
    ['way of asking, which may hide it less', { scheme: 'digest' }],
    ['realm', { realm: 'Guests' }],
  ])('is never given to a proxy with another %s', async (_what, other) => {
    expect(await send({ challenge: { ...CHALLENGE, ...other }, accepts: null })).toBe('failed');
    expect(given).toEqual([]);
  });

  it('that cannot be read is asked for; the keychain brings up its prompt once', async () => {
    keyring.locked = true;
    expect(await send()).toBe('failed');
    expect(await send()).toBe('failed');
    expect(keyring.prompts).toBe(1);
    expect(published.at(-1)).toEqual(ASKED);
  });

  it.each(['', 'no json', '[]', '{"user":"mara"}', `{"user":"mara","password":"${'x'.repeat(501)}"}`])(
    'that is not ours (%j) is as if it were not there',
    async (entry) => {
      keyring.entries.set(ENTRY, entry);
      expect(await send()).toBe('failed');
      expect(given).toEqual([]);
    },
  );
});

describe('signing in', () => {
  it('is of no use while no proxy asks', async () => {
    expect(await signIn(RIGHT, 'session')).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
    expect(given).toEqual([]);
  });

  it('is not tried where the keychain cannot keep it', async () => {
    await send();
    keyring.locked = true;
    expect(await signIn(RIGHT, 'keychain')).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    expect(given).toEqual([]);
    expect(published.at(-1)).toEqual(ASKED);
    expect(await signIn(RIGHT, 'session')).toMatchObject({ ok: true });
  });

  it('is fine where the proxy accepts it and something else goes wrong behind', async () => {
    await send();
    const behind = async () => {
      await send();
      return fail(fault('account.rejected'));
    };
    expect(await signIn(RIGHT, 'session', behind)).toMatchObject({ ok: true });
    expect(published.at(-1)).toBeNull();
  });

  it('is not asked for any more where the proxy has gone meanwhile, until it asks again', async () => {
    await send();
    expect(await signIn(RIGHT, 'session', async () => fail(fault('provider.offline')))).toMatchObject({
      ok: true,
    });
    expect(published.at(-1)).toBeNull();
    expect(await send()).toBe('through');
  });

  it('leaves no password in anything that is published or answered', async () => {
    await send();
    const answers = [await signIn(WRONG, 'keychain'), await signIn(RIGHT, 'keychain')];
    expect(JSON.stringify([answers, published])).not.toMatch(/tulip|rose|mara/);
  });
});

const KEPT: KeptProxyLogin = {
  host: 'proxy.example:3128',
  scheme: 'basic',
  realm: 'Company',
  place: 'keychain',
};
const WHICH = { host: KEPT.host, scheme: KEPT.scheme, realm: KEPT.realm };

describe('the list of logins that are kept', () => {
  it.each(['keychain', 'session'] as const)('has one in the %s', async (place) => {
    await send();
    expect(kept).toEqual([]);
    await signIn(RIGHT, place);
    expect(kept).toEqual([{ ...KEPT, place }]);
  });

  it('has those in the keychain at the next start too, before any proxy asks and without a look into it', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    keyring.locked = true;
    begin();
    expect(kept).toEqual([KEPT]);
    expect(keyring.prompts).toBe(0);
  });

  it('has nothing of one for an earlier run', async () => {
    await send();
    await signIn(RIGHT, 'session');
    begin();
    expect(kept).toEqual([]);
  });

  it('loses one that is refused', async () => {
    await send();
    await signIn(WRONG, 'keychain');
    await expect.poll(() => kept).toEqual([]);
    await signIn(RIGHT, 'keychain');
    expect(kept).toEqual([KEPT]);
  });

  it('loses one that somebody took out of the keychain, when its proxy asks', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    keyring.entries.clear();
    begin();
    expect(await send()).toBe('failed');
    expect(kept).toEqual([]);
  });

  it('finds one again whose book is gone, when it is used', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    rmSync(join(dataDir, 'proxies.json'));
    begin();
    expect(kept).toEqual([]);
    expect(await send()).toBe('through');
    expect(kept).toEqual([KEPT]);
  });

  it('has nothing of a book that is none of ours', () => {
    writeFileSync(join(dataDir, 'proxies.json'), '{"proxies":[{"proxy":7}]}');
    begin();
    expect(kept).toEqual([]);
  });

  it('is written without user name and password', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    const book = readFileSync(join(dataDir, 'proxies.json'), 'utf8');
    expect(book).toContain('proxy.example:3128');
    expect(book + JSON.stringify(kept)).not.toMatch(/tulip|mara/);
  });
});

describe('forgetting a login', () => {
  let letGo: number;
  const forget = (which = WHICH) =>
    proxy.forget(which, async () => {
      letGo += 1;
    });
  beforeEach(() => {
    letGo = 0;
  });

  it.each(['keychain', 'session'] as const)(
    'takes it out of the %s and of use: the proxy asks again',
    async (place) => {
      await send();
      await signIn(RIGHT, place);
      given = [];
      expect(await forget()).toEqual({ ok: true, value: null });
      expect(kept).toEqual([]);
      expect(letGo).toBe(1);
      expect(keyring.entries.size).toBe(0);
      expect(await send()).toBe('failed');
      expect(given).toEqual([]);
      expect(published.at(-1)).toEqual(ASKED);
      begin();
      expect(kept).toEqual([]);
    },
  );

  it('needs no proxy to ask first', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    begin();
    expect(await forget()).toMatchObject({ ok: true });
    expect(keyring.entries.size).toBe(0);
  });

  it('leaves the login of another proxy', async () => {
    const other = { ...CHALLENGE, realm: 'Guests' };
    await send();
    await signIn(RIGHT, 'keychain');
    await send({ challenge: other });
    await signIn(RIGHT, 'keychain', () => send({ challenge: other }));
    expect(kept).toHaveLength(2);
    await forget();
    expect(kept).toEqual([{ ...KEPT, realm: 'Guests' }]);
    expect(await send({ challenge: other })).toBe('through');
  });

  it('takes a login that is there no more for forgotten', async () => {
    expect(await forget()).toEqual({ ok: true, value: null });
    expect(letGo).toBe(0);
  });

  it('says what to do where the keychain stays locked, and keeps the login in sight and in use', async () => {
    await send();
    await signIn(RIGHT, 'keychain');
    keyring.locked = true;
    const answer = await forget();
    expect(answer).toMatchObject({
      ok: false,
      fault: {
        code: 'keychain.locked',
        hint: 'The login is still in it. Unlock the keychain, then forget the login again.',
      },
    });
    expect(JSON.stringify(answer)).not.toMatch(/tulip|mara/);
    expect(kept).toEqual([KEPT]);
    expect(letGo).toBe(0);
    expect(await send()).toBe('through');
    keyring.locked = false;
    expect(await forget()).toMatchObject({ ok: true });
    expect(keyring.entries.size).toBe(0);
  });
});
