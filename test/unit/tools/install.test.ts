import { describe, expect, it } from 'vitest';
import { installReason } from '../../../tools/lib/install.mjs';

const zod = { version: '4.6.7', integrity: 'sha512-a' };

describe('why an installation is needed', () => {
  it.each([
    ['nothing is there', { 'node_modules/zod': zod }, null, 'node_modules is missing or unfinished'],
    ['all is there', { '': {}, 'node_modules/zod': zod }, { 'node_modules/zod': zod }, null],
    ['a package is missing', { 'node_modules/zod': zod }, {}, 'zod 4.6.7 is missing'],
    [
      'a nested package is missing',
      { 'node_modules/a/node_modules/@b/c': { version: '1.0.0' } },
      {},
      '@b/c 1.0.0 is missing',
    ],
    [
      'an older version is there',
      { 'node_modules/zod': zod },
      { 'node_modules/zod': { ...zod, version: '4.6.6' } },
      'zod 4.6.7 is wanted, 4.6.6 is there',
    ],
    [
      'the same version with other contents is there',
      { 'node_modules/zod': zod },
      { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } },
      'zod 4.6.7 is not the one in package-lock.json',
    ],
    [
      'a part for another operating system is missing',
      { 'node_modules/fsevents': { version: '2.3.3', optional: true } },
      {},
      null,
    ],
    [
      'an optional part is there in another version',
      { 'node_modules/@libsql/linux-x64-gnu': { version: '0.5.29', optional: true } },
      { 'node_modules/@libsql/linux-x64-gnu': { version: '0.5.28' } },
      '@libsql/linux-x64-gnu 0.5.29 is wanted, 0.5.28 is there',
    ],
    ['more is there than is wanted', {}, { 'node_modules/zod': zod }, null],
  ])('%s', (_, wanted, present, reason) => {
    expect(installReason(wanted, present)).toBe(reason);
  });
});
