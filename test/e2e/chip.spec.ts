import { expect, type Page } from '@playwright/test';
import { type RunningApp, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { deviceTab, dialog, IN_TIME, openChip, profile, shot, underWay } from './support/chip.ts';
import { firstDevice, setTheme } from './support/demo.ts';

/** Waits until nothing is under way any more. */
async function settled(page: Page): Promise<void> {
  await expect(underWay(page)).toHaveCount(0, IN_TIME);
}

/** What the bench itself says of the device, past the window. */
async function chipOf({ page }: RunningApp, device: RegExp) {
  const answer = await page.evaluate(() => window.bench.request('state.get', null));
  if (!answer.ok) throw new Error(answer.fault.message);
  const found = answer.value.state.devices.find(({ modem }) => device.test(modem?.model ?? ''));
  if (!found?.chip) throw new Error('the chip was not read');
  return found.chip;
}

test('the chip is read by being looked at, and shows what the eUICC tells', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  await expect(profile(page, 'Bench')).toContainText('enabled');
  await expect(profile(page, 'Bench')).toContainText('Demo Mobile · Demo Mobile Data');
  await expect(profile(page, 'Bench').getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await expect(profile(page, 'Bench')).toContainText('To delete it, disable it first.');
  await expect(profile(page, 'Travel 5 GB')).toContainText('disabled');
  await expect(profile(page, 'Test profile')).toContainText('test profile');
  await expect(page.getByRole('region', { name: 'Free memory' })).toContainText('KiB free');
  await expect(page.getByRole('region', { name: 'Certificate issuers' })).toContainText('RSP2 Root CI1');
  await expect(page.getByRole('region', { name: 'Default SM-DP+ address' })).toContainText(
    'smdp.demo-mobile.invalid',
  );
  await expect(page.getByRole('region', { name: 'Pending notifications' })).toContainText(
    'installed: Travel 5 GB',
  );
  await page.getByRole('button', { name: 'Read the chip again' }).click();
  await settled(page);
  await expect(profile(page, 'Bench')).toBeVisible();
});

test('enabling asks with what it interrupts, and is proven by what is read back', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  await profile(page, 'Travel 5 GB').getByRole('button', { name: 'Enable' }).click();
  await expect(dialog(page)).toContainText('Enable “Travel 5 GB”?');
  await expect(dialog(page)).toContainText('“Bench” is disabled by this');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(profile(page, 'Bench')).toContainText('disabled', IN_TIME);
  await settled(page);
  await expect(profile(page, 'Travel 5 GB')).toContainText('enabled');
  const { iccid } = (await chipOf(demo, /A7908E/)).profiles?.find(({ state }) => state === 'enabled') ?? {};
  const shown = page.locator('.identity .digits', { hasText: (iccid ?? 'none').slice(0, 4) });
  await expect(shown.last()).toHaveText(iccid ?? 'none');
  await deviceTab(page, 'History').click();
  await expect(page.getByRole('list', { name: 'History of the device' })).toContainText(
    'Enabled Travel 5 GB',
  );
});

test('a profile is renamed on the eUICC, and its name taken off again', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  for (const [now, next, shown] of [
    ['Travel 5 GB', 'For the road', 'For the road'],
    ['For the road', '', 'Travel 5 GB'],
  ] as const) {
    await profile(page, now).getByRole('button', { name: 'Rename' }).click();
    await dialog(page).getByLabel('Nickname on this eUICC').fill(next);
    await dialog(page).getByRole('button', { name: 'Rename' }).click();
    await expect(profile(page, shown)).toBeVisible(IN_TIME);
    await settled(page);
  }
});

test('a profile is deleted only after the question, which no key answers', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  await profile(page, 'Travel 5 GB').getByRole('button', { name: 'Delete' }).click();
  await expect(dialog(page)).toContainText('Nothing is deleted at the provider');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(profile(page, 'Travel 5 GB')).toBeVisible();
  await profile(page, 'Travel 5 GB').getByRole('button', { name: 'Delete' }).click();
  await dialog(page).getByRole('button', { name: 'Delete profile' }).click();
  await expect(profile(page, 'Travel 5 GB')).toHaveCount(0, IN_TIME);
  await settled(page);
  await expect(page.getByRole('region', { name: 'Pending notifications' })).toContainText('deleted');
});

test('the default SM-DP+ address is changed and taken off', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  const address = page.getByRole('region', { name: 'Default SM-DP+ address' });
  await address.getByRole('button', { name: 'Change' }).click();
  const field = dialog(page).getByRole('textbox', { name: 'SM-DP+ address' });
  await field.fill('not a host');
  await expect(dialog(page)).toContainText('This is no host name.');
  await expect(dialog(page).getByRole('button', { name: 'Set address' })).toBeDisabled();
  await field.fill('rsp.example.invalid');
  await page.keyboard.press('Enter');
  await expect(address).toContainText('rsp.example.invalid', IN_TIME);
  await settled(page);
  await address.getByRole('button', { name: 'Change' }).click();
  await field.fill('');
  await dialog(page).getByRole('button', { name: 'Take it off' }).click();
  await expect(address).toContainText('not set', IN_TIME);
});

test('a pending notification is shown, copied and removed', async ({ demo }) => {
  const { page, app } = demo;
  await openChip(page);
  const pending = page.getByRole('region', { name: 'Pending notifications' });
  await pending
    .getByRole('button', { name: /^Show notification/ })
    .first()
    .click();
  await expect(dialog(page).locator('pre')).toContainText(/^[0-9A-F]{40}/, IN_TIME);
  await dialog(page).getByRole('button', { name: 'Copy notification' }).click();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^[0-9A-F]{40,}$/);
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await settled(page);
  await pending
    .getByRole('button', { name: /^Remove notification/ })
    .first()
    .click();
  await expect(dialog(page)).toContainText('is then never told');
  await dialog(page).getByRole('button', { name: 'Remove notification' }).click();
  await expect(pending).toContainText('nothing left to tell', IN_TIME);
});

test('a memory reset needs the last digits of this EID', async ({ demo }) => {
  const { page } = demo;
  await openChip(page);
  await page.getByRole('button', { name: 'Reset …' }).click();
  const button = dialog(page).getByRole('button', { name: 'Reset memory' });
  const field = dialog(page).getByRole('textbox');
  await expect(button).toBeDisabled();
  await field.fill('1122 3321');
  await button.click();
  await expect(dialog(page)).toContainText('Nothing was deleted.');
  await field.fill('7890 1235');
  await expect(button).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  expect((await chipOf(demo, /A7908E/)).profiles).toHaveLength(3);
  const eid = (await page.getByRole('option', { name: /A7908E/ }).textContent()) ?? '';
  expect(eid).toContain('1235');
  await field.fill('78901235');
  await button.click();
  await expect(profile(page, 'Bench')).toHaveCount(0, IN_TIME);
  await settled(page);
  expect(
    (await chipOf(demo, /A7908E/)).profiles?.filter((left) => left.profileClass === 'operational'),
  ).toEqual([]);
});

test('an order by EID offers the default SM-DP+ address on the eUICC, and says so once it is set', async ({
  demo,
}) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible(IN_TIME);
  await page.getByRole('button', { name: 'Set the default SM-DP+ address' }).click();
  await expect(page.getByText('this is the default SM-DP+ address')).toBeVisible(IN_TIME);
  await settled(page);
  expect((await chipOf(demo, /EM05-G/)).addresses?.defaultSmdp).toBe('sm-dp-plus.demo.invalid');
  await deviceTab(page, 'Chip').click();
  await expect(page.getByText('There is no profile on this eUICC.', { exact: false })).toBeVisible(IN_TIME);
});

test('all of it by the keyboard: a letter for the tab, the palette for what can be done', async ({
  demo,
}) => {
  const { page } = demo;
  await openChip(page);
  await page.keyboard.press('o');
  await expect(deviceTab(page, 'Order')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('enable travel');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Enable “Travel 5 GB”?' })).toBeVisible();
  await expect(dialog(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(deviceTab(page, 'Chip')).toHaveAttribute('aria-selected', 'true');
  await deviceTab(page, 'Chip').focus();
  await page.keyboard.press('ArrowRight');
  await expect(deviceTab(page, 'Network')).toHaveAttribute('aria-selected', 'true');
});

test('the chip in light and dark, in the smallest window and at twice the size', async ({ demo }) => {
  const { page, app } = demo;
  await openChip(page);
  for (const theme of ['Light', 'Dark'] as const) {
    await setTheme(page, theme);
    await shot(page, `chip-${theme.toLowerCase()}`);
    expect(await violations(page), theme).toEqual([]);
    await profile(page, 'Travel 5 GB').getByRole('button', { name: 'Enable' }).click();
    await shot(page, `chip-enable-${theme.toLowerCase()}`);
    expect(await violations(page), `dialog, ${theme}`).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toHaveCount(0);
  }
  for (const zoom of [1, 2]) {
    await app.evaluate(({ BrowserWindow }, factor) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(1024, 640);
      window?.webContents.setZoomFactor(factor);
    }, zoom);
    const wider = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(wider).toBeLessThanOrEqual(0);
    const reset = page.getByRole('button', { name: 'Reset …' });
    await reset.scrollIntoViewIfNeeded();
    await expect(reset).toBeInViewport();
  }
});
