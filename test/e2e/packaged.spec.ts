import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, expect } from '@playwright/test';
import { SMDP_ADDRESS, startModem } from '../support/realWorld.ts';
import { scanQr } from '../support/scanQr.ts';
import { goTo, launch, setAccount, test } from './support/app.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('the packaged app does the main job: native parts, fuses, asar and all', async ({
  dataDir,
  keyring,
  provider,
}, info) => {
  const packaged = process.env.ESIM_BENCH_PACKAGED;
  test.skip(packaged === undefined, 'no package has been built from this dist/ (npm run package)');
  const modem = await startModem('simcom-a7908e');
  const running = await launch({
    dataDir,
    packaged: packaged ?? '',
    args: ['--port', modem.path],
    env: keyring.env,
  });
  try {
    const { page, app } = running;
    expect(await app.evaluate(({ app }) => app.isPackaged)).toBe(true);
    expect(await licensesIn(app)).toEqual({ main: true, renderer: true, fonts: true });
    await setAccount(page, provider);
    await expect(page.getByTestId('secret-place')).toContainText('keychain');
    await goTo(page, 'Devices');
    await page.getByRole('button', { name: 'Order profile' }).click();
    await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
    const shot = info.outputPath('packaged.png');
    await page.screenshot({ path: shot });
    expect(await scanQr(shot)).toEqual([`LPA:1$${SMDP_ADDRESS}$`]);
  } finally {
    await running.close();
    await modem.close();
  }
});

test('npm run demo walks through the main job by itself and leaves screenshots and the QR', async ({
  dataDir,
}, info) => {
  test.setTimeout(180_000);
  const out = info.outputPath('demo');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'tools', 'demo.mjs'), '--auto', '--out', out, '--data-dir', join(dataDir, 'demo')],
    { cwd: ROOT, timeout: 150_000 },
  );
  const lpa = 'LPA:1$sm-dp-plus.demo.invalid$';
  expect(stdout).toContain(lpa);
  expect(stdout).toContain(out);
  const files = readdirSync(out);
  expect(files).toEqual(expect.arrayContaining(['qr.png']));
  const last = files.find((file) => file.endsWith('available.png'));
  expect(last !== undefined && existsSync(join(out, last))).toBe(true);
  expect(await scanQr(join(out, last ?? ''))).toEqual([lpa]);
  expect(await scanQr(join(out, 'qr.png'))).toEqual([lpa]);
});

/** Which authors' licences came along: of what is bundled, and of the fonts. */
function licensesIn(app: ElectronApplication): Promise<Record<string, boolean>> {
  return app.evaluate(({ app }) => {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const holds = (file: string, words: string) =>
      readFileSync(`${app.getAppPath()}/dist/${file}`, 'utf8').includes(words);
    return {
      main: holds('main/licenses/third-party.md', '## zod'),
      renderer: holds('renderer/licenses/third-party.md', '## react'),
      fonts: holds('renderer/licenses/atkinson-hyperlegible-next.txt', 'SIL Open Font License'),
    };
  });
}
