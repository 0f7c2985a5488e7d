import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { TOKEN_PATH } from '../../main/demo/provider/tokens.ts';
import { goTo, type RunningApp, setAccount, shotFile, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { firstDevice, setTheme } from './support/demo.ts';

/** An account that the virtual provider does not know. */
const OTHER = { name: 'Field', accountSid: `AC${'f1e1d'.repeat(6)}f1`, keySid: `SK${'f1e1d'.repeat(6)}f1` };

const EID = '89044011112233441122334411223321';

const list = (page: Page) => page.getByRole('list', { name: 'All accounts' });
const accountMenu = (page: Page) => page.getByRole('button', { name: /^Account in use/ });

async function moreFor(page: Page, name: string, item: string): Promise<void> {
  await list(page)
    .getByRole('button', { name: `More for account ${name}` })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

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
  const offered = page.getByRole('button', { name: 'Keep until the app ends' });
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
  await expect(list(page).getByRole('button', { name: 'More for account Demo' })).toBeFocused();
  await expect(accountMenu(page)).toContainText('Demo');
  await expect(accountMenu(page)).toContainText('reachable');
  await expect(page.getByRole('form', { name: 'Demo' })).toBeVisible();

  await accountMenu(page).click();
  await expect(page.getByText('Open orders stay with their account', { exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  expect(await violations(page), 'the open menu').toEqual([]);
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
  await moreFor(page, 'Demo', 'Clear account');
  const dialog = page.getByRole('dialog', { name: 'Clear account Demo?' });
  await expect(dialog).toContainText('1 open order of this account is not asked about');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await moreFor(page, 'Demo', 'Clear account');
  await dialog.getByRole('button', { name: 'Clear account' }).click();
  await expect(dialog).toBeHidden();
  await expect(list(page)).toHaveCount(0);

  await goTo(page, 'Orders');
  await expect(order).toContainText('is not in the list of accounts any more');
  await expectNothingWrong(page, 'an order whose account is gone');
});

test('an account at KORE is set in the window, and a profile ordered with it', async ({
  startReal,
  provider,
}) => {
  const { page, output } = await startReal();
  const { origin } = provider.server;
  const { id, secret } = provider.account.client;
  await goTo(page, 'Account');
  const form = page.getByRole('form', { name: 'Account' });
  await form.getByLabel('Provider').selectOption('KORE');
  await form.getByLabel('Client ID').fill(id);
  await form.getByLabel('Client secret').fill(secret);
  await form.locator('summary', { hasText: /^Endpoint/ }).click();
  await form.getByLabel('Endpoint', { exact: true }).fill(origin);
  await form.locator('summary', { hasText: 'Token endpoint' }).click();
  await form.getByLabel('Token endpoint', { exact: true }).fill(`${origin}${TOKEN_PATH}`);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByText(/^Accepted in/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'KORE reachable' })).toBeVisible();
  expect(provider.provider.profiles()).toHaveLength(0);

  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(EID);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  expect(provider.provider.profiles()).toMatchObject([{ eid: EID, status: 'available' }]);
  const tokens = provider.provider.record().filter(({ operation }) => operation === 'token');
  expect(tokens.map(({ parameters }) => parameters)).toEqual([
    { grant_type: 'client_credentials', client_id: id },
  ]);
  // One whose token has expired gets another one, without a word.
  provider.provider.expireTokens();
  await page.getByRole('button', { name: 'At the provider' }).click();
  await expect(page.locator('#history-note')).toContainText('1 in the ledger');
  expect(output()).not.toContain(secret);
});

test('the only account is renamed too, without losing what is typed', async ({ demo }) => {
  const { page } = demo;
  await goTo(page, 'Account');
  const secret = page.getByLabel('API key secret');
  await secret.fill('half of a new secret');
  const rename = page.getByRole('form', { name: 'Demo' }).getByRole('button', { name: 'Rename' });
  const dialog = page.getByRole('dialog', { name: 'Rename account Demo' });
  await rename.click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rename).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(' ');
  await expect(dialog).toContainText('A name of 1 to 40 characters.');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Van');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Van', { exact: true })).toBeVisible();
  await expect(page.getByRole('form', { name: 'Van' })).toBeVisible();
  await expect(list(page)).toHaveCount(0);
  await expect(secret).toHaveValue('half of a new secret');
  await expectNothingWrong(page, 'one account');

  await addOther(page);
  await expect(list(page).getByRole('listitem').first()).toContainText('Van');
  await expect(page.getByRole('form', { name: 'Field' }).getByRole('button', { name: 'Rename' })).toHaveCount(
    0,
  );
});

test('accounts that the command line changes are in the window when one comes back to it', async ({
  startReal,
  provider,
  dataDir,
}) => {
  const { app, page } = await startReal();
  await setAccount(page, provider);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
  const settings = join(dataDir, 'settings.json');
  const written = JSON.parse(readFileSync(settings, 'utf8')) as { accounts: object[] };
  const [mine] = written.accounts;
  const accounts = [mine, { ...mine, name: 'Van' }];
  writeFileSync(settings, JSON.stringify({ ...written, accounts }));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('focus'));
  await expect(list(page).getByRole('listitem')).toHaveText([/^Account/, /^Van/]);
});

test('accounts whose file was spoilt are not taken for none: every view says where the file is', async ({
  startReal,
  dataDir,
}) => {
  writeFileSync(join(dataDir, 'settings.json'), '{ "accounts": [');
  const { page } = await startReal();
  const said = page.getByText('The accounts and settings could not be used.');
  await expect(said).toHaveCount(1);
  await goTo(page, 'Account');
  await expect(said).toHaveCount(1);
  await page.locator('.notices summary').click();
  await expect(page.locator('.notices')).toContainText('settings.json.unreadable-');
  await expectNothingWrong(page, 'accounts that could not be read');
});

test('accounts are renamed, and orders found by the name of theirs', async ({ demo }) => {
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await addOther(page);
  await moreFor(page, 'Demo', 'Rename');
  const dialog = page.getByRole('dialog', { name: 'Rename account Demo' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Field');
  await expect(dialog).toContainText('Another account has this name.');
  await expect(dialog.getByRole('button', { name: 'Rename' })).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list(page).getByRole('button', { name: 'More for account Demo' })).toBeFocused();
  await moreFor(page, 'Demo', 'Rename');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Workshop');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(list(page).getByRole('listitem').first()).toContainText('Workshop');
  await list(page).getByRole('button', { name: 'Use account Workshop' }).click();
  await expect(accountMenu(page)).toContainText('Workshop');
  await expect(accountMenu(page)).toContainText('reachable');
  await page.getByRole('heading', { name: 'Accounts' }).scrollIntoViewIfNeeded();
  await look(page, 'accounts');

  await goTo(page, 'Orders');
  const search = page.getByRole('searchbox', { name: 'Search orders' });
  const found = page.getByRole('grid', { name: 'Orders, newest first' }).locator('.grid-row');
  await search.fill('workshop');
  await expect(found).toHaveCount(1);
  await search.fill('field');
  await expect(page.getByText('No order fits')).toBeVisible();
});

test('accounts go to another bench in a file without secrets, and come from one', async ({
  startReal,
  provider,
  dataDir,
}) => {
  const running = await startReal();
  const { page } = running;
  await setAccount(page, provider);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');

  const file = join(dataDir, 'accounts.json');
  await answerDialogs(running, null);
  await page.getByRole('button', { name: 'Export accounts' }).click();
  await page.getByRole('button', { name: 'Import accounts' }).click();
  await expect(page.locator('.accounts-note')).toHaveCount(0);

  await answerDialogs(running, file);
  await page.getByRole('button', { name: 'Export accounts' }).click();
  await expect(page.getByText('No secret is in the file.')).toBeVisible();
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(provider.account.accountSid);
  expect(text).not.toContain(provider.account.secret);

  await page.getByRole('button', { name: 'Import accounts' }).click();
  await expect(page.getByText('Nothing was added').first()).toBeVisible();

  const handed = JSON.parse(text) as { accounts: { name: string; account: { accountSid: string } }[] };
  const [mine] = handed.accounts;
  if (mine === undefined) throw new Error('the file has no account');
  const theirs = { ...mine, account: { ...mine.account, accountSid: OTHER.accountSid } };
  writeFileSync(file, JSON.stringify({ ...handed, accounts: [mine, theirs] }));
  await page.getByRole('button', { name: 'Import accounts' }).click();
  await expect(page.getByText('1 account added.').first()).toBeVisible();
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await expect(list(page).getByRole('listitem').filter({ hasText: 'in use' })).toContainText('Account');

  writeFileSync(file, '{ "format": "something else" }');
  await page.getByRole('button', { name: 'Import accounts' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'no file of eSIM Bench accounts' })).toBeVisible();
  await expectNothingWrong(page, 'an import that failed');

  await list(page).getByRole('button', { name: 'Use account Account 2' }).click();
  await expect(page.getByTestId('secret-place')).toContainText('No secret is stored');
});

/** What the system's dialogs answer from now on: this file, or that they were closed. */
async function answerDialogs({ app }: RunningApp, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    const canceled = path === null;
    dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: path ?? '' });
    dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: path === null ? [] : [path] });
  }, file);
}

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
