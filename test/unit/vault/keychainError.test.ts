import { describe, expect, it } from 'vitest';
import { FaultSchema } from '../../../contract/fault.ts';
import { keychainFault, keytarMissingFault } from '../../../main/vault/keychainError.ts';

describe('what keytar rejects with', () => {
  it.each([
    // Linux, as libsecret, GLib and gnome-keyring say it
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain.unavailable'],
    ['Could not connect: No such file or directory', 'keychain.unavailable'],
    ['Unknown or unsupported transport “disabled” for address “disabled:”', 'keychain.unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain.unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keychain.unavailable'],
    ['Cannot create an item in a locked collection', 'keychain.locked'],
    ['Cannot get secret of a locked object', 'keychain.locked'],
    ['Prompt was dismissed', 'keychain.locked'],
    // macOS
    ['The user name or passphrase you entered is not correct.', 'keychain.locked'],
    ['User interaction is not allowed.', 'keychain.locked'],
    ['In dark wake, no UI possible', 'keychain.locked'],
    ['User canceled the operation.', 'keychain.locked'],
    ['No keychain is available. You may need to restart your computer.', 'keychain.unavailable'],
    ['A default keychain could not be found.', 'keychain.unavailable'],
    // Windows
    [
      'A specified logon session does not exist. It may already have been terminated.',
      'keychain.unavailable',
    ],
    ['The RPC server is unavailable.', 'keychain.unavailable'],
    ['The operation was canceled by the user.', 'keychain.locked'],
    ['Der Vorgang wurde durch den Benutzer abgebrochen.', 'keychain.unavailable'],
    ['', 'keychain.unavailable'],
  ] as const)('"%s" is %s', (text, code) => {
    const fault = keychainFault(new Error(text));
    expect(fault.code).toBe(code);
    expect(fault.details).toBe(text);
    expect(FaultSchema.safeParse(fault).success).toBe(true);
  });

  it('is one bounded line, without the secret that was handed over', () => {
    const fault = keychainFault(new Error(`bad\n value s3cret ${'x'.repeat(900)}`), 's3cret');
    expect(fault.details).toMatch(/^bad value ••• x+$/);
    expect(fault.details).toHaveLength(300);
  });
});

describe('a keytar that does not load', () => {
  it('names the packages to install on Linux, and always the way without a keychain', () => {
    expect(keytarMissingFault(new Error('x'), 'linux').hint).toContain('libsecret-1-0');
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(keytarMissingFault(new Error('x'), platform).hint).toContain('until the app ends');
  });
});
