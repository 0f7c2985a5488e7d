import { expect } from '@playwright/test';
import { launch, test } from './support/app.ts';

test.describe('the window’s walls', () => {
  test('there is no Node and no Electron behind them, and one bridge with two functions', async ({
    demo,
  }) => {
    const seen = await demo.page.evaluate(() => ({
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      module: typeof Reflect.get(window, 'module'),
      electron: typeof Reflect.get(window, 'electron'),
      bridge: Object.keys(window.bench).sort(),
      origin: window.origin,
    }));
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      module: 'undefined',
      electron: 'undefined',
      bridge: ['on', 'request'],
      origin: 'app://bench',
    });
    const preferences = await demo.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const contents = window?.webContents;
      // Electron has it, its types do not.
      return contents === undefined ? null : Reflect.get(contents, 'getLastWebPreferences').call(contents);
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  test('nothing can be fetched from anywhere, not even from the app’s own origin', async ({
    demo,
    provider,
  }) => {
    for (const address of [
      provider.server.origin,
      'app://bench/index.html',
      'file:///etc/passwd',
      'https://example.com',
    ]) {
      const outcome = await demo.page.evaluate(
        (to) =>
          fetch(to).then(
            () => 'fetched',
            () => 'refused',
          ),
        address,
      );
      expect(outcome, address).toBe('refused');
    }
    expect(provider.provider.record()).toEqual([]);
  });

  test('a picture or a script from elsewhere is not loaded, an inline script does not run', async ({
    demo,
    provider,
  }) => {
    const outcome = await demo.page.evaluate(async (origin) => {
      const load = (element: HTMLImageElement | HTMLScriptElement) =>
        new Promise<string>((resolve) => {
          element.onload = () => resolve('loaded');
          element.onerror = () => resolve('refused');
          document.body.append(element);
        });
      const image = document.createElement('img');
      image.src = `${origin}/picture.png`;
      const script = document.createElement('script');
      script.src = `${origin}/script.js`;
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.body.append(inline);
      let evaluated = 'ran';
      // What runs at once counts as typed into the developer tools, where eval is allowed.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        new Function('return 1')();
      } catch {
        evaluated = 'refused';
      }
      return {
        image: await load(image),
        script: await load(script),
        inline: Reflect.get(window, 'inlineRan'),
        evaluated,
      };
    }, provider.server.origin);
    expect(outcome).toEqual({ image: 'refused', script: 'refused', inline: undefined, evaluated: 'refused' });
    expect(provider.provider.record()).toEqual([]);
  });

  test('it cannot be led away, opens no other window and embeds no page', async ({ demo, provider }) => {
    const { page, app } = demo;
    const before = page.url();
    await page.evaluate((to) => window.open(to), provider.server.origin);
    await page.evaluate((to) => {
      const frame = document.createElement('iframe');
      frame.src = to;
      document.body.append(frame);
    }, provider.server.origin);
    await page.evaluate((to) => {
      location.href = to;
    }, provider.server.origin);
    // Playwright waits for the navigation that was refused, so the shell is asked.
    const after = await app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const views = await window?.webContents.executeJavaScript(
        'document.querySelectorAll("nav button").length',
      );
      return { url: window?.webContents.getURL(), views };
    });
    expect(after).toEqual({ url: before, views: expect.any(Number) });
    expect(after.views).toBeGreaterThan(2);
    expect(app.windows()).toHaveLength(1);
    expect(provider.provider.record()).toEqual([]);
  });

  test('every permission is denied', async ({ demo }) => {
    const states = await demo.page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
      ] as const;
      const asked = await Promise.all(
        names.map((name) =>
          navigator.permissions.query({ name: name as PermissionName }).then(
            ({ state }) => state,
            () => 'denied',
          ),
        ),
      );
      const clipboard = await navigator.clipboard.readText().then(
        () => 'read',
        () => 'denied',
      );
      return [...asked, clipboard];
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  test('what is not in the contract does not pass the bridge', async ({ demo }) => {
    const answers = await demo.page.evaluate(async () => {
      const ask = window.bench.request as (
        name: unknown,
        input: unknown,
      ) => Promise<{ ok: boolean; fault?: { code: string } }>;
      const bad: [unknown, unknown][] = [
        ['no.such', null],
        ['__proto__', null],
        [null, null],
        ['state.get', { extra: 1 }],
        ['orders.create', null],
        ['orders.create', { target: { kind: 'eid', eid: 'x'.repeat(5_000) } }],
        ['account.set', { secret: 'x' }],
        ['devices.addPort', { path: '/dev/tty\u0000', baudRate: 115200 }],
        ['devices.addPort', { path: '/dev/ttyS0', baudRate: -1 }],
        ['chip.change', { deviceId: 'x', change: { kind: 'format' } }],
        ['devices.enterPin', { deviceId: 'x', pin: '12' }],
        ['clipboard.write', { text: 'x'.repeat(40_001) }],
      ];
      return Promise.all(bad.map(([name, input]) => ask(name, input)));
    });
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, fault: { code: 'usage.invalid' } });
  });

  test('another page with the same bridge is not listened to', async ({ demo }) => {
    const answer = await demo.app.evaluate(async ({ app, BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/dist/preload/preload.cjs`, sandbox: true },
      });
      await stranger.loadURL('data:text/html,<title>stranger</title>');
      const said: unknown = await stranger.webContents.executeJavaScript(
        "window.bench.request('state.get', null)",
      );
      stranger.destroy();
      return said;
    });
    expect(answer).toMatchObject({
      ok: false,
      fault: { code: 'usage.invalid', message: 'This request did not come from the window.' },
    });
  });

  test('a second start on the same data folder brings the first window to the front, and ends', async ({
    demo,
    dataDir,
  }) => {
    await expect(launch({ dataDir, args: ['--demo'] })).rejects.toThrow();
    expect(demo.app.windows()).toHaveLength(1);
  });
});
