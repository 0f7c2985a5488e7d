import { describe, expect, it } from 'vitest';
import { defaultDataDir } from '../../../main/base/dataDir.ts';

describe('defaultDataDir', () => {
  it.each([
    ['linux', {}, '/home/me', '/home/me/.config/eSIM Bench'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/me', '/cfg/eSIM Bench'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/me', '/home/me/.config/eSIM Bench'],
    ['darwin', {}, '/Users/me', '/Users/me/Library/Application Support/eSIM Bench'],
    [
      'win32',
      { APPDATA: 'C:\\Users\\me\\AppData\\Roaming' },
      'C:\\Users\\me',
      'C:\\Users\\me\\AppData\\Roaming\\eSIM Bench',
    ],
    ['win32', {}, 'C:\\Users\\me', 'C:\\Users\\me\\AppData\\Roaming\\eSIM Bench'],
  ] as const)('on %s with %j', (platform, env, home, expected) => {
    expect(defaultDataDir('real', platform, env, home)).toBe(expected);
  });

  it('is another folder for the demo', () => {
    expect(defaultDataDir('demo', 'linux', {}, '/home/me')).toBe('/home/me/.config/eSIM Bench Demo');
  });
});
