import { describe, expect, it } from 'vitest';
import { hasDisplay } from '../../../tools/lib/display.mjs';
import { isDebian, NEEDS } from '../../../tools/lib/system.mjs';

describe('Debian and its children', () => {
  it.each([
    ['ID=debian\n', true],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', true],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['ID=fedora\n', false],
    ['ID="opensuse"\nID_LIKE="suse"\nNAME="not debian"\n', false],
    ['', false],
  ])('%j', (osRelease, debian) => {
    expect(isDebian(osRelease)).toBe(debian);
  });
});

describe('what is needed of the system', () => {
  it('names at least one package each, and nothing twice', () => {
    expect(NEEDS.filter(({ packages }) => packages.length === 0)).toEqual([]);
    const probes = NEEDS.map(({ probe }) => Object.values(probe)[0]);
    expect(new Set(probes).size).toBe(probes.length);
  });
});

describe('a display', () => {
  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: '' }, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('on %s with %o', (platform, env, there) => {
    expect(hasDisplay(env, platform)).toBe(there);
  });
});
