import { ROOT } from './root.mjs';

/**
 * Builds entries of the tests as the main process is built, packages with native parts outside. Into a folder inside the
 * clone, where what is left outside is found.
 * @param {Record<string, string>} entries name of the built file (without `.js`) → source
 * @param {string} outDir
 */
export async function bundle(entries, outDir) {
  const { build, loadConfigFromFile, mergeConfig } = await import('vite');
  const main = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    `${ROOT}/vite.main.config.ts`,
  );
  const config = mergeConfig(main?.config ?? {}, {
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { outDir, sourcemap: false, chunkSizeWarningLimit: 10_000 },
  });
  config.build.rolldownOptions.input = entries;
  await build(config);
}
