import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, fingerprint } from '../../../tools/lib/fingerprint.mjs';
import { folderWith } from './tempFolder.ts';

const FILES = { 'main/a.ts': 'a', 'main/deep/b.ts': 'b', 'package.json': '{}' };

describe('files under a path', () => {
  it('are listed sorted, however deep, a file for itself and a missing one for nothing', () => {
    const root = folderWith(FILES);
    expect(filesUnder(root, 'main')).toEqual(['main/a.ts', 'main/deep/b.ts']);
    expect(filesUnder(root, 'package.json')).toEqual(['package.json']);
    expect(filesUnder(root, 'absent')).toEqual([]);
  });
});

describe('a fingerprint', () => {
  it('stays while nothing changes', () => {
    const root = folderWith(FILES);
    expect(fingerprint(root, ['main', 'package.json'])).toBe(fingerprint(root, ['main', 'package.json']));
  });

  it.each<[string, (root: string) => void]>([
    ['added', (root) => writeFileSync(join(root, 'main/c.ts'), 'c')],
    ['removed', (root) => rmSync(join(root, 'main/deep/b.ts'))],
    ['renamed', (root) => renameSync(join(root, 'main/a.ts'), join(root, 'main/z.ts'))],
    ['made longer', (root) => writeFileSync(join(root, 'main/a.ts'), 'longer')],
    ['written again later', (root) => utimesSync(join(root, 'main/a.ts'), 2_000_000_000, 2_000_000_000)],
  ])('changes when a file is %s', (_, change) => {
    const root = folderWith(FILES);
    const before = fingerprint(root, ['main']);
    change(root);
    expect(fingerprint(root, ['main'])).not.toBe(before);
  });

  it('does not see what is not under its paths', () => {
    const root = folderWith(FILES);
    const before = fingerprint(root, ['main']);
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other/x.ts'), 'x');
    expect(fingerprint(root, ['main'])).toBe(before);
  });
});
