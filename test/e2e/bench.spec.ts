import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { scanQr } from '../support/scanQr.ts';
import { goTo, test } from './support/app.ts';
import { chooseDemo, firstDevice } from './support/demo.ts';

const NEXT_EID = '89049032123451234512345678901235';

test.describe('devices that come and go', () => {
  test('a device plugged in shows within two seconds and is read by itself', async ({ demo }) => {
    const { page } = demo;
    await firstDevice(page);
    await chooseDemo(demo, 'plug.no-sim');
    // The listing is every second; what a loaded machine adds is not what is measured here.
    await expect(page.getByRole('option')).toHaveCount(2, { timeout: 10_000 });
    await page.getByRole('option').nth(1).click();
    await expect(page.getByText('The modem has no SIM.').first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('main').getByRole('button', { name: 'Read again' }).first()).toBeVisible();
  });

  test('a device unplugged leaves the list; one that was ordered for stays, and is the same when it is back', async ({
    demo,
  }) => {
    const { page } = demo;
    await firstDevice(page);
    await page.getByRole('button', { name: 'Order profile' }).click();
    await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('option')).toHaveCount(2, { timeout: 20_000 });
    await chooseDemo(demo, 'unplug');
    await expect(page.getByRole('option')).toHaveCount(1);
    await chooseDemo(demo, 'unplug');
    await expect(page.getByRole('option').first()).toContainText(/unplugged/i);
    await chooseDemo(demo, 'replug');
    await chooseDemo(demo, 'replug');
    await expect(page.getByRole('option', { name: /EM05-G/ })).toContainText('available', {
      timeout: 20_000,
    });
    await page.getByRole('option', { name: /EM05-G/ }).click();
    await expect(page.getByTestId('qr')).toBeVisible();
  });
});

test.describe('the keyboard alone', () => {
  test('orders for a device: arrows choose, Enter does the next thing, F enlarges, Esc steps back', async ({
    demo,
  }) => {
    const { page } = demo;
    await firstDevice(page);
    await expect(page.getByRole('option')).toHaveCount(2, { timeout: 20_000 });
    await page.getByRole('option').first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('option').nth(1)).toContainText('ready to order', { timeout: 20_000 });
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press('f');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('finds a device, an order or an action with Ctrl-K, and shows all keys with ?', async ({ demo }) => {
    const { page } = demo;
    await firstDevice(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('account');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Account SID')).toBeVisible();
    await page.keyboard.press('Escape');
    await page
      .getByRole('main')
      .first()
      .click({ position: { x: 3, y: 3 } });
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toContainText(/keys/i);
  });
});

test('a copy button copies the EID without blanks, and says so', async ({ demo }) => {
  const { page, app } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Copy EID' }).click();
  await expect(page.getByText('Copied').first()).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    '89044011112233441122334411223321',
  );
});

test('a second order for the same EID is offered the live profile instead', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'EID' })
    .fill('8904 4011 1122 3344 1122 3344 1122 3321');
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByText(/live profile/i).first()).toBeVisible();
});

test('an EID whose check digits do not hold is ordered for only after it was said in so many words', async ({
  demo,
}) => {
  const { page } = demo;
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'EID' }).fill('89049032123451234512345678901234');
  await expect(dialog).toContainText(/check digits/i);
  await expect(dialog.getByRole('button', { name: 'Order profile' })).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await expect(dialog.getByRole('button', { name: 'Order profile' })).toBeEnabled();
});

test('an order that finds no stock is refused with its next step; the list goes on', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await chooseDemo(demo, 'stock');
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByText('The provider has no eSIM profiles available.').first()).toBeVisible({
    timeout: 20_000,
  });
  await chooseDemo(demo, 'stock');
  await page.getByRole('button', { name: 'Order again' }).first().click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
});

test('the QR is saved as PNG and SVG, and read off the file', async ({ demo }, info) => {
  const { page, app } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  for (const format of ['PNG', 'SVG'] as const) {
    const file = info.outputPath(`qr.${format.toLowerCase()}`);
    // The dialog itself is the system's; everything behind it is real.
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
    }, file);
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByRole('menuitem', { name: `Save as ${format}` }).click();
    await expect
      .poll(() => readFileSync(file).length, { intervals: [100] })
      .toBeGreaterThan(100)
      .catch(() => undefined);
    if (format === 'PNG') expect(await scanQr(file)).toEqual(['LPA:1$sm-dp-plus.demo.invalid$']);
    else expect(readFileSync(file, 'utf8')).toMatch(/^<svg /);
  }
});

test('what is printed is the order’s sheet alone, with a QR that scans', async ({ demo }, info) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await page.emulateMedia({ media: 'print' });
  const shot = info.outputPath('sheet.png');
  await page.screenshot({ path: shot });
  expect(await scanQr(shot)).toEqual(['LPA:1$sm-dp-plus.demo.invalid$']);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden();
});

test('the AT log shows commands and answers without identifiers, and exports them', async ({
  demo,
}, info) => {
  const { page, app } = demo;
  await firstDevice(page);
  const file = info.outputPath('at-log.txt');
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'AT log', exact: true }).click();
  // Only the newest lines are drawn; the file has them all.
  await expect(page.getByLabel('Lines of the AT log')).toContainText('AT+C');
  await page.getByRole('button', { name: 'Export the AT log' }).click();
  await expect(page.getByText(/at-log\.txt/).first()).toBeVisible();
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/→ AT\+CGMM/);
  for (const identifier of ['89044011112233441122334411223321', '8904401111223344']) {
    expect(text).not.toContain(identifier);
  }
});

test('a device downloads and installs: the path goes on to its end', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await chooseDemo(demo, 'download');
  const path = page.getByRole('list', { name: 'Path of the order' });
  await expect(path.getByRole('listitem').filter({ hasText: 'downloaded' })).toContainText(/\d\d:\d\d/, {
    timeout: 40_000,
  });
  await chooseDemo(demo, 'install');
  await expect(path.getByRole('listitem').filter({ hasText: 'installed' })).toContainText(/\d\d:\d\d/, {
    timeout: 40_000,
  });
});

test('an order is archived out of sight and brought back', async ({ demo }) => {
  const { page } = demo;
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(NEXT_EID);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'More for this order' }).click();
  await page.getByRole('menuitem', { name: /Archive/ }).click();
  await expect(page.getByRole('row').filter({ hasText: '1235' })).toHaveCount(0);
});

test('the ledger is exported and looked through from the window', async ({ demo }, info) => {
  const { page, app } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Account');
  const file = info.outputPath('orders.csv');
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(page.getByText(`Saved as ${file}`, { exact: true })).toBeVisible();
  const [head, row] = readFileSync(file, 'utf8').split('\r\n');
  expect(head).toContain('eid');
  expect(row).toContain('89044011112233441122334411223321');
  await page.getByRole('button', { name: 'Check the ledger' }).click();
  await expect(page.getByText('1 order looked through, nothing wrong.')).toBeVisible();
});
