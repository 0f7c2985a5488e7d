import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { type RunningProvider, startProvider } from '../../support/realWorld.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
  /** All that the app has written to stdout and stderr, and what the window's console said. */
  output(): string;
  close(): Promise<void>;
  /** Ends the process as a power cut does. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The executable of a packaged app, which needs no folder. */
  readonly packaged?: string;
}

/** How long an Electron may take to show its window, ms; a loaded machine takes fifteen seconds. */
const START_LIMIT_MS = 45_000;
const STARTS = 3;

/**
 * Starts the real app in the real Electron and waits for its window. About one start in a hundred under a debugger never comes up:
 * the process waits for Playwright and Playwright for it. Such a one is ended and started again, and said so; an app that
 * does not start fails all the same.
 */
export async function launch(options: LaunchOptions): Promise<RunningApp> {
  for (let start = 1; ; start++) {
    try {
      return await launchOnce(options);
    } catch (error) {
      const late = error instanceof Error && /timeout/i.test(error.message);
      if (!late || start === STARTS) throw error;
      console.error(`Electron showed no window within ${START_LIMIT_MS / 1_000} s; it is started again.`);
    }
  }
}

async function launchOnce(options: LaunchOptions): Promise<RunningApp> {
  const flags: string[] = JSON.parse(process.env.ESIM_BENCH_ELECTRON_ARGS ?? '[]');
  const folder = options.packaged === undefined ? [ROOT] : [];
  const app = await _electron.launch({
    executablePath: options.packaged ?? process.env.ESIM_BENCH_ELECTRON ?? '',
    args: [...flags, ...folder, '--data-dir', options.dataDir, ...(options.args ?? [])],
    env: { ...cleanEnv(), ...options.env },
    timeout: START_LIMIT_MS,
  });
  const lines: string[] = [];
  app.process().stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const kill = async () => {
    const child = app.process();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  try {
    const page = await app.firstWindow({ timeout: START_LIMIT_MS });
    page.on('console', (message) => lines.push(`[window] ${message.type()}: ${message.text()}\n`));
    page.on('pageerror', (error) => lines.push(`[window] error: ${error.message}\n`));
    await page.getByRole('navigation', { name: 'Views' }).waitFor({ timeout: START_LIMIT_MS });
    return {
      app,
      page,
      dataDir: options.dataDir,
      output: () => lines.join(''),
      close: () => app.close(),
      kill,
    };
  } catch (error) {
    await kill();
    throw error;
  }
}

function cleanEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface Fixtures {
  /** A folder of its own, taken away after the test. */
  readonly dataDir: string;
  /** The app on the demo bench. */
  readonly demo: RunningApp;
  /** A provider on loopback. */
  readonly provider: RunningProvider;
  /** Starts the app for real work: real keyring, real HTTP. May be called again after it was closed. */
  readonly startReal: (args?: readonly string[]) => Promise<RunningApp>;
}

interface WorkerFixtures {
  readonly keyring: Keyring;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  keyring: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for off this pattern
    async ({}, use) => {
      const keyring = await startKeyring();
      await use(keyring);
      await keyring.stop();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'esim-bench-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  },
  demo: async ({ dataDir }, use, info) => {
    const demo = await launch({ dataDir, args: ['--demo'] });
    await use(demo);
    await info.attach('output', { body: demo.output(), contentType: 'text/plain' });
    await demo.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  provider: async ({}, use) => {
    const provider = await startProvider();
    await use(provider);
    await provider.server.close();
  },
  startReal: async ({ dataDir, keyring }, use, info) => {
    const started: RunningApp[] = [];
    await use(async (args = []) => {
      const running = await launch({ dataDir, args, env: keyring.env });
      started.push(running);
      return running;
    });
    for (const running of started) {
      await info.attach('output', { body: running.output(), contentType: 'text/plain' });
      await running.close().catch(() => undefined);
    }
  },
});

/** Sets the account in the window, as a technician does. */
export async function setAccount(
  page: Page,
  { server, account }: RunningProvider,
  secret = account.secret,
): Promise<void> {
  await goTo(page, 'Account');
  await page.getByLabel('Account SID').fill(account.accountSid);
  await page.getByLabel('API key SID').fill(account.keySid);
  await page.getByLabel('API key secret').fill(secret);
  await page.locator('summary', { hasText: 'Endpoint' }).click();
  await page.getByLabel('Endpoint', { exact: true }).fill(server.origin);
  await page.getByRole('button', { name: 'Save' }).first().click();
}

/** Goes to another view of the window. */
export async function goTo(page: Page, view: 'Devices' | 'Orders' | 'Account'): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
}

/** Where screenshots for the documentation go; made by the tests so that they stay true. */
export function shotFile(name: string): string {
  const folder = join(ROOT, 'assets', 'screenshots');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
