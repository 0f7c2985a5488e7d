import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron';
import { errorText } from '../base/errorText.ts';
import { Preferences } from '../bench/preferences.ts';
import { hardenAllContents, hardenSession } from './hardening.ts';
import { listenToWindow } from './ipc.ts';
import { setApplicationMenu } from './menu.ts';
import { type AppOptions, parseAppArguments } from './options.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { openWindow } from './window.ts';

/** Folder of the built app: `dist/`. */
const DIST = join(dirname(fileURLToPath(import.meta.url)), '..');

const options = parseAppArguments(process.argv.slice(1), process.cwd());
app.setName('eSIM Bench');
app.setPath('userData', options.dataDir);
registerAppScheme();
hardenAllContents();

/** How long the bench waits until the page has been asked for, ms: one that never is must not keep the devices waiting. */
const PAGE_LIMIT_MS = 2_000;

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
  // The demo begins anew, so it has none yet.
  const preferences = options.mode === 'demo' ? null : new Preferences(options.dataDir, Date.now());
  nativeTheme.themeSource = preferences?.settings.theme ?? 'system';

  // Electron's own menu has more in it than a technician should meet; the demo's comes with its bench.
  setApplicationMenu([]);

  const windowSession = session.fromPartition('window', { cache: false });
  hardenSession(windowSession);
  const pageServed = serveApp(windowSession, join(DIST, 'renderer'));

  const opened = openWindow({
    dataDir: options.dataDir,
    preload: join(DIST, 'preload', 'preload.cjs'),
    session: windowSession,
    icon: join(DIST, '..', 'assets', 'icons', '256x256.png'),
    title: options.mode === 'demo' ? 'eSIM Bench: demo' : 'eSIM Bench',
    menuBar: options.mode === 'demo',
  });
  window = opened;
  opened.on('closed', () => {
    window = null;
  });
  // The window's process starts and takes up the page while the bench, with all its native parts, is put together here. Not sooner: the
  // page would wait for it.
  const running = Promise.race([pageServed, setTimeout(PAGE_LIMIT_MS)])
    .then(() => import('./runBench.ts'))
    .then(({ runBench }) => runBench(opened, options, preferences));
  listenToWindow(
    opened,
    running.then(({ answer }) => answer),
  );
  await (await running).walk();
}

function failToStart(error: unknown): void {
  const text = errorText(error);
  process.stderr.write(`eSIM Bench could not start: ${text}\n`);
  if (!options.auto)
    dialog.showErrorBox('eSIM Bench could not start', `${text}\n\nThe ledger was not changed.`);
  app.exit(1);
}
