import { expect, type Page } from '@playwright/test';
import { type RunningProvider, startProvider } from '../support/realWorld.ts';
import { test as base, goTo, setAccount, shotFile } from './support/app.ts';
import { violations } from './support/axe.ts';
import { setTheme } from './support/demo.ts';
import { eidNumber, openHistory, profilePane, profiles, rows, seeded, summary } from './support/history.ts';

/** More than two of the pages that the bench asks for. */
const MANY = 130;
const EID = '89044011112233441122334411223321';

const test = base.extend<{ readonly many: RunningProvider; readonly few: RunningProvider }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for off this pattern
  many: async ({}, use) => {
    const running = await startProvider({}, (accountSid) => seeded(MANY, accountSid));
    await use(running);
    await running.server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  few: async ({}, use) => {
    const running = await startProvider({}, (accountSid) => seeded(3, accountSid, '2'));
    await use(running);
    await running.server.close();
  },
});

/** The lists that the window asked for, by their query; others ask for an EID or one profile alone. */
const pagesAsked = ({ provider }: RunningProvider) =>
  provider
    .record()
    .filter(({ operation, parameters }) => operation === 'list' && parameters.PageSize === '50')
    .map(({ parameters }) => parameters);

async function orderFor(page: Page, eid: string): Promise<void> {
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(eid);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
}

async function addTwilioAccount(page: Page, name: string, { server, account }: RunningProvider) {
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Add an account' }).click();
  const form = page.getByRole('form', { name: 'Another account' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Account SID').fill(account.accountSid);
  await form.getByLabel('API key SID').fill(account.keySid);
  await form.getByLabel('API key secret').fill(account.secret);
  await form.locator('summary', { hasText: 'Endpoint' }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill(server.origin);
  await form.getByRole('button', { name: 'Add account' }).click();
  await expect(form).toBeHidden();
}

async function useAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Account in use/ }).click();
  await page.getByRole('menuitem', { name: `Use account ${name}` }).click();
}

async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['Light', 'Dark'] as const) {
    await setTheme(page, theme);
    await page.mouse.move(1, 1);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await page.screenshot({ path: shotFile(`${name}-${theme.toLowerCase()}`), animations: 'disabled' });
    expect(await violations(page), `${name}, ${theme}`).toEqual([]);
  }
}

test('all profiles of the account are listed page by page, ours are marked, and each is found', async ({
  startReal,
  many,
}) => {
  const { page } = await startReal();
  await setAccount(page, many);
  await orderFor(page, EID);
  await page.keyboard.press('p');
  await expect(rows(page).first()).toContainText('in the ledger');
  await expect(rows(page).nth(1)).toContainText('not in it');
  await expect(summary(page)).toContainText('50 profiles so far');
  expect(pagesAsked(many)).toHaveLength(1);

  // The keys walk the list, over the ends of its pages to the last profile.
  await page.keyboard.press('Escape');
  await expect(profiles(page)).toBeFocused();
  for (const count of ['100 profiles so far', `${MANY + 1} profiles`]) {
    await page.keyboard.press('End');
    await expect(summary(page)).toContainText(count);
  }
  await page.keyboard.press('End');
  await expect(page.getByText('No more profiles.')).toBeVisible();
  await expect(profilePane(page)).toContainText(seeded(MANY, '')[0]?.sid ?? 'none');
  expect(pagesAsked(many)).toHaveLength(3);

  await page.keyboard.press('Control+f');
  await expect(page.getByRole('textbox', { name: 'EID', exact: true })).toBeFocused();
  await page.keyboard.insertText(eidNumber(71).replace(/(.{4})/g, '$1 '));
  await expect(rows(page)).toHaveCount(1);
  await expect(summary(page)).toContainText(/(^|\D)1 profile(?!s)/);
  await expect(rows(page)).toContainText(/available/);
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'SIM SID' }).fill(`HS${'1'.repeat(26)}000002`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText('downloaded');
  await page.getByRole('textbox', { name: 'SIM SID' }).fill('');
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'failed' }).click();
  await expect(summary(page)).toContainText('26 profiles');
  await rows(page).first().click();
  await expect(profilePane(page)).toContainText('22100: The SM-DP+ could not make the profile');
  expect(pagesAsked(many).slice(3)).toMatchObject([
    { Eid: eidNumber(71) },
    {},
    { SimSid: `HS${'1'.repeat(26)}000002` },
    {},
    { Status: 'failed' },
  ]);

  // Another view and back: what was found is still there, without being asked for again.
  const before = pagesAsked(many).length;
  await goTo(page, 'Devices');
  await goTo(page, 'Orders');
  await expect(summary(page)).toContainText('26 profiles');
  expect(pagesAsked(many)).toHaveLength(before);

  await page.getByRole('textbox', { name: 'EID' }).fill(EID);
  await expect(page.getByText('No profile fits')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(summary(page)).toContainText('50 profiles so far');
});

test('a profile that was ordered elsewhere is taken into the ledger with the keyboard', async ({
  startReal,
  many,
}) => {
  const { page, dataDir } = await startReal();
  await setAccount(page, many);
  await goTo(page, 'Orders');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Device, order, EID, action').fill('profiles at the provider');
  await page.keyboard.press('Enter');
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByText('No profile chosen')).toBeVisible();
  await expect(summary(page)).toContainText('0 in the ledger');

  await profiles(page).focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
  const sid = seeded(MANY, '')[MANY - 4]?.sid ?? 'none';
  await expect(profilePane(page)).toContainText(sid);
  await look(page, 'provider-profiles');
  await profiles(page).focus();
  await page.keyboard.press('Enter');

  await expect(profilePane(page).getByTestId('qr')).toBeVisible();
  await expect(rows(page).nth(3)).toContainText('in the ledger');
  await expect(summary(page)).toContainText('1 in the ledger');
  expect(many.provider.profiles()).toHaveLength(MANY);
  await look(page, 'provider-profiles-ours');

  await page.keyboard.press('l');
  await expect(page.getByRole('grid', { name: 'Orders, newest first' }).locator('.grid-row')).toHaveCount(1);
  await expect(page.getByRole('main', { name: 'Order' })).toContainText(sid);
  const snapshot = await page.evaluate(() => window.bench.request('state.get', null));
  const orders = snapshot.ok ? snapshot.value.state.orders : [];
  expect(orders.map((order) => [order.sid, order.device])).toEqual([[sid, null]]);

  // It is in the ledger for good.
  await page.close();
  const again = await startReal();
  expect(again.dataDir).toBe(dataDir);
  await openHistory(again.page);
  await expect(summary(again.page)).toContainText('1 in the ledger');
});

test('another account has its own list, and a late answer of the first is dropped', async ({
  startReal,
  many,
  few,
}) => {
  const { page } = await startReal();
  await setAccount(page, many);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
  await addTwilioAccount(page, 'Field', few);
  await openHistory(page);
  await expect(summary(page)).toContainText('3 profiles');
  await expect(summary(page)).toContainText('Field');

  many.provider.harm({ on: 'list', times: null, what: { kind: 'slow', ms: 1_500 } });
  await useAccount(page, 'Account');
  await expect(page.getByText('Asking the provider')).toBeVisible();
  // Asked after the window did, and answered as late: when this is here, the window's answer is.
  const late = page.evaluate(() =>
    window.bench.request('profiles.page', {
      filter: { eid: null, simSid: null, status: null },
      cursor: null,
    }),
  );
  await useAccount(page, 'Field');
  await expect(summary(page)).toContainText('3 profiles');
  await expect(rows(page)).toHaveCount(3);
  expect(await late).toMatchObject({ ok: true, value: { account: 'Account' } });
  expect(pagesAsked(many).length).toBeGreaterThanOrEqual(2);
  await expect(rows(page)).toHaveCount(3);
  await expect(summary(page)).toContainText('3 profiles');

  many.provider.clearFaults();
  await useAccount(page, 'Account');
  await expect(summary(page)).toContainText('50 profiles so far');
});

test('without a network, with wrong credentials, and with a page that is not whole, it says so', async ({
  startReal,
  many,
}) => {
  const { page } = await startReal();
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'At the provider' }).click();
  await expect(page.getByRole('heading', { name: 'No account yet' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await setAccount(page, many);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
  await many.server.stopListening();
  await openHistory(page);
  await expect(page.getByText('The provider cannot be reached.').first()).toBeVisible({ timeout: 40_000 });
  expect(await violations(page)).toEqual([]);
  await many.server.listen();
  await page
    .getByRole('region', { name: 'Profiles at the provider' })
    .getByRole('button', { name: 'Ask again' })
    .last()
    .click();
  await expect(summary(page)).toContainText('50 profiles so far', { timeout: 40_000 });

  // The next page breaks: what is there stays, and the page is asked for again.
  many.provider.harm({
    on: 'list',
    times: null,
    what: { kind: 'status', status: 400, code: 20001, body: 'json', commits: false },
  });
  await profiles(page).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('alert').filter({ hasText: 'refused the request' })).toBeVisible();
  await expect(summary(page)).toContainText('50 profiles so far');
  many.provider.clearFaults();
  await page.locator('.history-foot').getByRole('button', { name: 'Ask again' }).click();
  await expect(summary(page)).toContainText('100 profiles so far');

  many.provider.harm({ on: 'list', what: { kind: 'fields', fields: { iccid: { wrong: true } } } });
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'does not tell all' })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(summary(page)).toContainText('100 profiles so far');

  // Asking anew fails: what is there stays.
  many.provider.rotate(many.account.keySid, 'another-secret');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByText('The provider does not accept these credentials.').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Profiles at the provider' })).toContainText(
    'What is shown is as of',
  );
  await expect(rows(page).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'See the account', exact: true }).click();
  many.provider.rotate(many.account.keySid, many.account.secret);
  await goTo(page, 'Orders');
  // It is asked for anew. Where its end was in sight before, the second page comes by itself.
  await expect(page.getByText('What is shown is as of')).toHaveCount(0);
  await expect(summary(page)).toContainText(/(50|100) profiles so far/);
});
