import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../../../contract/fault.ts';
import type { Account, AccountOf } from '../../../contract/providerTable.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { BenchState } from '../../../contract/state.ts';
import { AccountDesk } from '../../../main/bench/accountDesk.ts';
import { Preferences } from '../../../main/bench/preferences.ts';
import type { ProviderClient, ProviderObservation } from '../../../main/provider/provider.ts';
import { createSessionVault } from '../../../main/vault/sessionVault.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';

const SECRET = 'a-secret-that-nobody-may-see';
const ACCOUNT: AccountOf<'twilio'> = {
  provider: 'twilio',
  accountSid: `AC${'1'.repeat(32)}`,
  keySid: `SK${'2'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};
const REACHABLE: ProviderObservation = { reachability: 'reachable', fault: null, skewMs: 1_500 };
const OFFLINE: ProviderObservation = {
  reachability: 'offline',
  fault: fault('provider.offline'),
  skewMs: null,
};
const REJECTED: ProviderObservation = {
  reachability: 'rejected',
  fault: fault('account.rejected'),
  skewMs: 0,
};

let folder: string;
let clock: FakeClock;
let vault: Vault;
let desk: AccountDesk;
let published: Pick<BenchState, 'account' | 'accounts' | 'provider'>;
let checks: number;
let answer: ProviderObservation;
let credentialsChanged: number;
let secretsAsked: Result<string>[];

/** What is never asked for here. */
// biome-ignore lint/correctness/useYield: a list that is never asked for
async function* never(): AsyncGenerator<never, void, void> {
  throw new Error('not used here');
}

function silent(): Omit<ProviderClient, 'check'> {
  const unused = () => Promise.reject(new Error('not used here'));
  return {
    create: unused,
    fetch: unused,
    page: unused,
    fetchSim: unused,
    updateSim: unused,
    list: never,
    listSims: never,
    listFleets: never,
  };
}

function makeDesk(): AccountDesk {
  return new AccountDesk({
    preferences: new Preferences(folder, 0),
    vault,
    clock,
    makeProvider(_account, { secret, observe }) {
      return {
        ...silent(),
        async check() {
          checks += 1;
          secretsAsked.push(await secret());
          observe(answer);
          return answer.fault === null ? ok(null) : fail(answer.fault);
        },
      } satisfies ProviderClient;
    },
    publish: (slices) => Object.assign(published, slices),
    onCredentialsChanged: () => {
      credentialsChanged += 1;
    },
    onObserved: () => undefined,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-desk-'));
  clock = createFakeClock();
  vault = createSessionVault();
  published = {
    account: { name: null, account: null, secret: 'none', fault: null },
    accounts: [],
    provider: { state: 'unknown', since: 0, fault: null },
  };
  checks = 0;
  credentialsChanged = 0;
  secretsAsked = [];
  answer = REACHABLE;
  desk = makeDesk();
});
afterEach(() => {
  desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

const setAccount = (change: Partial<AccountOf<'twilio'>> = {}, secret: string | null = SECRET) =>
  desk.set({ ...ACCOUNT, ...change, name: null, secret, keepSecret: 'session' });

describe('setting the account', () => {
  it('keeps it, publishes it without its secret, and asks the provider', async () => {
    expect(await setAccount()).toEqual(ok(null));
    await clock.settle();
    expect(published.account).toEqual({ name: 'Account', account: ACCOUNT, secret: 'session', fault: null });
    expect(published.provider.state).toBe('reachable');
    expect(desk.skewMs).toBe(1_500);
    expect(credentialsChanged).toBe(1);
    expect(secretsAsked).toEqual([ok(SECRET)]);
  });

  it('says when the secret cannot be had any more, and when it can again', async () => {
    await setAccount();
    await clock.settle();
    const { get } = vault;
    vault.get = async () => fail(fault('keychain.locked'));
    await clock.advance(300_000);
    expect(published.account).toMatchObject({
      account: ACCOUNT,
      secret: 'session',
      fault: { code: 'keychain.locked' },
    });
    vault.get = get;
    await clock.advance(300_000);
    expect(published.account).toEqual({ name: 'Account', account: ACCOUNT, secret: 'session', fault: null });
  });

  it('is there after a restart', async () => {
    await setAccount();
    desk.stop();
    desk = makeDesk();
    expect(desk.account).toEqual(ACCOUNT);
  });

  it('leaves the secret in no file and in nothing that is published', async () => {
    await setAccount();
    await clock.settle();
    expect(JSON.stringify(published)).not.toContain(SECRET);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(SECRET);
    }
  });

  it('keeps the secret in place when no new one is given', async () => {
    await setAccount();
    expect(await setAccount({}, null)).toEqual(ok(null));
    await clock.settle();
    expect(secretsAsked.at(-1)).toEqual(ok(SECRET));
  });

  it('wants a secret for a key that has none', async () => {
    await setAccount();
    expect(await setAccount({ keySid: `SK${'9'.repeat(32)}` }, null)).toMatchObject({
      ok: false,
      fault: { code: 'secret.missing' },
    });
    expect(desk.account).toEqual(ACCOUNT);
  });

  it('forgets the secret of the key it replaces', async () => {
    await setAccount();
    await setAccount({ keySid: `SK${'9'.repeat(32)}` }, 'another');
    expect(await vault.get(ACCOUNT)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
  });

  it('changes nothing when the keychain refuses, and says so', async () => {
    vault = { ...vault, set: () => Promise.resolve(fail(fault('keychain.unavailable'))) };
    desk = makeDesk();
    expect(await setAccount()).toMatchObject({ ok: false, fault: { code: 'keychain.unavailable' } });
    expect(desk.account).toBeNull();
  });
});

describe('whether the provider can be reached', () => {
  it('is asked again soon while it cannot, and seldom while it can', async () => {
    answer = OFFLINE;
    await setAccount();
    await clock.settle();
    expect(published.provider).toMatchObject({ state: 'offline', fault: { code: 'provider.offline' } });
    const before = checks;
    answer = REACHABLE;
    await clock.advance(15_000);
    expect(checks).toBe(before + 1);
    expect(published.provider.state).toBe('reachable');
    await clock.advance(60_000);
    expect(checks).toBe(before + 1);
    await clock.advance(300_000);
    expect(checks).toBe(before + 2);
  });

  it('says since when', async () => {
    answer = OFFLINE;
    await setAccount();
    await clock.settle();
    const { since } = published.provider;
    await clock.advance(60_000);
    expect(published.provider).toMatchObject({ state: 'offline', since });
  });

  it('tells wrong credentials from no network', async () => {
    answer = REJECTED;
    await setAccount();
    await clock.settle();
    expect(published.provider).toMatchObject({ state: 'rejected', fault: { code: 'account.rejected' } });
  });

  it('is not asked without an account', async () => {
    await desk.start();
    await clock.advance(3_600_000);
    expect(checks).toBe(0);
  });
});

describe('testing the account', () => {
  it('needs one', async () => {
    expect(await desk.test()).toMatchObject({ ok: false, fault: { code: 'account.none' } });
  });

  it('says how long the answer took', async () => {
    await setAccount();
    expect(await desk.test()).toMatchObject({ ok: true, value: { elapsedMs: expect.any(Number) } });
  });

  it('gives the provider’s reason', async () => {
    await setAccount();
    answer = REJECTED;
    expect(await desk.test()).toMatchObject({ ok: false, fault: { code: 'account.rejected' } });
  });
});

describe('clearing the account', () => {
  it('forgets account and secret', async () => {
    await setAccount();
    await clock.settle();
    expect(await desk.clear()).toEqual(ok(null));
    expect(published.account).toEqual({ name: null, account: null, secret: 'none', fault: null });
    expect(await vault.get(ACCOUNT)).toMatchObject({ ok: false });
    const before = checks;
    await clock.advance(3_600_000);
    expect(checks).toBe(before);
  });

  it('keeps the account when the keychain will not let the secret go', async () => {
    await setAccount();
    vault = { ...vault, clear: () => Promise.resolve(fail(fault('keychain.locked'))) };
    desk.stop();
    desk = makeDesk();
    expect(await desk.clear()).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    expect(desk.account).toEqual(ACCOUNT);
  });
});

describe('accounts that cannot be read', () => {
  it('are told as that until they are set again, not as none', async () => {
    writeFileSync(join(folder, 'settings.json'), '{"accounts": 7');
    desk = makeDesk();
    await desk.start();
    expect(published.account).toMatchObject({ account: null, fault: { code: 'settings.setAside' } });
    expect(await desk.test()).toMatchObject({ fault: { code: 'settings.setAside' } });
    await setAccount();
    expect(published.account).toMatchObject({ account: ACCOUNT, fault: null });
    await desk.clear();
    expect(published.account).toMatchObject({ account: null, fault: null });
  });

  it('are there again with the next look, once they can be', async () => {
    await setAccount();
    const whole = readFileSync(join(folder, 'settings.json'));
    const path = join(folder, 'settings.json');
    rmSync(path);
    // A folder is nothing that can be read as a file, whoever asks.
    mkdirSync(path);
    desk.stop();
    desk = makeDesk();
    await desk.start();
    expect(published.account).toMatchObject({ account: null, fault: { code: 'settings.unreadable' } });
    rmSync(path, { recursive: true });
    writeFileSync(path, whole);
    await desk.look();
    expect(published.account).toMatchObject({ account: ACCOUNT, fault: null });
  });
});

describe('accounts that the command line changes meanwhile', () => {
  const other = () => new Preferences(folder, 0);

  it('are taken over with the next look: a first one is in use and asked about', async () => {
    await desk.start();
    await desk.look();
    expect(published.accounts).toEqual([]);
    other().setAccount('Van', ACCOUNT);
    await vault.set(ACCOUNT, SECRET, 'session');
    await desk.look();
    await clock.settle();
    expect(published.account).toEqual({ name: 'Van', account: ACCOUNT, secret: 'session', fault: null });
    expect(published.provider.state).toBe('reachable');
  });

  it('show their new name, and are not asked about again for that', async () => {
    await setAccount();
    await clock.settle();
    const before = checks;
    other().renameAccount('Account', 'Van');
    await desk.look();
    await clock.settle();
    expect([published.account.name, published.accounts.map(({ name }) => name)]).toEqual(['Van', ['Van']]);
    expect(checks).toBe(before);
  });

  it('are gone where they were removed, and nothing more is asked with them', async () => {
    await setAccount();
    await clock.settle();
    other().removeAccount('Account');
    await desk.look();
    await clock.settle();
    const before = checks;
    expect(published).toMatchObject({
      account: { name: null, account: null },
      accounts: [],
      provider: { state: 'unknown' },
    });
    await clock.advance(600_000);
    expect(checks).toBe(before);
  });

  it('are shown as they are where a change fails because of that', async () => {
    await setAccount();
    other().renameAccount('Account', 'Van');
    expect(await desk.rename('Account', 'Field')).toMatchObject({ ok: false });
    expect(published.accounts.map(({ name }) => name)).toEqual(['Van']);
  });
});

describe('several accounts', () => {
  const OTHER: Account = { ...ACCOUNT, keySid: `SK${'3'.repeat(32)}` };
  const set = (name: string, account: Account, secret = SECRET) =>
    desk.set({ ...account, name, secret, keepSecret: 'session' });

  beforeEach(async () => {
    await set('Home', ACCOUNT);
    await set('Work', OTHER, 'another-secret');
    await clock.settle();
  });

  it('are kept by their names; the one set last is in use', () => {
    expect(published.accounts.map(({ name }) => name)).toEqual(['Home', 'Work']);
    expect(published.account).toMatchObject({ name: 'Work', account: OTHER, secret: 'session' });
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).not.toContain('secret');
  });

  it('each have their own secret, also after a switch', async () => {
    expect(await desk.use('Home')).toEqual(ok(null));
    await clock.settle();
    expect(published.account).toMatchObject({ name: 'Home', account: ACCOUNT });
    expect(secretsAsked.at(-1)).toEqual(ok(SECRET));
    expect(await vault.get(OTHER)).toEqual(ok('another-secret'));
    expect(credentialsChanged).toBe(3);
  });

  it('are told apart: what one that is not in use sees says nothing of the one that is', async () => {
    const before = published.provider;
    const observed: Account[] = [];
    desk.stop();
    desk = new AccountDesk({
      preferences: new Preferences(folder, 0),
      vault,
      clock,
      makeProvider: (account, { observe }) =>
        ({
          ...silent(),
          check: async () => {
            observe(OFFLINE);
            observed.push(account);
            return fail(fault('provider.offline'));
          },
        }) satisfies ProviderClient,
      publish: (slices) => Object.assign(published, slices),
      onCredentialsChanged: () => undefined,
      onObserved: (account) => observed.push(account),
    });
    await desk.provider(ACCOUNT).check();
    expect(observed).toEqual([ACCOUNT, ACCOUNT]);
    expect(published.provider).toEqual(before);
  });

  it('that is not there cannot be used or cleared', async () => {
    for (const result of [await desk.use('Nowhere'), await desk.clear('Nowhere')])
      expect(result.ok ? null : result.fault.code).toBe('usage.invalid');
  });

  it('are cleared one by one; a secret that another still needs stays', async () => {
    await set('Twin', ACCOUNT);
    expect(await desk.clear('Twin')).toEqual(ok(null));
    expect(await vault.get(ACCOUNT)).toEqual(ok(SECRET));
    expect(await desk.clear('Home')).toEqual(ok(null));
    expect((await vault.get(ACCOUNT)).ok).toBe(false);
    expect(published.accounts.map(({ name }) => name)).toEqual(['Work']);
    expect(published.account).toMatchObject({ name: null, account: null });
  });

  it.each([
    ['the one in use', 'Work'],
    ['another one', 'Home'],
  ])('are renamed, %s: secret and place in the list stay', async (_what, name) => {
    const asked = checks;
    expect(await desk.rename(name, 'Field')).toEqual(ok(null));
    expect(published.accounts.map((each) => each.name)).toEqual(
      ['Home', 'Work'].map((each) => (each === name ? 'Field' : each)),
    );
    expect(published.account).toMatchObject({ name: name === 'Work' ? 'Field' : 'Work', secret: 'session' });
    expect(desk.named(name)).toBeNull();
    expect(checks).toBe(asked);
    desk.stop();
    desk = makeDesk();
    expect(desk.inUse?.name).toBe(name === 'Work' ? 'Field' : 'Work');
    expect(desk.named('Field')?.account).toEqual(name === 'Work' ? OTHER : ACCOUNT);
  });

  it.each([
    ['a name that another has', 'Home', 'Work', /Another account is named Work/],
    ['one that is not there', 'Nowhere', 'Field', /no account named Nowhere/],
  ])('are not renamed: %s', async (_what, name, newName, message) => {
    expect(await desk.rename(name, newName)).toMatchObject({
      ok: false,
      fault: { code: 'usage.invalid', message: expect.stringMatching(message) },
    });
    expect(desk.all.map((each) => each.name)).toEqual(['Home', 'Work']);
  });

  it('are not changed by the name that they have', async () => {
    expect(await desk.rename('Home', 'Home')).toEqual(ok(null));
    expect(desk.all.map((each) => each.name)).toEqual(['Home', 'Work']);
  });

  it('of which none is in use: nothing is ordered until one is chosen', async () => {
    await desk.clear('Work');
    expect(desk.account).toBeNull();
    await desk.use('Home');
    expect(desk.account).toEqual(ACCOUNT);
  });

  it('outlive the process', () => {
    const again = new Preferences(folder, 0);
    expect([again.inUse?.name, again.accounts.length]).toEqual(['Work', 2]);
  });

  it('are added from another bench, with what is here already left out and names kept apart', async () => {
    const third: Account = { ...ACCOUNT, keySid: null };
    const added = await desk.add([
      { name: 'Copy', account: OTHER, simDefaults: null },
      { name: 'Work', account: third, simDefaults: null },
    ]);
    expect(added).toEqual(ok(1));
    expect(published.accounts.map(({ name }) => name)).toEqual(['Home', 'Work', 'Work 2']);
    expect(published.account).toMatchObject({ name: 'Work', account: OTHER });
  });
});
