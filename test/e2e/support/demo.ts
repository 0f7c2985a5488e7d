import { expect, type Page } from '@playwright/test';
import type { RunningApp } from './app.ts';

/** Chooses an item of the Demo menu by its id, as a click on it does. */
export async function chooseDemo({ app }: RunningApp, id: string): Promise<void> {
  await app.evaluate(({ Menu }, itemId) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(itemId);
    if (!item) throw new Error(`there is no menu item ${itemId}`);
    item.click();
  }, `demo.${id}`);
}

/** Waits for the device that is plugged in by itself to be ready, and gives its row. */
export async function firstDevice(page: Page) {
  const row = page.getByRole('option', { name: /EM05-G/ });
  await expect(row).toContainText('ready to order', { timeout: 20_000 });
  return row;
}

/** Sets the theme through the window's own menu. */
export async function setTheme(page: Page, theme: 'Light' | 'Dark'): Promise<void> {
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitem', { name: theme }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme.toLowerCase());
  await expect(page.getByRole('menuitem')).toHaveCount(0);
}
