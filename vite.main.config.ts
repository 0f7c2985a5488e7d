import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** The main process and the CLI. What has native parts stays a package (package.json's `dependencies`); the rest is bundled. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron', ...Object.keys(dependencies)] },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    // What is bundled comes with its authors' licences.
    license: { fileName: 'licenses/third-party.md' },
    // Electron 33 has Node 20.18.
    target: 'node20.18',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { entry: 'main/app/entry.ts', cli: 'main/cli.ts' },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
});
