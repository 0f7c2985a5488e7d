import { expect, type Page } from '@playwright/test';
import { shotFile } from './app.ts';

/** For what a virtual SIM takes its time for, on a loaded machine. */
export const IN_TIME = { timeout: 60_000 };

export const deviceTab = (page: Page, name: 'Order' | 'Chip' | 'Network' | 'History') =>
  page.getByRole('tab', { name, exact: true });
export const profile = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
export const dialog = (page: Page) => page.getByRole('dialog');
/** What is being done on the device that is shown. */
export const underWay = (page: Page) => page.getByRole('region', { name: 'Under way' });

/** Shows a device by its name in the list. */
export async function showDevice(page: Page, name: RegExp): Promise<void> {
  const row = page.getByRole('option', { name });
  await expect(row).toBeVisible(IN_TIME);
  await row.click();
}

/** The device with three profiles, with its chip read by being looked at. */
export async function openChip(page: Page): Promise<void> {
  await expect(page.getByRole('option', { name: /A7908E/ })).toContainText('ready to order', IN_TIME);
  await showDevice(page, /A7908E/);
  await deviceTab(page, 'Chip').click();
  await expect(page.getByRole('region', { name: 'Profiles on this eUICC' })).toBeVisible(IN_TIME);
  await expect(underWay(page)).toHaveCount(0, IN_TIME);
}

/** Takes the window's picture for the documentation. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  await page.screenshot({ path: shotFile(name), animations: 'disabled' });
}
