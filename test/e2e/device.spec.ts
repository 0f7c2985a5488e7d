import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { type RunningApp, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { deviceTab, dialog, IN_TIME, openChip, profile, shot, showDevice, underWay } from './support/chip.ts';
import { chooseDemo, firstDevice, setTheme } from './support/demo.ts';

/** Plugs in a device of the demo's menu, and shows it. */
async function showPlugged(demo: RunningApp, entry: string): Promise<Page> {
  const { page } = demo;
  await firstDevice(page);
  await chooseDemo(demo, entry);
  await expect(page.getByRole('option')).toHaveCount(2, IN_TIME);
  await page.getByRole('option').nth(1).click();
  return page;
}

test.describe('a SIM that asks for its PIN', () => {
  test('is unlocked with it; a wrong one costs a try and is said in words', async ({ demo }) => {
    const page = await showPlugged(demo, 'plug.sim-pin');
    const card = page.getByRole('region', { name: 'The SIM asks for its PIN' });
    await expect(card).toContainText('3 tries left', IN_TIME);
    const button = card.getByRole('button', { name: 'Enter PIN' });
    const field = card.getByLabel('PIN', { exact: true });
    await expect(field).toHaveAttribute('type', 'password');
    await field.fill('123');
    await expect(button).toBeDisabled();
    await field.fill('9876');
    await page.keyboard.press('Enter');
    await expect(card).toContainText('The SIM does not accept this PIN.', IN_TIME);
    await expect(card).toContainText('2 tries left');
    await expect(field).toHaveValue('');
    for (const theme of ['Light', 'Dark'] as const) {
      await setTheme(page, theme);
      await shot(page, `pin-${theme.toLowerCase()}`);
      expect(await violations(page), theme).toEqual([]);
    }
    await field.fill('1234');
    await button.click();
    await expect(card).toHaveCount(0, IN_TIME);
    const log = await page.evaluate(() => window.bench.request('atLog.get', null));
    const sent = log.ok ? log.value.entries.map((entry) => entry.text) : [];
    expect(sent.filter((text) => text.startsWith('AT+CPIN='))).toHaveLength(2);
    expect(sent.join('\n')).not.toMatch(/9876|"1234"/);
  });

  test('takes the PIN while the device is still being read, and sends it once it is', async ({ demo }) => {
    const page = await showPlugged(demo, 'plug.sim-pin');
    const card = page.getByRole('region', { name: 'The SIM asks for its PIN' });
    const field = card.getByLabel('PIN', { exact: true });
    await expect(page.getByText('After that it goes on by itself')).toBeVisible(IN_TIME);
    await field.fill('1234');
    // The reading is short, so the button is pressed in the page, right after the window shows that the EID is being read.
    await page.evaluate(async () => {
      const state = await window.bench.request('state.get', null);
      const id = state.ok ? state.value.state.devices[1]?.id : undefined;
      if (id === undefined) throw new Error('no second device');
      const reading = new Promise<void>((resolve) => {
        const shown = new MutationObserver(() => {
          if (!document.body.innerText.includes('The eUICC is asked for its EID')) return;
          shown.disconnect();
          resolve();
        });
        shown.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      await window.bench.request('devices.read', { deviceId: id });
      await reading;
      document.querySelector<HTMLButtonElement>('.lock button[type=submit]')?.click();
    });
    await expect(page.getByRole('button', { name: 'Order profile' })).toBeVisible(IN_TIME);
    await expect(card).toHaveCount(0);
  });

  test('that is blocked asks for PUK and a new PIN, typed twice', async ({ demo }) => {
    const page = await showPlugged(demo, 'plug.sim-puk');
    const card = page.getByRole('region', { name: /asks for its PUK/ });
    await card.getByLabel('PUK', { exact: true }).fill('12345678', IN_TIME);
    await card.getByLabel('New PIN', { exact: true }).fill('4321');
    await card.getByLabel('New PIN again', { exact: true }).fill('4322');
    await expect(card).toContainText('The two are not the same.');
    await expect(card.getByRole('button', { name: 'Enter PUK' })).toBeDisabled();
    await card.getByLabel('New PIN again', { exact: true }).fill('4321');
    await card.getByRole('button', { name: 'Enter PUK' }).click();
    await expect(card).toHaveCount(0, IN_TIME);
  });
});

test('another SIM slot is used after the question, and the other one back again', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await chooseDemo(demo, 'plug.fibocom-fm350');
  await showDevice(page, /FM350/);
  const menu = page.getByRole('button', { name: /^SIM slot in use/ });
  for (const [to, state] of [
    [2, /SIM failure|no SIM/],
    [1, /ready to order/],
  ] as const) {
    await expect(menu).toBeEnabled(IN_TIME);
    await menu.click();
    await page.getByRole('menuitem', { name: new RegExp(`^Slot ${to}`) }).click();
    await expect(dialog(page)).toContainText('every connection through it breaks');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toHaveCount(0, IN_TIME);
    await expect(menu).toContainText(`Slot ${to}`, IN_TIME);
    await expect(page.getByRole('option', { name: /FM350/ })).toContainText(state, IN_TIME);
  }
});

test('a menu and its dialog are used by keyboard, and Esc steps back to where they were opened', async ({
  demo,
}) => {
  const { page } = demo;
  await firstDevice(page);
  await chooseDemo(demo, 'plug.fibocom-fm350');
  await showDevice(page, /FM350/);
  const menu = page.getByRole('button', { name: /^SIM slot in use/ });
  await expect(menu).toBeEnabled(IN_TIME);
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Slot 1/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Slot 1/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(menu).toBeFocused();
});

test.describe('does it work', () => {
  test('is answered with network, technology and signal, and kept with the device', async ({ demo }) => {
    const { page } = demo;
    await openChip(page);
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Does it work?' }).click();
    const card = page.getByRole('region', { name: /^Registered/ });
    await expect(card).toBeVisible(IN_TIME);
    await expect(card).toContainText('LTE');
    await expect(card).toContainText('dBm');
    for (const theme of ['Light', 'Dark'] as const) {
      await setTheme(page, theme);
      await shot(page, `network-${theme.toLowerCase()}`);
      expect(await violations(page), theme).toEqual([]);
    }
    await deviceTab(page, 'History').click();
    await expect(page.getByRole('list', { name: 'History of the device' })).toContainText('Registered');
  });

  test('can be cancelled, and says that a network denies a profile that was enabled', async ({ demo }) => {
    const { page } = demo;
    await openChip(page);
    await profile(page, 'Travel 5 GB').getByRole('button', { name: 'Enable' }).click();
    await page.keyboard.press('Enter');
    await expect(profile(page, 'Bench')).toContainText('disabled', IN_TIME);
    await expect(underWay(page)).toHaveCount(0, IN_TIME);
    await deviceTab(page, 'Network').click();
    await page.getByRole('button', { name: 'Does it work?' }).click();
    await expect(page.getByRole('region', { name: 'Denied by the network' })).toBeVisible({
      timeout: 90_000,
    });
  });
});

test('a compatibility report is saved, with identifiers masked', async ({ demo }, info) => {
  const { page, app } = demo;
  await firstDevice(page);
  const file = info.outputPath('report.json');
  await app.evaluate(({ dialog: system }, path) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'More for this device' }).click();
  await page.getByRole('menuitem', { name: 'Save compatibility report' }).click();
  await expect(dialog(page)).toContainText('Identifiers are masked');
  await dialog(page).getByRole('button', { name: 'Make report' }).click();
  await expect(dialog(page)).toContainText('Saved as', { timeout: 120_000 });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('EM05-G');
  for (const identifier of ['89044011112233441122334411223321', '8904401111223344']) {
    expect(text).not.toContain(identifier);
  }
});
