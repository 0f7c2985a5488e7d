import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type RunningModem, type RunningProvider, SMDP_ADDRESS, startModem } from '../support/realWorld.ts';
import { scanQr } from '../support/scanQr.ts';
import { goTo, type RunningApp, setAccount, test } from './support/app.ts';

const EID = '89044011112233441122334411223321';
const EID_LPA = `LPA:1$${SMDP_ADDRESS}$`;

const creates = ({ provider }: RunningProvider) =>
  provider.record().filter((entry) => entry.operation === 'create');

async function setAccountAndReturn(page: Page, provider: RunningProvider): Promise<void> {
  await setAccount(page, provider);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
  await goTo(page, 'Devices');
}

/** Opens the dialog for an order without a device. */
async function newOrder(page: Page): Promise<void> {
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
}

test.describe('with a modem on a tty', () => {
  let modem: RunningModem;
  test.beforeEach(async () => {
    modem = await startModem('quectel-em05-g');
  });
  test.afterEach(async () => {
    await modem.close();
  });

  test('the EID is read, a profile ordered, watched, and its QR scanned off the screen', async ({
    startReal,
    provider,
  }, info) => {
    const { page } = await startReal(['--port', modem.path]);
    await expect(page.getByText(EID).first()).toBeVisible();
    await setAccountAndReturn(page, provider);

    await page.getByRole('button', { name: 'Order profile' }).click();
    await expect(page.getByTestId('qr')).toBeVisible();
    await expect(page.getByRole('main').getByText(EID_LPA, { exact: true })).toBeVisible();
    const shot = info.outputPath('available.png');
    await page.screenshot({ path: shot });
    expect(await scanQr(shot)).toEqual([EID_LPA]);
    expect(creates(provider).map((entry) => entry.parameters)).toEqual([{ Eid: EID }]);

    const [profile] = provider.provider.profiles();
    provider.provider.setStatus(profile?.sid ?? '', 'installed');
    await expect(page.getByRole('list', { name: 'Path of the order' })).toContainText(
      /installed\s*\d\d:\d\d:\d\d/,
      {
        timeout: 30_000,
      },
    );
  });

  test('a port added by hand in the window is read', async ({ startReal }) => {
    const { page } = await startReal();
    await page.getByRole('button', { name: 'Add a port' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Port', { exact: true }).fill(modem.path);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText(EID).first()).toBeVisible();
  });

  test('a modem that goes says so, and what was ordered stays', async ({ startReal, provider }) => {
    const { page } = await startReal(['--port', modem.path]);
    await expect(page.getByText(EID).first()).toBeVisible();
    await setAccountAndReturn(page, provider);
    await page.getByRole('button', { name: 'Order profile' }).click();
    modem.modem.unplug();
    await expect(page.getByText('The port went away while it was in use.').first()).toBeVisible();
    await goTo(page, 'Orders');
    await expect(page.getByTestId('qr')).toBeVisible({ timeout: 40_000 });
  });
});

test('an order by matching ID gets a QR that any device can claim', async ({ startReal, provider }, info) => {
  const { page } = await startReal();
  await setAccountAndReturn(page, provider);
  await newOrder(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('By matching ID').click();
  await dialog.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const [profile] = provider.provider.profiles();
  const lpa = `LPA:1$${SMDP_ADDRESS.toUpperCase()}$${profile?.matchingId}`;
  const shot = info.outputPath('matching-id.png');
  await page.screenshot({ path: shot });
  expect(await scanQr(shot)).toEqual([lpa]);
  expect(creates(provider).map((entry) => entry.parameters)).toEqual([{ GenerateMatchingId: 'true' }]);
});

test('an order survives the app being killed in the middle, and goes on by itself', async ({
  startReal,
  provider,
}) => {
  const first = await startReal();
  await setAccountAndReturn(first.page, provider);
  await order(first, EID);
  await expect.poll(() => creates(provider).length).toBe(1);
  await first.kill();

  const second = await startReal();
  await goTo(second.page, 'Orders');
  await expect(second.page.getByTestId('qr')).toBeVisible({ timeout: 40_000 });
  expect(creates(provider)).toHaveLength(1);
});

test('an order whose answer is lost is found in the provider’s list, and not made twice', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await setAccountAndReturn(page, provider);
  provider.provider.harm({ on: 'create', what: { kind: 'reset', commits: true } });
  await newOrder(page);
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(EID);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 40_000 });
  expect(creates(provider)).toHaveLength(1);
});

test('a create is sent once even when a kept connection breaks: the shell repeats nothing', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await setAccountAndReturn(page, provider);
  // Reading requests before, so that there is a connection that was used.
  await page.getByRole('button', { name: /see the account/ }).click();
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText(/Accepted in/)).toBeVisible();
  provider.provider.harm({ on: 'create', what: { kind: 'reset', commits: true } });
  await newOrder(page);
  await page.getByRole('dialog').getByText('By matching ID').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 40_000 });
  expect(creates(provider)).toHaveLength(1);
});

test('wrong credentials stop sending and lose nothing; right ones let it go on', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await setAccount(page, provider, 'not-the-secret');
  await expect(page.getByText('rejected').first()).toBeVisible();
  await newOrder(page);
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(EID);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByRole('main')).toContainText("as soon as Twilio accepts the account's credentials", {
    timeout: 30_000,
  });
  expect(creates(provider)).toHaveLength(0);

  await goTo(page, 'Account');
  await page.getByLabel('API key secret').fill(provider.account.secret);
  await page.getByRole('button', { name: 'Save' }).first().click();
  await goTo(page, 'Orders');
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 40_000 });
  expect(creates(provider)).toHaveLength(1);
});

test('without an account the window says what is needed', async ({ startReal }) => {
  const { page } = await startReal();
  await goTo(page, 'Orders');
  await page.getByRole('main').getByRole('button', { name: 'Set the account' }).click();
  await expect(page.getByLabel('Account SID')).toBeVisible();
  await expect(page.getByLabel('API key secret')).toHaveAttribute('type', 'password');
});

test('a start without a network shows orders and their QR, and an order waits until it is back', async ({
  startReal,
  provider,
}, info) => {
  const first = await startReal();
  await setAccountAndReturn(first.page, provider);
  await order(first, EID);
  await expect(first.page.getByTestId('qr')).toBeVisible();
  await first.close();
  await provider.server.stopListening();

  const { page } = await startReal();
  await expect(page.getByText('not reachable').first()).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Orders');
  await page.getByRole('row').filter({ hasText: 'available' }).first().click();
  await expect(page.getByTestId('qr')).toBeVisible();
  const shot = info.outputPath('offline.png');
  await page.screenshot({ path: shot });
  expect(await scanQr(shot)).toEqual([EID_LPA]);

  await newOrder(page);
  await page.getByRole('dialog').getByText('By matching ID').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByRole('main')).toContainText('Written down, not sent yet');
  await provider.server.listen();
  await expect.poll(() => creates(provider).length, { timeout: 40_000 }).toBe(2);
});

test('the secret is in nothing that is left behind: ledger, files, logs, state, window', async ({
  startReal,
  provider,
  dataDir,
}) => {
  const running = await startReal();
  const { page } = running;
  await setAccountAndReturn(page, provider);
  await order(running, EID);
  await expect(page.getByTestId('qr')).toBeVisible();
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText(/Accepted in/)).toBeVisible();

  const { secret, accountSid, keySid } = provider.account;
  const forms = [
    secret,
    ...[accountSid, keySid].map((user) => Buffer.from(`${user}:${secret}`).toString('base64')),
  ];
  const state = await page.evaluate(() => window.bench.request('state.get', null));
  const log = await page.evaluate(() => window.bench.request('atLog.get', null));
  const seen = [await page.content(), JSON.stringify(state), JSON.stringify(log), running.output()];
  const inputs = await page
    .locator('input')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  seen.push(...inputs);
  await running.close();
  for (const file of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) seen.push(readFileSync(join(file.parentPath, file.name), 'latin1'));
  }
  for (const text of seen) for (const form of forms) expect(text.includes(form)).toBe(false);
});

async function order({ page }: RunningApp, eid: string): Promise<void> {
  await newOrder(page);
  await page.getByRole('dialog').getByRole('textbox', { name: 'EID' }).fill(eid);
  await page.getByRole('dialog').getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}
