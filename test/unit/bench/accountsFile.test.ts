import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NamedAccount } from '../../../contract/account.ts';
import { ok } from '../../../contract/result.ts';
import { readAccountsFile, writeAccountsFile } from '../../../main/bench/accountsFile.ts';
import { Preferences } from '../../../main/bench/preferences.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  path = join(folder, 'accounts.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HOME: NamedAccount = {
  name: 'Home',
  account: {
    provider: 'twilio',
    accountSid: `AC${'1'.repeat(32)}`,
    keySid: null,
    endpoint: 'https://supersim.twilio.com',
  },
  simDefaults: null,
};

describe('a file of accounts', () => {
  it('comes back as it was written', () => {
    writeAccountsFile(path, [HOME]);
    expect(readAccountsFile(path)).toEqual(ok([HOME]));
  });

  it('takes no secret, also where somebody has written one into it', () => {
    const other = {
      format: 'esim-bench accounts',
      version: 1,
      accounts: [{ ...HOME, secret: 'x'.repeat(9) }],
    };
    writeFileSync(path, JSON.stringify(other));
    const read = readAccountsFile(path);
    expect(JSON.stringify(read)).not.toContain('x'.repeat(9));
    expect(read).toEqual(ok([HOME]));
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'accounts'],
    ['another format', '{"format":"other","version":1,"accounts":[]}'],
    ['a newer version', '{"format":"esim-bench accounts","version":2,"accounts":[]}'],
    ['an account that is none', '{"format":"esim-bench accounts","version":1,"accounts":[{"name":"x"}]}'],
    [
      'far too much',
      JSON.stringify({ format: 'esim-bench accounts', version: 1, more: 'x'.repeat(300_000) }),
    ],
  ])('is refused with %s in it', (_what, text) => {
    writeFileSync(path, text);
    const read = readAccountsFile(path);
    expect(read.ok ? null : read.fault.code).toBe('file.unreadable');
  });

  it('is refused where it is not there, and not as one that holds no accounts', () => {
    expect(readAccountsFile(join(folder, 'none.json'))).toMatchObject({
      ok: false,
      fault: { code: 'file.unreadable', message: 'The file could not be read.' },
    });
  });
});

describe('settings of the time when there was one account', () => {
  it('are read as one account, which is in use; the next writing keeps it', () => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ account: HOME.account, settings: { theme: 'dark' } }));
    const preferences = new Preferences(folder, 0);
    expect(preferences.inUse).toEqual({ name: 'Account', account: HOME.account, simDefaults: null });
    expect(preferences.settings.theme).toBe('dark');
    preferences.setSettings(preferences.settings);
    expect(new Preferences(folder, 0).inUse?.account).toEqual(HOME.account);
    expect(JSON.parse(readFileSync(file, 'utf8'))).not.toHaveProperty('account');
  });
});
