import { defineConfig, type Plugin } from 'vite';

/** A sandboxed preload can load `electron` and nothing else: fails the build here rather than the window later. */
const electronAlone: Plugin = {
  name: 'electron-alone',
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle)) {
      const others = output.type === 'chunk' ? output.imports.filter((name) => name !== 'electron') : [];
      if (others.length > 0) this.error(`The preload may load electron alone, not ${others.join(', ')}.`);
    }
  },
};

/** The preload: one CommonJS file, as a sandboxed window asks for. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  plugins: [electronAlone],
  build: {
    ssr: true,
    outDir: 'dist/preload',
    emptyOutDir: true,
    // What is bundled comes with its authors' licences.
    license: { fileName: 'licenses/third-party.md' },
    target: 'chrome130',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { preload: 'main/app/preload.ts' },
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
