import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, powerMonitor } from 'electron';
import type { RequestInput } from '../../contract/channels.ts';
import type { Order } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';
import { errorText } from '../base/errorText.ts';
import type { Bench } from '../bench/bench.ts';
import { deviceReport } from '../bench/compatibilityReport.ts';
import { benchHandlers } from '../bench/handlers.ts';
import type { Preferences } from '../bench/preferences.ts';
import { answerRequest } from '../bench/requests.ts';
import { composeBench, composeDemoBench, type DemoComposition } from '../compose.ts';
import { createKeychainVault } from '../vault/keychainVault.ts';
import { createSessionVault } from '../vault/sessionVault.ts';
import { appHandlers } from './appRequests.ts';
import { demoMenu } from './demoMenu.ts';
import { runDemoTour } from './demoTour.ts';
import { type Answerer, tellWindow } from './ipc.ts';
import { setApplicationMenu } from './menu.ts';
import type { AppOptions } from './options.ts';
import { createProviderFetches, type ProviderFetches } from './providerFetch.ts';
import { ProxyBook } from './proxyBook.ts';
import { ProxySignIn } from './proxySignIn.ts';

export interface RunningBench {
  readonly answer: Answerer;
  /** What is still to be done once the window is answered: the demo's own walk. */
  readonly walk: () => Promise<void>;
}

/** How long the window's first picture takes, from its first answer on, ms. */
const PICTURE_MS = 150;

/** How long the ports wait for a window that asks for nothing, ms. */
const WINDOW_LIMIT_MS = 2_000;

/** Puts the bench together behind a window that is open already, and begins its work. */
export async function runBench(
  window: BrowserWindow,
  options: AppOptions,
  preferences: Preferences | null,
): Promise<RunningBench> {
  const { bench, demo, proxy, forgetLogins } = await compose(options, preferences);
  if (demo !== null) setApplicationMenu([demoMenu(demo)]);
  nativeTheme.themeSource = bench.preferences.settings.theme;
  const inSight = () => (window.isDestroyed() ? null : window);
  const handlers = {
    ...benchHandlers(bench),
    ...appHandlers({
      window: inSight,
      order: (id) => bench.store.order(id),
      orders: () => allOrders(bench),
      atLog: bench.atLog,
      accounts: bench.accounts,
      signInToProxy: (login) => signInToProxy(proxy, bench, login),
      forgetProxyLogin: (which) => proxy.forget(which, forgetLogins),
      report: (id) => deviceReport(bench.devices, id, bench.store.state.app.version),
    }),
  };
  bench.store.onChange((change) => {
    if (change.slices.settings) nativeTheme.themeSource = change.slices.settings.theme;
    tellWindow(window, 'state.changed', change);
  });
  proxy.onAsked((proxyLogin) => bench.store.set({ proxyLogin }));
  proxy.onKept((keptProxyLogins) => bench.store.set({ keptProxyLogins }));
  bench.atLog.onAdded((entries) => tellWindow(window, 'atLog.added', { entries }));

  // The list of ports, with a process of its own on Linux, comes after the window's first picture; it waits for that only so long.
  bench.start({ portsLater: true });
  const watchPorts = () => bench.watchPorts();
  setTimeout(watchPorts, WINDOW_LIMIT_MS);
  let answered = false;
  for (const path of options.ports) bench.devices.addPort(path, options.baudRate);
  powerMonitor.on('resume', () => bench.networkMayBeBack());
  // The command line may have been at the accounts meanwhile.
  window.on('focus', () => void bench.accounts.look());
  endWith(bench);
  return {
    async answer(name, input) {
      const answer = await answerRequest(handlers, name, input);
      // What it speaks of (a new order, a new device) is then in the window's state already.
      bench.store.flush();
      if (!answered) setTimeout(watchPorts, PICTURE_MS);
      answered = true;
      return answer;
    },
    walk: () => (options.auto ? walk(bench, window, options) : Promise.resolve()),
  };
}

function allOrders(bench: Bench): Result<Order[]> {
  const desk = bench.openOrders();
  return desk.ok ? desk.value.list() : desk;
}

interface Composition {
  readonly bench: Bench;
  readonly demo: DemoComposition['demo'] | null;
  readonly proxy: ProxySignIn;
  readonly forgetLogins: ProviderFetches['forgetLogins'];
}

async function compose(options: AppOptions, preferences: Preferences | null): Promise<Composition> {
  if (options.mode === 'demo') {
    const composition = await composeDemoBench(options.dataDir);
    composition.demo.start();
    // Nothing of the demo goes through a network, so nothing is ever asked.
    return {
      ...composition,
      proxy: new ProxySignIn(createSessionVault(), new ProxyBook(null, 0)),
      forgetLogins: () => Promise.resolve(),
    };
  }
  const vault = createKeychainVault();
  const proxy = new ProxySignIn(vault, new ProxyBook(options.dataDir, Date.now()));
  const { forgetLogins, ...fetches } = createProviderFetches(proxy);
  const bench = composeBench({
    dataDir: options.dataDir,
    vault,
    ...(preferences && { preferences }),
    ...fetches,
    onError: (error) => console.error(errorText(error)),
  });
  return { bench, demo: null, proxy, forgetLogins };
}

/** Tries the login with a request that orders nothing; where it is accepted, what waits for the provider goes on. */
async function signInToProxy(
  proxy: ProxySignIn,
  bench: Bench,
  login: RequestInput<'proxy.signIn'>,
): Promise<Result<null>> {
  const signedIn = await proxy.signIn(login, () => bench.accounts.test());
  if (signedIn.ok) bench.networkMayBeBack();
  return signedIn;
}

/** How long ending may take before the process goes anyway, ms: the ledger is durable at every moment. */
const END_LIMIT_MS = 10_000;

/** The app ends when its window is closed, on every system: a bench without a window would hold ports that nobody sees. */
function endWith(bench: Bench): void {
  let ending = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const exit = () => app.exit(0);
    setTimeout(exit, END_LIMIT_MS);
    bench.stop().then(exit, exit);
  });
}

async function walk(bench: Bench, opened: BrowserWindow, options: AppOptions): Promise<void> {
  const out = options.out ?? mkdtempSync(join(tmpdir(), 'esim-bench-demo-'));
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let done = false;
  try {
    done = await runDemoTour({ window: opened, state: () => bench.store.snapshot().state, out, say });
  } catch (error) {
    say(errorText(error));
  }
  say(
    done ? `Done. Everything is in ${out}` : `The demo did not come to its end. What there is, is in ${out}`,
  );
  await bench.stop();
  app.exit(done ? 0 : 1);
}
