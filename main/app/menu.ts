import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** The application menu: the system's own items, for their keys, and `extra` ones. On macOS it is the bar at the top of the screen. */
export function setApplicationMenu(extra: readonly MenuItemConstructorOptions[] = []): void {
  const mac = process.platform === 'darwin';
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // Ctrl and = is what a hand finds without Shift.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (!app.isPackaged) view.push({ type: 'separator' }, { role: 'toggleDevTools' });
  const first: MenuItemConstructorOptions = mac
    ? { role: 'appMenu' }
    : { label: 'File', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      first,
      { role: 'editMenu' },
      { label: 'View', submenu: view },
      ...extra,
      { role: 'windowMenu' },
    ]),
  );
}
