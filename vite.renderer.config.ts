import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const FONTS = ['atkinson-hyperlegible-next', 'atkinson-hyperlegible-mono'];

/** The fonts come in through style sheets, which the list of licences does not look at. */
const fontLicenses: Plugin = {
  name: 'font-licenses',
  generateBundle() {
    for (const font of FONTS) {
      const source = readFileSync(
        new URL(`node_modules/@fontsource-variable/${font}/LICENSE`, import.meta.url),
        'utf8',
      );
      this.emitFile({ type: 'asset', fileName: `licenses/${font}.txt`, source });
    }
  },
};

/**
 * Builds the window's page into dist/renderer. It is served from app://bench/ under a policy that allows nothing inline,
 * so no asset becomes a data: URL (fonts may come from 'self' alone) and no polyfill script is put in.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react(), fontLicenses],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // What is bundled comes with its authors' licences.
    license: { fileName: 'licenses/third-party.md' },
    sourcemap: false,
    target: 'chrome130',
    cssTarget: 'chrome130',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
