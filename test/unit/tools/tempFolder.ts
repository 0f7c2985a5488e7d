import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Inside the clone, where what is written finds the installed packages; git and the linters pass it by. */
const PARENT = fileURLToPath(new URL('../../../.cache/tests', import.meta.url));

/** A folder with these files in it, gone after the test. `parent`: the system's, for what must not be inside the clone. */
export function folderWith(files: Readonly<Record<string, string>> = {}, parent = PARENT): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'esim-bench-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
