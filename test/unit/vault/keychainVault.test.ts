import { describe, expect, it } from 'vitest';
import type { Keytar } from '../../../main/vault/keychain.ts';
import { createKeychainVault } from '../../../main/vault/keychainVault.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { type FakeKeyring, fakeKeyring, KEY, SECRET } from './support.ts';

const ENTRY = `eSIM Bench/twilio|https://supersim.twilio.com|${KEY.accountSid}|${KEY.keySid}`;

function vaultOn(keyring: FakeKeyring): Vault {
  return createKeychainVault({
    load: async () => keyring.keytar,
    findItem: keyring.findItem,
    platform: 'linux',
    clock: createFakeClock(),
  });
}

describe('a secret in the keychain', () => {
  it('is one entry under the service eSIM Bench, named after the account', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    expect(await vault.set(KEY, SECRET, 'keychain')).toEqual({ ok: true, value: null });
    expect([...keyring.entries]).toEqual([[ENTRY, SECRET]]);
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
    expect(await vault.place(KEY)).toEqual({ ok: true, value: 'keychain' });
  });

  it('is found again by another process', async () => {
    const keyring = fakeKeyring();
    await vaultOn(keyring).set(KEY, SECRET, 'keychain');
    expect(await vaultOn(keyring).get(KEY)).toEqual({ ok: true, value: SECRET });
  });

  it.each([
    ['another key', { ...KEY, keySid: `SK${'c'.repeat(32)}` }],
    ['the auth token', { ...KEY, keySid: null }],
    ['another account', { ...KEY, accountSid: `AC${'c'.repeat(32)}` }],
    ['another endpoint', { ...KEY, endpoint: 'http://127.0.0.1:4010' }],
  ])('is not the one of %s', async (_what, key) => {
    const vault = vaultOn(fakeKeyring());
    await vault.set(KEY, SECRET, 'keychain');
    expect(await vault.get(key)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
    expect(await vault.place(key)).toEqual({ ok: true, value: 'none' });
  });

  it('of a proxy has an entry of its own', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    const proxy = { proxy: 'proxy.example:3128', scheme: 'basic', realm: 'Company' };
    await vault.set(KEY, SECRET, 'keychain');
    await vault.set(proxy, 'of the proxy', 'keychain');
    expect([...keyring.entries]).toEqual([
      [ENTRY, SECRET],
      ['eSIM Bench/proxy|proxy.example:3128|basic|Company', 'of the proxy'],
    ]);
    expect(await vault.get(proxy)).toEqual({ ok: true, value: 'of the proxy' });
    await vault.clear(proxy);
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
  });

  it('is gone after clearing, which is fine twice', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, SECRET, 'keychain');
    expect(await vault.clear(KEY)).toEqual({ ok: true, value: null });
    expect(await vault.clear(KEY)).toEqual({ ok: true, value: null });
    expect(keyring.entries.size).toBe(0);
    expect(await vault.get(KEY)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
  });
});

describe('a secret for this session', () => {
  it('is never in the keychain, and not known to another process', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, SECRET, 'session');
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
    expect(await vault.place(KEY)).toEqual({ ok: true, value: 'session' });
    expect(keyring.entries.size).toBe(0);
    expect(await vaultOn(keyring).place(KEY)).toEqual({ ok: true, value: 'none' });
  });

  it('leaves no older one behind that would come back at the next start', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, 'the older one', 'keychain');
    await vault.set(KEY, SECRET, 'session');
    await expect.poll(() => keyring.entries.size).toBe(0);
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
  });

  it('gives way to one that is put into the keychain later', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, 'of this session', 'session');
    await vault.set(KEY, SECRET, 'keychain');
    expect(await vault.place(KEY)).toEqual({ ok: true, value: 'keychain' });
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
  });

  it('can be kept, used and cleared where there is no keychain', async () => {
    const vault = createKeychainVault({
      load: async () => {
        throw new Error('Failed to load keytar native addon');
      },
      platform: 'linux',
    });
    expect((await vault.set(KEY, SECRET, 'session')).ok).toBe(true);
    expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
    expect((await vault.clear(KEY)).ok).toBe(true);
    expect(await vault.get(KEY)).toMatchObject({ ok: false, fault: { code: 'keychain.unavailable' } });
  });

  it('asks nobody to unlock the keychain', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, 'the older one', 'keychain');
    keyring.locked = true;
    await vault.set(KEY, SECRET, 'session');
    await vault.get(KEY);
    expect(keyring.prompts).toBe(0);
  });
});

describe('a locked keyring', () => {
  it.each(['get', 'place'] as const)('is not taken for an empty one by %s', async (operation) => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, SECRET, 'keychain');
    keyring.locked = true;
    expect(await vault[operation](KEY)).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    keyring.locked = false;
    expect((await vault[operation](KEY)).ok).toBe(true);
  });

  it('refuses a new secret, and keeps nothing of it', async () => {
    const keyring = fakeKeyring();
    keyring.locked = true;
    const vault = vaultOn(keyring);
    expect(await vault.set(KEY, SECRET, 'keychain')).toMatchObject({
      ok: false,
      fault: { code: 'keychain.locked' },
    });
    keyring.locked = false;
    expect(await vault.place(KEY)).toEqual({ ok: true, value: 'none' });
  });

  it('is asked to unlock before a secret is cleared', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, SECRET, 'keychain');
    keyring.locked = true;
    keyring.atPrompt = 'unlock';
    expect(await vault.clear(KEY)).toEqual({ ok: true, value: null });
    expect(keyring.entries.size).toBe(0);
  });

  it('is never said to be cleared while the secret is still in it', async () => {
    const keyring = fakeKeyring();
    const vault = vaultOn(keyring);
    await vault.set(KEY, SECRET, 'keychain');
    keyring.locked = true;
    expect(await vault.clear(KEY)).toMatchObject({
      ok: false,
      fault: {
        code: 'keychain.locked',
        hint: 'The secret is still in it. Unlock the keychain, then try again.',
      },
    });
    expect(keyring.entries.size).toBe(1);
  });
});

describe('no keychain', () => {
  it('is a fault that names the remedy, at every operation, and is tried anew each time', async () => {
    let loads = 0;
    const vault = createKeychainVault({
      load: async () => {
        loads += 1;
        throw new Error('libsecret-1.so.0: cannot open shared object file');
      },
      platform: 'linux',
    });
    for (const result of [
      await vault.set(KEY, SECRET, 'keychain'),
      await vault.get(KEY),
      await vault.place(KEY),
      await vault.clear(KEY),
    ]) {
      expect(result).toMatchObject({ ok: false, fault: { code: 'keychain.unavailable' } });
      if (!result.ok) expect(result.fault.hint).toMatch(/libsecret.*until the app ends/);
    }
    expect(loads).toBe(4);
  });
});

describe('a keychain that does not answer', () => {
  function hanging() {
    const clock = createFakeClock();
    const calls: string[] = [];
    let answer: () => void = () => undefined;
    const keytar: Keytar = {
      getPassword: () => {
        calls.push('get');
        return new Promise((resolve) => {
          answer = () => resolve(SECRET);
        });
      },
      setPassword: async () => {
        calls.push('set');
      },
      deletePassword: async () => {
        calls.push('delete');
        return true;
      },
    };
    const vault = createKeychainVault({
      load: async () => keytar,
      clock,
      timeoutMs: 60_000,
      platform: 'win32',
    });
    return { clock, calls, vault, answer: () => answer() };
  }

  it('is given up after its time, with a fault that says where to look', async () => {
    const { clock, vault } = hanging();
    const got = vault.get(KEY);
    await clock.advance(60_000);
    const result = await got;
    expect(result).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    if (!result.ok) expect(result.fault.message).toContain('window of its own');
    expect(clock.pending).toBe(0);
  });

  it('is not called again before it has answered, and not at all for what was given up meanwhile', async () => {
    const { clock, calls, vault, answer } = hanging();
    const first = vault.get(KEY);
    await clock.advance(30_000);
    const second = vault.set(KEY, SECRET, 'keychain');
    await clock.advance(30_000);
    expect((await first).ok).toBe(false);
    await clock.advance(30_000);
    expect(await second).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    expect(calls).toEqual(['get']);
    answer();
    await clock.settle();
    expect(calls).toEqual(['get']);
    expect((await vault.clear(KEY)).ok).toBe(true);
    expect(calls).toEqual(['get', 'delete']);
  });
});

describe('an unknown answer', () => {
  it('that is empty is no secret', async () => {
    const vault = createKeychainVault({
      load: async () => ({
        getPassword: async () => '',
        setPassword: async () => undefined,
        deletePassword: async () => false,
      }),
      platform: 'darwin',
      clock: createFakeClock(),
    });
    expect(await vault.get(KEY)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
  });
});
