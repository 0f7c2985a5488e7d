import { expect, type Page } from '@playwright/test';
import { type RunningProvider, startProvider } from '../support/realWorld.ts';
import { goTo, setAccount, shotFile, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { chooseDemo, firstDevice, setTheme } from './support/demo.ts';

const EID = '89044011112233441122334411223321';
const OTHER_EID = '89049032123451234512345678901235';
/** For what the bench asks about from time to time, on a loaded machine. */
const IN_TIME = { timeout: 40_000 };

const sim = (page: Page) => page.getByRole('region', { name: 'SIM', exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const fleet = (page: Page) => dialog(page).getByRole('combobox', { name: 'Fleet' });
const uniqueName = (page: Page) => dialog(page).getByLabel('Unique name');
const updates = ({ provider }: RunningProvider) =>
  provider.record().filter((entry) => entry.operation === 'updateSim');

/** Sets the account, and waits until its secret is where it belongs. */
async function withAccount(page: Page, provider: RunningProvider): Promise<void> {
  await setAccount(page, provider);
  await expect(page.getByTestId('secret-place')).toContainText('keychain');
}

/** Orders for an EID in the dialog and waits for the QR. */
async function orderFor(page: Page, eid: string): Promise<void> {
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await dialog(page).getByRole('textbox', { name: 'EID' }).fill(eid);
  await dialog(page).getByRole('button', { name: 'Order profile' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('article').getByText(eid.slice(-4)).first()).toBeVisible(IN_TIME);
  await expect(page.getByTestId('qr')).toBeVisible(IN_TIME);
}

/** Chooses a Fleet of the list with the mouse. */
async function chooseFleet(page: Page, name: string): Promise<void> {
  await fleet(page).click();
  await page.getByRole('option', { name }).click();
  await expect(fleet(page)).toHaveValue(name);
}

/** Looks at the window in both themes, with axe; with `name` it also takes its picture for the documentation. */
async function look(page: Page, where: string, name: string | null = null): Promise<void> {
  for (const theme of ['Light', 'Dark'] as const) {
    const open = await dialog(page).isVisible();
    if (open)
      await page.evaluate(
        (to) => window.bench.request('settings.set', { theme: to }),
        theme === 'Light' ? ('light' as const) : ('dark' as const),
      );
    else await setTheme(page, theme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme.toLowerCase());
    await page.mouse.move(1, 1);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    if (name !== null)
      await page.screenshot({ path: shotFile(`${name}-${theme.toLowerCase()}`), animations: 'disabled' });
    expect(await violations(page), `${where}, ${theme}`).toEqual([]);
  }
}

test.describe('with a provider that changes a SIM only when told', () => {
  let provider: RunningProvider;
  test.beforeEach(async () => {
    provider = await startProvider({ settleMs: null });
  });
  test.afterEach(async () => {
    await provider.server.close();
  });

  test('a SIM is read by itself, activated, seen as scheduled, and told of when it is ready', async ({
    startReal,
  }) => {
    const { page } = await startReal();
    await withAccount(page, provider);
    await orderFor(page, EID);
    await expect(sim(page)).toContainText(/new.*as Twilio said at \d\d:\d\d:\d\d/, IN_TIME);
    await expect(sim(page).getByText(/^HS[0-9a-f]{32}$/)).toBeVisible();

    await page.keyboard.press('s');
    await chooseFleet(page, 'Pilot Fleet');
    await dialog(page)
      .getByRole('button', { name: /^Put in {eid:last8}/ })
      .click();
    await expect(dialog(page)).toContainText('It is named 11223321');
    await look(page, 'the dialog, filled in');
    await uniqueName(page).press('Enter');
    await expect(dialog(page)).toBeHidden();

    await expect(sim(page)).toContainText('Twilio is changing the SIM', IN_TIME);
    await expect(sim(page)).toContainText(/since \d\d:\d\d:\d\d/);
    await expect(page.getByRole('row').filter({ hasText: 'SIM scheduled' })).toBeVisible();
    const [fleetOf] = provider.provider.fleets().filter(({ uniqueName: name }) => name === 'Pilot Fleet');
    expect(updates(provider).map(({ parameters }) => parameters)).toEqual([
      { UniqueName: '11223321', Status: 'ready', Fleet: fleetOf?.sid },
    ]);
    await look(page, 'scheduled');

    await goTo(page, 'Account');
    provider.provider.settleSims();
    const toast = page.getByRole('alert').filter({ hasText: 'EID without a device: SIM ready' });
    await expect(toast).toBeVisible(IN_TIME);
    await toast.getByRole('button', { name: 'Show' }).click();
    await expect(sim(page)).toContainText('Done, as wished');
    await expect(sim(page)).toContainText('Pilot Fleet');
    await expect(page.getByRole('row').filter({ hasText: 'SIM ready' })).toBeVisible();
    expect(updates(provider)).toHaveLength(1);

    await page.getByRole('searchbox', { name: 'Search orders' }).fill('11223321 installed');
    await expect(page.getByText('No order fits')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search orders' }).fill(provider.provider.sims()[0]?.sid ?? '');
    await expect(page.getByRole('row').filter({ hasText: 'SIM ready' })).toBeVisible();
  });

  test('an app that is killed while the provider changes the SIM takes it up again', async ({
    startReal,
  }) => {
    const first = await startReal();
    await withAccount(first.page, provider);
    await orderFor(first.page, EID);
    await first.page.keyboard.press('s');
    await chooseFleet(first.page, 'Field devices');
    await fleet(first.page).press('Enter');
    await expect(sim(first.page)).toContainText('Twilio is changing the SIM', IN_TIME);
    await first.kill();

    const { page } = await startReal();
    await goTo(page, 'Orders');
    await expect(sim(page)).toContainText('Twilio is changing the SIM');
    provider.provider.settleSims();
    await expect(sim(page)).toContainText('Done, as wished', IN_TIME);
    expect(updates(provider)).toHaveLength(1);
    expect(provider.provider.sims().map(({ status }) => status)).toEqual(['ready']);
  });
});

test('a name that is taken is said with the name, and mended in its field', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await withAccount(page, provider);
  await orderFor(page, EID);
  await page.keyboard.press('s');
  await chooseFleet(page, 'Pilot Fleet');
  await uniqueName(page).fill('Field unit');
  await uniqueName(page).press('Enter');
  await expect(sim(page)).toContainText('Done, as wished', IN_TIME);

  await orderFor(page, OTHER_EID);
  await page.keyboard.press('s');
  // What was wished last is what the next one begins with.
  await expect(fleet(page)).toHaveValue('Pilot Fleet');
  await expect(uniqueName(page)).toHaveValue('Field unit');
  await expect(dialog(page)).toContainText('has this name. Put in {n} to count up.');
  await uniqueName(page).press('Enter');
  const card = sim(page).getByRole('region', { name: /"Field unit" is taken by another SIM/ });
  await expect(card).toBeVisible(IN_TIME);
  await look(page, 'a name that is taken');

  // The filled button is the next step.
  await page.locator('body').press('Enter');
  await expect(uniqueName(page)).toBeFocused();
  await expect(dialog(page)).toContainText('The unique name "Field unit" is taken by another SIM');
  await look(page, 'the dialog with what the provider said');
  await uniqueName(page).fill('Van {n}');
  await expect(dialog(page)).toContainText('It is named Van 1');
  await uniqueName(page).press('Enter');
  await expect(sim(page)).toContainText('Done, as wished', IN_TIME);
  expect(provider.provider.sims().map(({ uniqueName: name }) => name)).toEqual(['Van 1', 'Field unit']);

  await page.getByRole('searchbox', { name: 'Search orders' }).fill('van');
  await expect(page.getByRole('row').filter({ hasText: 'SIM ready' })).toHaveCount(1);
});

test('what is set up in the account is done by itself, from the EID to ready', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await withAccount(page, provider);
  const section = page.getByRole('region', { name: 'After ordering' });
  await expect(section).toContainText('Nothing by itself.');
  await section.getByRole('button', { name: 'Set up …' }).click();
  await dialog(page).getByRole('button', { name: 'Do this by itself' }).click();
  await expect(dialog(page)).toContainText('Choose a Fleet: a SIM is used in one.');
  await chooseFleet(page, 'Pilot Fleet');
  await dialog(page)
    .getByRole('button', { name: /^Put in {date}-{n}/ })
    .click();
  await look(page, 'the dialog of the account');
  await dialog(page).getByRole('button', { name: 'Do this by itself' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(section).toContainText('The SIM becomes ready in Fleet “Pilot Fleet”, named {date}-{n}.');
  await look(page, 'the account');

  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await expect(dialog(page)).toContainText('Afterwards the SIM becomes ready in Fleet “Pilot Fleet”');
  await page.keyboard.press('Escape');
  await orderFor(page, EID);
  await expect(sim(page)).toContainText('Done, as wished', IN_TIME);
  expect(provider.provider.sims()).toMatchObject([
    { status: 'ready', uniqueName: expect.stringMatching(/^\d{4}-\d\d-\d\d-1$/) },
  ]);

  await goTo(page, 'Account');
  await section.getByRole('button', { name: 'Switch off' }).click();
  await expect(section).toContainText('Nothing by itself.');
});

test('a wish is kept before there is a SIM, and taken back', async ({ startReal }) => {
  const provider = await startProvider({ pace: { availableMs: null } });
  const { page } = await startReal();
  await withAccount(page, provider);
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  await dialog(page).getByText('By matching ID').click();
  await dialog(page).getByRole('button', { name: 'Order profile' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(sim(page)).toContainText('comes with the profile');
  await sim(page).getByRole('button', { name: 'Choose what it becomes …' }).click();
  await expect(dialog(page).getByRole('button', { name: /^Put in {imei}/ })).toBeDisabled();
  await chooseFleet(page, 'Pilot Fleet');
  await dialog(page).getByText('active', { exact: true }).click();
  await fleet(page).press('Enter');
  await expect(sim(page)).toContainText('Then: SIM active in Fleet “Pilot Fleet”');
  await look(page, 'a wish before the SIM');
  await sim(page).getByRole('button', { name: 'Not this time' }).click();
  await expect(sim(page)).toContainText('Nothing is done with it by itself.');
  await provider.server.close();
});

test('without a network the Fleets of last time are offered, the wish waits, and goes on by itself', async ({
  startReal,
  provider,
}) => {
  const { page } = await startReal();
  await withAccount(page, provider);
  await orderFor(page, EID);
  await page.keyboard.press('s');
  await fleet(page).click();
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await provider.server.stopListening();

  await page.keyboard.press('s');
  await expect(dialog(page)).toContainText('These are the Fleets of', IN_TIME);
  await chooseFleet(page, 'Pilot Fleet');
  await look(page, 'the dialog without a network');
  await fleet(page).press('Enter');
  await expect(sim(page)).toContainText('Waiting until Twilio can be reached', IN_TIME);
  await look(page, 'a wish without a network');
  await provider.server.listen();
  await expect(sim(page)).toContainText('Done, as wished', { timeout: 80_000 });
  expect(provider.provider.sims()).toMatchObject([{ status: 'ready' }]);
});

test('the demo bench has Fleets to try it with', async ({ demo }) => {
  test.setTimeout(240_000);
  const { page } = demo;
  await firstDevice(page);
  await page.getByRole('button', { name: 'Order profile' }).click();
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await expect(sim(page)).toContainText('new', IN_TIME);
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Device, order, EID, action').fill('activate sim');
  await expect(page.getByRole('button', { name: /Activate the SIM of Quectel EM05-G/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await chooseFleet(page, 'Pilot Fleet');
  await dialog(page)
    .getByRole('button', { name: /^Put in {imei}/ })
    .click();
  await look(page, 'the dialog in the demo', 'sim-activate');
  await dialog(page).getByRole('button', { name: 'Make it ready' }).click();
  await expect(sim(page)).toContainText('Done, as wished', IN_TIME);
  await sim(page).scrollIntoViewIfNeeded();
  await look(page, 'a SIM that is ready', 'sim-ready');

  await chooseDemo(demo, 'plug.simcom-a7908e');
  await goTo(page, 'Account');
  const section = page.getByRole('region', { name: 'After ordering' });
  await section.getByRole('button', { name: 'Set up …' }).click();
  // It begins with what was wished last.
  await expect(fleet(page)).toHaveValue('Pilot Fleet');
  await dialog(page).getByRole('button', { name: 'Do this by itself' }).click();
  await expect(dialog(page)).toBeHidden();
  await section.scrollIntoViewIfNeeded();
  await look(page, 'after ordering', 'after-ordering');
});
