import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOST_ACCOUNTS } from '../../../contract/account.ts';
import type { AccountOf } from '../../../contract/providerTable.ts';
import { Preferences } from '../../../main/bench/preferences.ts';

const accountOf = (digit: string): AccountOf<'twilio'> => ({
  provider: 'twilio',
  accountSid: `AC${digit.repeat(32)}`,
  keySid: null,
  endpoint: 'https://supersim.twilio.com',
});

/** The window and the command line with one folder, which has an account `First`. */
function two() {
  const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const open = () => new Preferences(folder, 0);
  open().setAccount('First', accountOf('1'));
  return { folder, window: open(), cli: open(), open };
}

const names = ({ accounts }: Preferences) => accounts.map(({ name }) => name);

describe('settings that window and command line both have open', () => {
  it('keep an account that the other has added, when a setting is changed', () => {
    const { cli, open, window } = two();
    cli.setAccount('Second', accountOf('2'));
    window.setSettings({ ...window.settings, theme: 'dark' });
    const later = open();
    expect([names(later), later.inUse?.name, later.settings.theme]).toEqual([
      ['First', 'Second'],
      'Second',
      'dark',
    ]);
    // What is ordered with in the window does not change behind the technician's back.
    expect(window.inUse?.name).toBe('First');
  });

  it('keep an account that the other has added, when another one is added', () => {
    const { cli, open, window } = two();
    cli.setAccount('Second', accountOf('2'));
    window.setAccount('Third', accountOf('3'));
    expect(names(window)).toEqual(['First', 'Second', 'Third']);
    expect(names(open())).toEqual(names(window));
    expect(window.inUse?.name).toBe('Third');
  });

  it('keep a setting that the other has changed, when an account is changed', () => {
    const { cli, open, window } = two();
    window.setSettings({ ...window.settings, theme: 'dark' });
    cli.setAccount('Second', accountOf('2'));
    expect(open().settings.theme).toBe('dark');
  });

  it('do not bring back what was removed or renamed here', () => {
    const { open, window } = two();
    window.setAccount('Second', accountOf('2'));
    window.renameAccount('Second', 'Field');
    window.removeAccount('First');
    expect(names(open())).toEqual(['Field']);
  });

  it('do not bring back what the other has removed', () => {
    const { cli, open, window } = two();
    window.setAccount('Second', accountOf('2'));
    cli.look();
    cli.removeAccount('First');
    window.setAccount('Third', accountOf('3'));
    expect(names(open())).toEqual(['Second', 'Third']);
    expect(names(window)).toEqual(['Second', 'Third']);
  });

  it('follow the account in use to the name that the other has given it', () => {
    const { cli, open, window } = two();
    cli.renameAccount('First', 'Field');
    window.addAccounts([{ name: 'Second', account: accountOf('2'), simDefaults: null }]);
    expect([names(open()), window.inUse?.name, open().inUse?.name]).toEqual([
      ['Field', 'Second'],
      'Field',
      'Field',
    ]);
  });

  it('use the first account where the other has set it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const window = new Preferences(folder, 0);
    expect(window.look()).toBe(false);
    new Preferences(folder, 0).setAccount('First', accountOf('1'));
    expect([window.look(), window.inUse?.name, window.look()]).toEqual([true, 'First', false]);
  });

  it('have none in use where the other has removed that', () => {
    const { cli, open, window } = two();
    window.setAccount('Second', accountOf('2'));
    cli.look();
    cli.removeAccount('Second');
    window.renameAccount('First', 'Field');
    expect([names(open()), window.inUse]).toEqual([['Field'], null]);
  });

  it.each<[string, (window: Preferences) => unknown]>([
    ['renamed', (window) => window.renameAccount('First', 'Field')],
    ['put in use', (window) => window.putInUse('First')],
    ['given what is done with its Sims', (window) => window.setSimDefaults('First', null)],
  ])('say so where an account is %s that the other has removed', (_, change) => {
    const { cli, open, window } = two();
    cli.removeAccount('First');
    expect(change(window)).toMatchObject({
      ok: false,
      fault: { code: 'usage.invalid', message: 'There is no account named First.' },
    });
    expect([names(window), names(open())]).toEqual([[], []]);
  });

  it('refuse a name that the other has given meanwhile', () => {
    const { cli, window } = two();
    cli.setAccount('Second', accountOf('2'));
    expect(window.renameAccount('First', 'Second')).toMatchObject({ ok: false });
    expect(names(window)).toEqual(['First', 'Second']);
  });

  it('refuse one account too many, with those that the other has added, and lose none', () => {
    const { cli, open, window } = two();
    const many = Array.from({ length: MOST_ACCOUNTS - 1 }, (_, index) => ({
      name: `Account ${index}`,
      account: { ...accountOf('2'), endpoint: `https://host-${index}.example` },
      simDefaults: null,
    }));
    expect(cli.addAccounts(many).ok).toBe(true);
    expect(window.setAccount('Third', accountOf('3'))).toMatchObject({
      ok: false,
      fault: { code: 'usage.invalid' },
    });
    expect(names(open())).toHaveLength(MOST_ACCOUNTS);
    expect(names(window)).toEqual(names(open()));
  });

  it('are written anew where the file was spoilt meanwhile, which is set aside', () => {
    const { folder, open, window } = two();
    writeFileSync(join(folder, 'settings.json'), '{"accounts": 7');
    window.setSettings({ ...window.settings, theme: 'light' });
    expect(names(open())).toEqual(['First']);
    expect(readFileSync(join(folder, 'settings.json.unreadable-1970-01-01T00-00-00-000Z'), 'utf8')).toBe(
      '{"accounts": 7',
    );
  });
});

describe('a file of settings', () => {
  /** A file with an account that the window has read, and that cannot be read for now. */
  function unreadable() {
    const { folder, window, open } = two();
    const file = join(folder, 'settings.json');
    const text = readFileSync(file, 'utf8');
    // As root nothing is forbidden: a folder in its place cannot be read by anybody.
    rmSync(file);
    mkdirSync(file);
    const giveBack = () => {
      rmSync(file, { recursive: true });
      writeFileSync(file, text);
    };
    return { window, open, giveBack };
  }

  it('that cannot be read is not written over, and why is said', () => {
    const { open, giveBack } = unreadable();
    const cli = open();
    expect(cli.notice).toMatchObject({ code: 'settings.unreadable' });
    const UNREADABLE = { ok: false, fault: { code: 'settings.unreadable' } };
    expect(cli.setAccount('Second', accountOf('2'))).toMatchObject(UNREADABLE);
    expect(cli.setSettings({ ...cli.settings, theme: 'dark' })).toMatchObject(UNREADABLE);
    giveBack();
    expect(cli.setAccount('Second', accountOf('2')).ok).toBe(true);
    expect(names(open())).toEqual(['First', 'Second']);
  });

  it('that cannot be read for a while takes nothing from what is known of it', () => {
    const { window, giveBack } = unreadable();
    expect([window.look(), names(window)]).toEqual([false, ['First']]);
    giveBack();
    expect([window.look(), window.inUse?.name]).toEqual([false, 'First']);
  });

  it('that was edited into nonsense is set aside, and that is said', () => {
    const { folder, open } = two();
    writeFileSync(join(folder, 'settings.json'), '{"accounts": [');
    const cli = open();
    expect([cli.notice?.code, names(cli)]).toEqual(['settings.setAside', []]);
    expect(cli.notice?.details).toContain('settings.json.unreadable-');
    expect(open().notice).toBeNull();
  });
});
