import { expect, it } from 'vitest';
import { createSessionVault } from '../../../main/vault/sessionVault.ts';
import { KEY, SECRET } from './support.ts';

it('keeps a secret in memory, whichever place is asked for, until it is cleared', async () => {
  const vault = createSessionVault();
  expect(await vault.get(KEY)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
  expect(await vault.place(KEY)).toEqual({ ok: true, value: 'none' });
  await vault.set(KEY, SECRET, 'keychain');
  expect(await vault.place(KEY)).toEqual({ ok: true, value: 'session' });
  expect(await vault.get(KEY)).toEqual({ ok: true, value: SECRET });
  expect(await vault.get({ ...KEY, keySid: null })).toMatchObject({ ok: false });
  await vault.clear(KEY);
  expect(await vault.place(KEY)).toEqual({ ok: true, value: 'none' });
  expect(await createSessionVault().place(KEY)).toEqual({ ok: true, value: 'none' });
});

it('does not give a client secret to another place for tokens than the one it was given for', async () => {
  const vault = createSessionVault();
  const kore = {
    provider: 'kore',
    clientId: 'bench-1',
    endpoint: 'https://supersim.api.korewireless.com',
    tokenEndpoint: 'https://api.korewireless.com/api-services/v1/auth/token',
  } as const;
  await vault.set(kore, SECRET, 'session');
  expect(await vault.get(kore)).toEqual({ ok: true, value: SECRET });
  const elsewhere = { ...kore, tokenEndpoint: 'https://tokens.example.com/token' };
  expect(await vault.get(elsewhere)).toMatchObject({ ok: false, fault: { code: 'secret.missing' } });
});
