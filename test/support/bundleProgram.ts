import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface Program {
  /** Of the built file, to be started with `node`. */
  readonly file: string;
  remove(): void;
}

/**
 * A TypeScript entry in this folder as one file that plain Node runs. Built inside the clone, so that what is
 * left outside of it (`external`: native packages) is found.
 */
export async function bundleProgram(entry: string, external: readonly string[] = []): Promise<Program> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'program-'));
  const name = `${basename(entry, '.ts')}.mjs`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: [...external] },
    build: {
      ssr: join(root, 'test', 'support', entry),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return { file: join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
