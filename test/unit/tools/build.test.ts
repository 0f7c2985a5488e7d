import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtFrom, ensureBuilt, isBuilt } from '../../../tools/lib/build.mjs';
import { folderWith } from './tempFolder.ts';

const config = (input: string, name: string) => `
  export default {
    logLevel: 'silent', publicDir: false,
    build: { ssr: true, minify: false, rolldownOptions: { input: ${input}, output: { entryFileNames: ${JSON.stringify(name)} } } },
  };`;

/** The smallest project that has the three parts. */
const project = () =>
  folderWith({
    'package.json': '{ "type": "module" }',
    'main/entry.ts': 'export const answer: number = 41;\n',
    'main/preload.ts': 'export const preload = true;\n',
    'renderer/index.html': '<!doctype html><title>window</title>',
    'vite.main.config.ts': config("{ entry: 'main/entry.ts' }", '[name].js'),
    'vite.preload.config.ts': config("{ preload: 'main/preload.ts' }", '[name].cjs'),
    'vite.renderer.config.ts': "export default { logLevel: 'silent', base: './' };",
  });

describe('the build', () => {
  it('builds the three parts into dist/', async () => {
    const root = project();
    expect(isBuilt(root)).toBe(false);
    expect(builtFrom(root)).toBeNull();
    await ensureBuilt(root);
    expect(isBuilt(root)).toBe(true);
    expect(readFileSync(join(root, 'dist/main/entry.js'), 'utf8')).toContain('41');
    expect(existsSync(join(root, 'dist/preload/preload.cjs'))).toBe(true);
    expect(existsSync(join(root, 'dist/renderer/index.html'))).toBe(true);
  });

  it('does nothing where nothing changed, and builds anew where something did', async () => {
    const root = project();
    await ensureBuilt(root);
    const before = statSync(join(root, 'dist')).ino;
    await ensureBuilt(root);
    expect(statSync(join(root, 'dist')).ino).toBe(before);

    writeFileSync(join(root, 'main/entry.ts'), 'export const answer: number = 4242;\n');
    expect(isBuilt(root)).toBe(false);
    await ensureBuilt(root);
    expect(readFileSync(join(root, 'dist/main/entry.js'), 'utf8')).toContain('4242');
  });

  it('that fails says why and leaves the old dist/ in place', async () => {
    const root = project();
    await ensureBuilt(root);
    writeFileSync(
      join(root, 'main/entry.ts'),
      "import { a } from './absent.ts';\nexport const answer = a;\n",
    );
    await expect(ensureBuilt(root)).rejects.toThrow('absent.ts');
    expect(readFileSync(join(root, 'dist/main/entry.js'), 'utf8')).toContain('41');
    expect(isBuilt(root)).toBe(false);
  });

  it('asked for twice at once is done once', async () => {
    const root = project();
    await Promise.all([ensureBuilt(root), ensureBuilt(root)]);
    expect(isBuilt(root)).toBe(true);
  });
});
