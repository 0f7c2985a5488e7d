import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askTool, KEYRING_TOOLS } from '../../main/vault/keyringItems.ts';
import type { VaultKey } from '../../main/vault/vault.ts';
import { entryName, SERVICE } from '../../main/vault/vaultEntry.ts';
import { type Keyring, missingForKeyring, startKeyring } from '../support/keyring.ts';
import { buildVaultProgram, type VaultProgram } from '../support/vaultProcess.ts';

const SECRET = 'a-real-secret-€-"quoted"-4711';
let count = 0;
let key: VaultKey;

const missing = await missingForKeyring();

let program: VaultProgram;
beforeAll(async () => {
  program = await buildVaultProgram();
});
afterAll(() => program.remove());

beforeEach(() => {
  // Each test has an account of its own, so that none sees what another left.
  count += 1;
  key = {
    provider: 'twilio',
    // With characters that the tools on the bus have to quote.
    endpoint: "https://supersim.example/it's/a\\path",
    accountSid: `AC${String(count).padStart(32, '0')}`,
    keySid: `SK${'b'.repeat(32)}`,
  };
});

describe('the vault on a real keyring', () => {
  let keyring: Keyring;
  beforeAll(async () => {
    if (missing.length === 0) keyring = await startKeyring();
  });
  afterAll(() => keyring?.stop());
  beforeEach((context) => context.skip(missing.length > 0, `${missing.join(', ')} is not installed here`));

  it('keeps a secret that another process finds, and forgets it for all of them', async () => {
    expect(await program.run(keyring.env, { do: 'place', key }, { do: 'get', key })).toMatchObject([
      { ok: true, value: 'none' },
      { ok: false, fault: { code: 'secret.missing' } },
    ]);
    expect(await program.run(keyring.env, { do: 'set', key, secret: SECRET, place: 'keychain' })).toEqual([
      { ok: true, value: null },
    ]);
    expect(await program.run(keyring.env, { do: 'get', key }, { do: 'place', key })).toEqual([
      { ok: true, value: SECRET },
      { ok: true, value: 'keychain' },
    ]);
    expect(await program.run(keyring.env, { do: 'clear', key }, { do: 'clear', key })).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    expect(await program.run(keyring.env, { do: 'place', key })).toEqual([{ ok: true, value: 'none' }]);
  });

  it('replaces a secret', async () => {
    await program.run(keyring.env, { do: 'set', key, secret: 'the older one', place: 'keychain' });
    await program.run(keyring.env, { do: 'set', key, secret: SECRET, place: 'keychain' });
    expect(await program.run(keyring.env, { do: 'get', key })).toEqual([{ ok: true, value: SECRET }]);
  });

  it('keeps a secret of the session out of it, and takes an older one away', async () => {
    await program.run(keyring.env, { do: 'set', key, secret: 'the older one', place: 'keychain' });
    expect(
      await program.run(
        keyring.env,
        { do: 'set', key, secret: SECRET, place: 'session' },
        { do: 'get', key },
        { do: 'place', key },
      ),
    ).toEqual([
      { ok: true, value: null },
      { ok: true, value: SECRET },
      { ok: true, value: 'session' },
    ]);
    expect(await program.run(keyring.env, { do: 'place', key })).toEqual([{ ok: true, value: 'none' }]);
  });

  it('does not take a locked keyring for an empty one, nor says that it cleared it', async () => {
    await program.run(keyring.env, { do: 'set', key, secret: SECRET, place: 'keychain' });
    await keyring.lock();
    const results = await program.run(
      keyring.env,
      { do: 'get', key },
      { do: 'place', key },
      { do: 'clear', key },
      { do: 'set', key, secret: 'another', place: 'keychain' },
    );
    expect(results).toHaveLength(4);
    for (const result of results)
      expect(result).toMatchObject({ ok: false, fault: { code: 'keychain.locked' } });
    await keyring.unlock();
    expect(await program.run(keyring.env, { do: 'get', key })).toEqual([{ ok: true, value: SECRET }]);
  });

  for (const tool of KEYRING_TOOLS) {
    it(`is asked by ${tool.command} without unlocking`, async ({ skip }) => {
      if (!(await isInstalled(tool.command))) return skip(`${tool.command} is not installed here.`);
      const env = { ...process.env, ...keyring.env };
      const ask = () => askTool(tool, SERVICE, entryName(key), env);
      expect(await ask()).toBe('none');
      await program.run(keyring.env, { do: 'set', key, secret: SECRET, place: 'keychain' });
      expect(await ask()).toBe('unlocked');
      await keyring.lock();
      expect(await ask()).toBe('locked');
      await keyring.unlock();
      expect(await ask()).toBe('unlocked');
    });
  }
});

describe.runIf(process.platform === 'linux')('the vault without a keyring', () => {
  it.each([
    [
      'without a session bus',
      { DBUS_SESSION_BUS_ADDRESS: undefined, DISPLAY: undefined, XDG_RUNTIME_DIR: '/nonexistent' },
    ],
    ['with a bus that is gone', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
  ])('%s says so with the remedy, and keeps a secret of the session', async (_how, env) => {
    const [set, get, session, again, clear] = await program.run(
      env,
      { do: 'set', key, secret: SECRET, place: 'keychain' },
      { do: 'get', key },
      { do: 'set', key, secret: SECRET, place: 'session' },
      { do: 'get', key },
      { do: 'clear', key },
    );
    for (const result of [set, get]) {
      expect(result).toMatchObject({ ok: false, fault: { code: 'keychain.unavailable' } });
      if (result?.ok === false) expect(result.fault.hint).toMatch(/keyring.*until the app ends/);
      expect(JSON.stringify(result)).not.toContain(SECRET);
    }
    expect(session).toEqual({ ok: true, value: null });
    expect(again).toEqual({ ok: true, value: SECRET });
    expect(clear).toEqual({ ok: true, value: null });
  });
});

async function isInstalled(command: string): Promise<boolean> {
  return promisify(execFile)('sh', ['-c', `command -v ${command}`]).then(
    () => true,
    () => false,
  );
}
