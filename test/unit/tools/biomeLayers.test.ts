import { copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../tools/lib/root.mjs';
import { runQuietly } from '../../../tools/lib/run.mjs';
import { folderWith } from './tempFolder.ts';

/** The messages of biome's import rule for a tree, by file. */
async function restricted(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = folderWith({ ...files, '.gitignore': 'node_modules/\n' }, tmpdir());
  copyFileSync(inRoot('biome.json'), join(folder, 'biome.json'));
  const biome = inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { stdout } = await runQuietly(
    process.execPath,
    [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', '.'],
    { cwd: folder },
  );
  const report: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
  return report.diagnostics.map(({ location }) => location.path.replaceAll('\\', '/')).sort();
}

describe('the linter', () => {
  it('refuses what crosses a layer, in the editor already', async () => {
    expect(
      await restricted({
        'contract/node.ts': "export { sep } from 'node:path';\n",
        'contract/package.ts': "export { useState } from 'react';\n",
        'contract/main.ts': "export { a } from '../main/base/a.ts';\n",
        'renderer/node.ts': "export { sep } from 'node:path';\n",
        'renderer/electron.ts': "export { ipcRenderer } from 'electron';\n",
        'renderer/main.ts': "export { a } from '../main/base/a.ts';\n",
        'main/bench/electron.ts': "export { app } from 'electron';\n",
        'main/bench/app.ts': "export { a } from '../app/a.ts';\n",
        'main/compose.ts': "export { a } from './app/a.ts';\n",
      }),
    ).toEqual([
      'contract/main.ts',
      'contract/node.ts',
      'contract/package.ts',
      'main/bench/app.ts',
      'main/bench/electron.ts',
      'main/compose.ts',
      'renderer/electron.ts',
      'renderer/main.ts',
      'renderer/node.ts',
    ]);
  });

  it('lets through what stays inside', async () => {
    expect(
      await restricted({
        'contract/a.ts': "export { z } from 'zod';\nexport { b } from './b.ts';\n",
        'renderer/a.tsx':
          "export { useState } from 'react';\nexport { b } from '../contract/b.ts';\nexport { c } from './main.tsx';\n",
        'main/app/a.ts':
          "export { app } from 'electron';\nexport { sep } from 'node:path';\nexport { b } from './b.ts';\n",
        'main/bench/a.ts': "export { sep } from 'node:path';\nexport { b } from '../orders/b.ts';\n",
        'test/unit/a.ts': "export { app } from 'electron';\n",
      }),
    ).toEqual([]);
  });
});
