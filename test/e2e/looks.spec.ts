import { expect, type Page } from '@playwright/test';
import { goTo, launch, type RunningApp, shotFile, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { chooseDemo, firstDevice, setTheme } from './support/demo.ts';

/** Takes the window's picture in both themes and lets axe look at it. */
async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['Light', 'Dark'] as const) {
    await setTheme(page, theme);
    await page.mouse.move(1, 1);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await page.screenshot({ path: shotFile(`${name}-${theme.toLowerCase()}`), animations: 'disabled' });
    expect(await violations(page), `${name}, ${theme}`).toEqual([]);
  }
}

const dialogOpen = (page: Page) => expect(page.getByRole('dialog')).toBeVisible();

/** The views, each reached from the one before. Dialogs close with Esc, so that the theme can be changed beneath them. */
test('every view, in light and dark, without anything that axe objects to', async ({ demo }) => {
  test.setTimeout(240_000);
  const { page } = demo;
  await look(page, 'devices-empty');
  await firstDevice(page);
  await look(page, 'device-ready');
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await look(page, 'device-available');
  await chooseDemo(demo, 'plug.plain-sim');
  await page.getByRole('option', { name: /no eUICC/ }).click({ timeout: 20_000 });
  await expect(page.getByText('The SIM in this modem is not an eUICC.').first()).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole('button', { name: 'AT log', exact: true }).click();
  await look(page, 'device-failed');
  await page.getByRole('button', { name: 'AT log', exact: true }).click();

  await goTo(page, 'Orders');
  await orderByMatchingId(page);
  await chooseDemo(demo, 'stock');
  await orderByMatchingId(page);
  await expect(page.getByText('The provider has no eSIM profiles available.').first()).toBeVisible({
    timeout: 20_000,
  });
  await look(page, 'orders');
  await chooseDemo(demo, 'online');
  await orderByMatchingId(page);
  await expect(page.getByText('not reachable').first()).toBeVisible({ timeout: 40_000 });
  await look(page, 'orders-offline');
  await goTo(page, 'Account');
  await look(page, 'account');
});

test('dialogs, in light and dark', async ({ demo }) => {
  test.setTimeout(180_000);
  const { page } = demo;
  await firstDevice(page);
  for (const theme of ['Light', 'Dark'] as const) {
    await setTheme(page, theme);
    const take = async (name: string) => {
      await dialogOpen(page);
      await page.screenshot({ path: shotFile(`${name}-${theme.toLowerCase()}`), animations: 'disabled' });
      expect(await violations(page), `${name}, ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    await page.getByRole('button', { name: 'Add a port' }).first().click();
    await take('add-port');
    await goTo(page, 'Orders');
    await page.getByRole('button', { name: 'New order' }).first().click();
    await take('new-order');
    await page.keyboard.press('Control+k');
    await take('palette');
    await goTo(page, 'Devices');
  }
});

test('without an account, in light and dark', async ({ startReal }) => {
  const { page } = await startReal();
  await look(page, 'first-start');
  await goTo(page, 'Account');
  await look(page, 'account-empty');
  await goTo(page, 'Orders');
  await look(page, 'orders-empty');
});

test('in the smallest window and at twice the size nothing is cut off', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  for (const zoom of [1, 2]) {
    await setSize(demo, 1024, 640, zoom);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
    await page.getByTestId('qr').scrollIntoViewIfNeeded();
    await expect(page.getByTestId('qr')).toBeInViewport();
  }
});

async function orderByMatchingId(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByRole('dialog').getByText('By matching ID').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function setSize({ app }: RunningApp, width: number, height: number, zoom: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(to.width, to.height);
      window?.webContents.setZoomFactor(to.zoom);
    },
    { width, height, zoom },
  );
}

test('a theme that is chosen is there after a restart', async ({ startReal, dataDir, keyring }) => {
  const first = await startReal();
  await setTheme(first.page, 'Dark');
  await first.close();
  const second = await launch({ dataDir, env: keyring.env });
  await expect(second.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await second.close();
});
