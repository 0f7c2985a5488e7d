import { expect, type Page } from '@playwright/test';
import { goTo, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { firstDevice, setTheme } from './support/demo.ts';

/** An account that the virtual provider does not know. */
const OTHER = { name: 'Field', accountSid: `AC${'f1e1d'.repeat(6)}f1`, keySid: `SK${'f1e1d'.repeat(6)}f1` };

const list = (page: Page) => page.getByRole('list', { name: 'All accounts' });
const accountMenu = (page: Page) => page.getByRole('button', { name: /^Account in use/ });

/** Adds the other account in the window, which makes it the one in use. */
async function addOther(page: Page): Promise<void> {
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Add an account' }).click();
  const form = page.getByRole('form', { name: 'Another account' });
  await form.getByLabel('Name').fill(OTHER.name);
  await form.getByLabel('Account SID').fill(OTHER.accountSid);
  await form.getByLabel('API key SID').fill(OTHER.keySid);
  await form.getByLabel('API key secret').fill('opens nothing');
  await form.locator('summary', { hasText: 'Endpoint' }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill('https://demo.invalid');
  await form.getByRole('button', { name: 'Add account' }).click();
  await keepForSessionWhereNoKeychain(page);
  await expect(form).toBeHidden();
}

/** The demo bench may run where no keychain is. */
async function keepForSessionWhereNoKeychain(page: Page): Promise<void> {
  const offered = page.getByRole('button', { name: 'Keep for this session only' });
  await expect(offered.or(accountMenu(page)).first()).toBeVisible();
  if (await offered.isVisible()) await offered.click();
}

async function expectNothingWrong(page: Page, where: string): Promise<void> {
  for (const theme of ['Light', 'Dark'] as const) {
    await setTheme(page, theme);
    await page.mouse.move(1, 1);
    expect(await violations(page), `${where}, ${theme}`).toEqual([]);
  }
}

test('a second account is added and in use, and the first is switched back to', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await goTo(page, 'Account');
  await expect(page.getByLabel('Account SID')).toBeVisible();
  await expect(list(page)).toHaveCount(0);
  await expect(accountMenu(page)).toHaveCount(0);

  await addOther(page);
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await expect(list(page).getByRole('listitem').filter({ hasText: 'Field' })).toContainText('in use');
  await expect(accountMenu(page)).toContainText('Field');
  await expect(
    page.getByText('Twilio does not accept the credentials of account Field.').first(),
  ).toBeVisible();
  await expectNothingWrong(page, 'accounts');

  await list(page).getByRole('button', { name: 'Use account Demo' }).click();
  await expect(accountMenu(page)).toContainText('Demo');
  await expect(accountMenu(page)).toContainText('reachable');
  await expect(page.getByRole('form', { name: 'Demo' })).toBeVisible();

  await accountMenu(page).click();
  await expect(page.getByText('Open orders stay with their account', { exact: true })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Use account Field' }).click();
  await expect(accountMenu(page)).toContainText('Field');

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Device, order, EID, action').fill('use demo');
  await page.keyboard.press('Enter');
  await expect(accountMenu(page)).toContainText('Demo');
});

test('an order says whose it is, goes on after a switch, and says when its account is gone', async ({
  demo,
}) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Orders');
  const order = page.getByRole('main', { name: 'Order' });
  await expect(order.getByText('not the one in use')).toHaveCount(0);

  await addOther(page);
  await goTo(page, 'Orders');
  await expect(order.getByText('not the one in use')).toBeVisible();
  await expect(order.locator('.order-account')).toContainText('Demo');
  await expectNothingWrong(page, 'an order of another account');

  await goTo(page, 'Account');
  await list(page).getByRole('button', { name: 'Clear account Demo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clear account Demo?' });
  await expect(dialog).toContainText('1 open order of this account is not asked about');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await list(page).getByRole('button', { name: 'Clear account Demo' }).click();
  await dialog.getByRole('button', { name: 'Clear account' }).click();
  await expect(dialog).toBeHidden();
  await expect(list(page)).toHaveCount(0);

  await goTo(page, 'Orders');
  await expect(order).toContainText('is not in the list of accounts any more');
  await expectNothingWrong(page, 'an order whose account is gone');
});
