import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type ProxyOptions, type ProxyServer, startProxy } from '../support/providerProxy.ts';
import { createAuthority, type PrivateAuthority, startTlsFront } from '../support/providerTls.ts';
import type { RunningProvider } from '../support/realWorld.ts';
import { test as base, goTo, launch, type RunningApp, setAccount } from './support/app.ts';
import { violations } from './support/axe.ts';
import { shot } from './support/chip.ts';
import { createHome, type Home, systemProxy } from './support/proxiedApp.ts';

/**
 * A name that no resolver knows, which the proxy leads to TLS on loopback: Chromium asks this computer itself straight, whatever the
 * system's proxy is.
 */
const HOST = 'provider.test';
const EID = '89044011112233441122334411223321';
const USER = 'mara';
const PASSWORD = 'pass:w0rd/of the proxy';
const WRONG = 'yesterdays password';

interface World {
  readonly authority: PrivateAuthority;
  readonly trusting: Home;
  readonly doubting: Home;
}

interface Fixtures {
  /** Everything that is open is closed after the test. */
  readonly closeAfter: <T extends { close(): Promise<unknown> }>(what: T) => T;
  /** A proxy in front of the provider, which has this certificate. */
  readonly proxied: (
    options?: Partial<ProxyOptions> & { readonly certified?: string },
  ) => Promise<ProxyServer>;
  /** Starts the app behind a proxy. */
  readonly startBehind: (
    proxy: ProxyServer,
    how?: { readonly home?: 'trusting' | 'doubting'; readonly env?: Readonly<Record<string, string>> },
  ) => Promise<RunningApp>;
  /** The provider under the name that only the proxy knows. */
  readonly named: RunningProvider;
}

const test = base.extend<Fixtures, { readonly world: World | string }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are asked for off this pattern
    async ({}, use) => {
      const authority = await createAuthority();
      if (authority === null) {
        await use('There is no openssl here to make certificates with.');
        return;
      }
      const trusting = await createHome(authority.file);
      const doubting = await createHome(null);
      if (trusting === null || doubting === null)
        await use('There is no certutil here (Debian: libnss3-tools) to have a certificate trusted with.');
      else await use({ authority, trusting, doubting });
      trusting?.remove();
      doubting?.remove();
      authority.remove();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  closeAfter: async ({}, use) => {
    const open: { close(): Promise<unknown> }[] = [];
    await use((what) => {
      open.push(what);
      return what;
    });
    for (const one of open.reverse()) await one.close();
  },
  named: async ({ provider }, use) => {
    await use({ ...provider, server: { ...provider.server, origin: `https://${HOST}` } });
  },
  proxied: async ({ world, provider, closeAfter }, use) => {
    await use(async ({ certified = HOST, ...options } = {}) => {
      const certificate = await there(world).authority.certify(certified);
      const front = closeAfter(await startTlsFront(certificate, provider.server.port));
      return closeAfter(await startProxy({ hosts: { [`${HOST}:443`]: front.port }, ...options }));
    });
  },
  startBehind: async ({ world, dataDir, keyring, closeAfter }, use, info) => {
    await use(async (proxy, { home = 'trusting', env: more = {} } = {}) => {
      const env = { ...keyring.env, ...systemProxy(proxy.port), HOME: there(world)[home].folder, ...more };
      const running = await launch({ dataDir, env });
      const close = async () => {
        await info.attach('output', { body: running.output(), contentType: 'text/plain' });
        await running.close().catch(() => undefined);
      };
      closeAfter({ close });
      return running;
    });
  },
});

test.beforeEach(({ world }) => {
  test.skip(process.platform !== 'linux', 'Proxy and certificates are set as Linux has them.');
  test.skip(typeof world === 'string', String(world));
});

function there(world: World | string): World {
  if (typeof world === 'string') throw new Error(world);
  return world;
}

const signIn = (page: Page) => page.getByRole('dialog', { name: 'Sign in to the proxy' });
const notice = (page: Page, text: RegExp) => page.locator('.notice').filter({ hasText: text });
const providerState = (page: Page) => page.locator('.provider');

async function orderByEid(page: Page): Promise<void> {
  await goTo(page, 'Orders');
  await page.getByRole('button', { name: 'New order' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'EID' }).fill(EID);
  await dialog.getByRole('button', { name: 'Order profile' }).click();
}

/** The order was tried, and waits for the network. */
async function expectWaiting(page: Page): Promise<void> {
  await expect(page.getByRole('main', { name: 'Order' })).toContainText(
    'Waiting until Twilio can be reached',
  );
}

async function answer(page: Page, password: string, keep?: 'Until the app ends'): Promise<void> {
  const dialog = signIn(page);
  await dialog.getByRole('textbox', { name: 'User name' }).fill(USER);
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  if (keep !== undefined) await dialog.getByText(keep).click();
  await page.keyboard.press('Enter');
}

/** Everything that the app has left anywhere a password must not be. */
async function traces({ page, dataDir, output }: RunningApp): Promise<string> {
  const state = await page.evaluate(() => window.bench.request('state.get', null));
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  return [JSON.stringify(state), output(), ...files].join('\n');
}

test('requests go through the system’s proxy, and through TLS of an authority that the system trusts', async ({
  startBehind,
  proxied,
  named,
}) => {
  const proxy = await proxied();
  const { page } = await startBehind(proxy);
  await setAccount(page, named);
  await expect(providerState(page)).toContainText('reachable');
  await orderByEid(page);
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  await expect(signIn(page)).toHaveCount(0);

  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${HOST}:443 200`]));
  expect(named.provider.profiles()).toHaveLength(1);
  // What goes through is TLS from end to end.
  expect(proxy.received().length).toBeGreaterThan(500);
  expect(proxy.received().includes('ESimProfiles')).toBe(false);
});

test('a proxy that asks for a login is answered by the technician; a wrong password is sent once', async ({
  startBehind,
  proxied,
  named,
}, info) => {
  const proxy = await proxied({ login: { user: USER, password: PASSWORD } });
  const first = await startBehind(proxy);
  const { page } = first;
  await setAccount(page, named);

  const dialog = signIn(page);
  await expect(dialog).toContainText(`The proxy 127.0.0.1:${proxy.port} asks for a user name and password`);
  await expect(dialog).toContainText('It says: “test”');
  await expect(dialog.getByRole('textbox', { name: 'User name' })).toBeFocused();
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => window.bench.request('settings.set', { theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await shot(page, `proxy-sign-in-${theme}`);
    expect(await violations(page), theme).toEqual([]);
  }

  // Put aside, the bench goes on without the provider, and orders wait.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(notice(page, /The proxy .* asks for a user name and password/)).toBeVisible();
  await orderByEid(page);
  await expectWaiting(page);
  await expect(dialog).toHaveCount(0);

  await notice(page, /The proxy/)
    .getByRole('button', { name: 'Sign in' })
    .click();
  await answer(page, WRONG);
  await expect(dialog.getByRole('alert')).toContainText('does not accept this user name and password');
  await expect(dialog.getByLabel('Password', { exact: true })).toHaveValue('');
  await expect(dialog.getByLabel('Password', { exact: true })).toBeFocused();
  expect(await violations(page), 'refused').toEqual([]);
  await page.screenshot({ path: info.outputPath('refused.png'), animations: 'disabled' });
  await page.keyboard.press('Escape');
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('asks for a user name and password');
  expect(proxy.given).toEqual([`${USER}:${WRONG}`]);
  expect(named.provider.record()).toEqual([]);

  await notice(page, /does not accept/)
    .getByRole('button', { name: 'Sign in' })
    .click();
  await answer(page, PASSWORD);
  await expect(dialog).toHaveCount(0);
  await expect(providerState(page)).toContainText('reachable');
  await expect(notice(page, /proxy/)).toHaveCount(0);
  await goTo(page, 'Orders');
  await expect(page.getByTestId('qr')).toBeVisible({ timeout: 30_000 });
  expect(named.provider.profiles()).toHaveLength(1);
  expect(proxy.given.filter((given) => given !== `${USER}:${PASSWORD}`)).toHaveLength(1);
  for (const secret of [PASSWORD, WRONG, named.account.secret])
    expect((await traces(first)).includes(secret)).toBe(false);

  // It was kept in the keychain.
  await first.close();
  const again = await startBehind(proxy);
  await expect(providerState(again.page)).toContainText('reachable');
  await expect(signIn(again.page)).toHaveCount(0);
});

test('a login that is kept is forgotten in the settings: the proxy asks again, now and at the next start', async ({
  startBehind,
  proxied,
  named,
}) => {
  const proxy = await proxied({ login: { user: USER, password: PASSWORD } });
  const first = await startBehind(proxy);
  await setAccount(first.page, named);
  await answer(first.page, PASSWORD);
  await expect(providerState(first.page)).toContainText('reachable');
  await first.close();

  const again = await startBehind(proxy);
  const { page } = again;
  await expect(providerState(page)).toContainText('reachable');
  await goTo(page, 'Account');
  const logins = page.getByRole('region', { name: 'Logins for proxies' });
  await expect(logins.getByRole('listitem')).toContainText(`127.0.0.1:${proxy.port}`);
  await expect(logins).toContainText('“test” · basic · in the keychain');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => window.bench.request('settings.set', { theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    expect(await violations(page), theme).toEqual([]);
  }
  expect(await traces(again)).not.toContain(PASSWORD);
  expect(await traces(again)).not.toContain(USER);

  const given = proxy.given.length;
  await logins.getByRole('button', { name: /^Forget the login for/ }).click();
  await expect(logins).toContainText('is forgotten.');
  await expect(logins.getByRole('listitem')).toHaveCount(0);
  await expect(logins.getByRole('heading')).toBeFocused();
  // Whatever asks first, the bench by itself or this.
  await page.evaluate(() => window.bench.request('account.test', null));
  await expect(notice(page, /asks for a user name and password/)).toBeVisible();
  expect(proxy.given).toHaveLength(given);
  await again.close();

  const third = await startBehind(proxy);
  await expect(signIn(third.page)).toBeVisible();
  await signIn(third.page).press('Escape');
  await goTo(third.page, 'Account');
  await expect(third.page.getByText('Logins for proxies')).toHaveCount(0);
  expect(proxy.given).toHaveLength(given);
});

test('a login for this run alone is asked for again at the next start', async ({
  startBehind,
  proxied,
  named,
}) => {
  const proxy = await proxied({ login: { user: USER, password: PASSWORD } });
  const first = await startBehind(proxy);
  await setAccount(first.page, named);
  await answer(first.page, PASSWORD, 'Until the app ends');
  await expect(providerState(first.page)).toContainText('reachable');
  await first.close();

  const again = await startBehind(proxy);
  await expect(signIn(again.page)).toBeVisible();
});

test('where the keychain cannot keep the login, it is kept until the app ends, without typing it again', async ({
  startBehind,
  proxied,
  named,
}) => {
  const proxy = await proxied({ login: { user: USER, password: PASSWORD } });
  const { page } = await startBehind(proxy, {
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
  });
  await setAccount(page, named);
  await page.getByRole('button', { name: 'Keep until the app ends' }).click();
  const dialog = signIn(page);
  await answer(page, PASSWORD);
  await expect(dialog.getByRole('alert')).toContainText('keychain');
  expect(proxy.given).toEqual([]);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep until the app ends' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(providerState(page)).toContainText('reachable');

  const logins = page.getByRole('region', { name: 'Logins for proxies' });
  await expect(logins.getByRole('listitem')).toContainText('until the app ends');
  await logins.getByRole('button', { name: /^Forget the login for/ }).click();
  await expect(logins).toContainText('is forgotten.');
});

test('a server that asks as a proxy does is not given the proxy’s login', async ({
  world,
  startBehind,
  named,
  closeAfter,
}) => {
  const seen: (string | undefined)[] = [];
  const server: Server = createServer(await there(world).authority.certify(HOST), (request, response) => {
    seen.push(request.headers.authorization, request.headers['proxy-authorization']);
    response
      .writeHead(401, {
        'WWW-Authenticate': 'Basic realm="test"',
        'Proxy-Authenticate': 'Basic realm="test"',
      })
      .end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfter({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const { port } = server.address() as AddressInfo;
  const proxy = closeAfter(
    await startProxy({ login: { user: USER, password: PASSWORD }, hosts: { [`${HOST}:443`]: port } }),
  );
  const { page } = await startBehind(proxy);
  await setAccount(page, named);
  await answer(page, PASSWORD, 'Until the app ends');
  await expect(notice(page, /does not accept these credentials/)).toBeVisible();
  await expect(signIn(page)).toHaveCount(0);
  const { keySid, secret } = named.account;
  const own = `Basic ${Buffer.from(`${keySid}:${secret}`).toString('base64')}`;
  expect(new Set(seen)).toEqual(new Set([own, undefined]));
});

test.describe('a certificate', () => {
  for (const { what, home, certified } of [
    { what: 'of an authority that the system does not trust', home: 'doubting', certified: HOST },
    { what: 'of another host', home: 'trusting', certified: 'another.test' },
  ] as const) {
    test(`${what} is refused, says so, and nothing is sent`, async ({
      startBehind,
      proxied,
      named,
    }, info) => {
      const proxy = await proxied({ certified });
      const { page } = await startBehind(proxy, { home });
      await setAccount(page, named);
      await expect(notice(page, /The certificate of the provider is not trusted/)).toBeVisible();
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await expect(page.getByRole('main').getByRole('alert')).toContainText(
        'The certificate of the provider is not trusted.',
      );
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: info.outputPath('certificate.png'), animations: 'disabled' });
      await orderByEid(page);
      await expectWaiting(page);

      expect(proxy.asked.length).toBeGreaterThan(0);
      expect(named.provider.record()).toEqual([]);
      for (const secret of [named.account.secret, named.account.keySid, EID])
        expect(proxy.received().includes(secret)).toBe(false);
    });
  }
});
