import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Benchmark } from './row.ts';
import { median } from './support/modems.ts';

const ROUNDS = 5;

/** An Electron app that opens a window with nothing in it. */
const BLANK_MAIN = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadURL('data:text/html,<title>blank</title><button>ready</button>');
});
`;

interface Measured {
  readonly startMs: number;
  readonly memoryMb: number;
}

async function measure(
  app: string,
  args: readonly string[],
  usable: (page: Page) => Promise<void>,
): Promise<Measured> {
  const flags: string[] = JSON.parse(process.env.ESIM_BENCH_ELECTRON_ARGS ?? '[]');
  const started = performance.now();
  const running = await _electron.launch({
    executablePath: process.env.ESIM_BENCH_ELECTRON ?? '',
    args: [...flags, app, ...args],
  });
  try {
    await usable(await running.firstWindow());
    const startMs = performance.now() - started;
    return { startMs, memoryMb: await memoryOf(running) };
  } finally {
    await running.close();
  }
}

/** Working sets of all its processes, MB, once it has come to rest: the least of some readings. */
async function memoryOf(running: ElectronApplication): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 4; reading++) {
    const kilobytes = await running.evaluate(async ({ app }) => {
      await new Promise((done) => setTimeout(done, 500));
      return app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0);
    });
    least = Math.min(least, kilobytes / 1_024);
  }
  return least;
}

const benchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-bench-'));
  writeFileSync(join(folder, 'package.json'), '{"name":"blank","version":"0.0.0","main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), BLANK_MAIN);
  const blank: Measured[] = [];
  const ours: Measured[] = [];
  try {
    // One after the other in turn, so that what the machine does meanwhile falls on both.
    for (let round = 0; round < ROUNDS; round++) {
      const data = join(folder, `data-${round}`);
      blank.push(
        await measure(folder, [`--user-data-dir=${data}-blank`], (page) => page.getByText('ready').waitFor()),
      );
      ours.push(
        await measure(process.cwd(), ['--data-dir', data], (page) =>
          page.getByRole('button', { name: 'Add a port' }).first().waitFor(),
        ),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [, ...warmBlank] = blank;
  const [, ...warmOurs] = ours;
  return [
    {
      name: 'app start to usable window',
      value: median(warmOurs.map((m) => m.startMs)),
      unit: 'ms',
      against: { name: 'blank Electron window', value: median(warmBlank.map((m) => m.startMs)) },
      bar: { atMost: 1.5 },
    },
    {
      name: 'memory',
      value: median(warmOurs.map((m) => m.memoryMb)),
      unit: 'MB',
      against: { name: 'blank Electron window', value: median(warmBlank.map((m) => m.memoryMb)) },
      bar: { atMost: 1.3 },
    },
  ];
};
export default benchmark;
