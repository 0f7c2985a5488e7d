import { defineConfig } from '@playwright/test';

/**
 * The real app in a real Electron. The set-up builds what is not built, finds an Electron and a display, and puts them into
 * the environment: see tools/lib/e2eSetup.mjs.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  globalSetup: './tools/lib/e2eSetup.mjs',
  // Two cores are what a small machine has, and an Electron is several processes.
  workers: 1,
  retries: 0,
  // Room for an Electron that has to be started again: see test/e2e/support/app.ts.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
});
