import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, nativeTheme, powerMonitor, session } from 'electron';
import type { RequestInput } from '../../contract/channels.ts';
import type { Order } from '../../contract/order.ts';
import type { Result } from '../../contract/result.ts';
import type { Bench } from '../bench/bench.ts';
import { deviceReport } from '../bench/compatibilityReport.ts';
import { benchHandlers } from '../bench/handlers.ts';
import { composeBench, composeDemoBench, type DemoComposition } from '../compose.ts';
import { createKeychainVault } from '../vault/keychainVault.ts';
import { createSessionVault } from '../vault/sessionVault.ts';
import { appHandlers } from './appRequests.ts';
import { demoMenu } from './demoMenu.ts';
import { runDemoTour } from './demoTour.ts';
import { hardenAllContents, hardenSession } from './hardening.ts';
import { listenToWindow, tellWindow } from './ipc.ts';
import { setApplicationMenu } from './menu.ts';
import { type AppOptions, parseAppArguments } from './options.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { createProviderFetches } from './providerFetch.ts';
import { ProxySignIn } from './proxySignIn.ts';
import { openWindow } from './window.ts';

/** Folder of the built app: `dist/`. */
const DIST = join(dirname(fileURLToPath(import.meta.url)), '..');

const options = parseAppArguments(process.argv.slice(1), process.cwd());
app.setName('eSIM Bench');
app.setPath('userData', options.dataDir);
registerAppScheme();
hardenAllContents();

let window: BrowserWindow | null = null;

// One app a data folder: the second brings the first to the front and ends.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app
    .whenReady()
    .then(() => main(options))
    .catch((error: unknown) => failToStart(error));
} else {
  app.exit(0);
}

async function main(options: AppOptions): Promise<void> {
  const { bench, demo, proxy } = await compose(options);
  nativeTheme.themeSource = bench.preferences.settings.theme;
  setApplicationMenu(demo === null ? [] : [demoMenu(demo)]);

  const windowSession = session.fromPartition('window', { cache: false });
  hardenSession(windowSession);
  serveApp(windowSession, join(DIST, 'renderer'));

  const opened = openWindow({
    dataDir: options.dataDir,
    preload: join(DIST, 'preload', 'preload.cjs'),
    session: windowSession,
    icon: join(DIST, '..', 'assets', 'icons', '256x256.png'),
    title: options.mode === 'demo' ? 'eSIM Bench: demo' : 'eSIM Bench',
    menuBar: demo !== null,
  });
  window = opened;
  opened.on('closed', () => {
    window = null;
  });

  const handlers = {
    ...benchHandlers(bench),
    ...appHandlers({
      window: () => window,
      order: (id) => bench.store.order(id),
      orders: () => allOrders(bench),
      atLog: bench.atLog,
      accounts: bench.accounts,
      signInToProxy: (login) => signInToProxy(proxy, bench, login),
      report: (id) => deviceReport(bench.devices, id, bench.store.state.app.version),
    }),
  };
  listenToWindow(opened, handlers, () => bench.store.flush());
  bench.store.onChange((change) => {
    if (change.slices.settings) nativeTheme.themeSource = change.slices.settings.theme;
    tellWindow(opened, 'state.changed', change);
  });
  proxy.onAsked((proxyLogin) => bench.store.set({ proxyLogin }));
  bench.atLog.onAdded((entries) => tellWindow(opened, 'atLog.added', { entries }));

  bench.start();
  for (const path of options.ports) bench.devices.addPort(path, options.baudRate);
  powerMonitor.on('resume', () => bench.networkMayBeBack());
  endWith(bench);

  if (options.auto) await walk(bench, opened, options);
}

function allOrders(bench: Bench): Result<Order[]> {
  const desk = bench.openOrders();
  return desk.ok ? desk.value.list() : desk;
}

interface Composition {
  readonly bench: Bench;
  readonly demo: DemoComposition['demo'] | null;
  readonly proxy: ProxySignIn;
}

async function compose(options: AppOptions): Promise<Composition> {
  if (options.mode === 'demo') {
    const composition = await composeDemoBench(options.dataDir);
    composition.demo.start();
    // Nothing of the demo goes through a network, so nothing is ever asked.
    return { ...composition, proxy: new ProxySignIn(createSessionVault()) };
  }
  const vault = createKeychainVault();
  const proxy = new ProxySignIn(vault);
  const bench = composeBench({
    dataDir: options.dataDir,
    vault,
    ...createProviderFetches(proxy),
    onError: (error) => console.error(error instanceof Error ? error.message : String(error)),
  });
  return { bench, demo: null, proxy };
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
    say(error instanceof Error ? error.message : String(error));
  }
  say(
    done ? `Done. Everything is in ${out}` : `The demo did not come to its end. What there is, is in ${out}`,
  );
  await bench.stop();
  app.exit(done ? 0 : 1);
}

function failToStart(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`eSIM Bench could not start: ${text}\n`);
  if (!options.auto)
    dialog.showErrorBox('eSIM Bench could not start', `${text}\n\nThe ledger was not changed.`);
  app.exit(1);
}
