import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasIntegrity, TEST_RUNTIME } from '../../../tools/lib/testRuntime.mjs';
import { userCache } from '../../../tools/lib/userCache.mjs';
import { folderWith } from './tempFolder.ts';

/** SHA-512 of "abc", from FIPS 180-2, appendix C.1. */
const ABC = `sha512-${Buffer.from(
  'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
    '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  'hex',
).toString('base64')}`;

describe('the test runtime', () => {
  it('is known by its hash', async () => {
    const folder = folderWith({ good: 'abc', bad: 'abd', empty: '' });
    expect(await hasIntegrity(join(folder, 'good'), ABC)).toBe(true);
    expect(await hasIntegrity(join(folder, 'bad'), ABC)).toBe(false);
    expect(await hasIntegrity(join(folder, 'empty'), ABC)).toBe(false);
  });

  it('is one exact version with one exact hash', () => {
    expect(TEST_RUNTIME.package).toMatch(/^@[^@]+@\d+\.\d+\.\d+$/);
    expect(TEST_RUNTIME.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  });
});

describe('the cache of a user', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/esim-bench'],
    [{}, '/home/me/.cache/esim-bench'],
    [{ XDG_CACHE_HOME: '' }, '/home/me/.cache/esim-bench'],
    // The XDG specification: a relative path is to be ignored.
    [{ XDG_CACHE_HOME: 'relative' }, '/home/me/.cache/esim-bench'],
  ])('with %o is %s', (env, folder) => {
    expect(userCache(env, '/home/me')).toBe(folder);
  });
});
