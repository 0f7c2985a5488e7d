import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the window's page into dist/renderer. It is served from app://bench/ under a policy that allows nothing inline,
 * so no asset becomes a data: URL (fonts may come from 'self' alone) and no polyfill script is put in.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome130',
    cssTarget: 'chrome130',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
