import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import { APP_ORIGIN } from './appFiles.ts';
import { loadWindowBounds, MIN_SIZE, saveWindowBounds } from './windowBounds.ts';

/** What is behind the page until it has painted, so that no theme flashes up in the other's colour. */
const BACKGROUND = { light: '#eef1ef', dark: '#0d1110' } as const;

export interface WindowOptions {
  readonly dataDir: string;
  readonly preload: string;
  readonly session: Session;
  readonly icon: string;
  readonly title: string;
  /** Whether the menu bar is in sight; on macOS it always is. */
  readonly menuBar: boolean;
}

/** Opens the one window of the app: sandboxed, isolated, without Node. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = loadWindowBounds(options.dataDir, displays, Date.now());
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: options.title,
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  // The menu is there for its keys (copy, zoom, quit); a bench has no room for a bar, unless there is something in it to choose.
  window.setMenuBarVisibility(options.menuBar);
  window.setAutoHideMenuBar(!options.menuBar);
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    saveWindowBounds(options.dataDir, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrash(window);
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** The truth is in main, so a window that crashed loses nothing by starting over; one that keeps crashing stays down. */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    crashes += 1;
    if (crashes <= 3) window.webContents.reload();
  });
}
