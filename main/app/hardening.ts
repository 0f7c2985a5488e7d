import { app, type Session } from 'electron';
import { isOwnAddress } from './appFiles.ts';

/**
 * Refuses everything that the window never needs, for every web contents that ever comes to be: navigation, new windows, embedded
 * views, permissions, downloads.
 */
export function hardenAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/**
 * Chromium fetches a dictionary for each session, from a server of Google's, before anybody has typed: switching the checker off comes
 * too late for that, taking its languages away does not.
 */
export function fetchNoDictionary(session: Session): void {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
}

/** Denies every permission, device and download in a session, and every address that is not the window's own. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('will-download', (event) => event.preventDefault());
  fetchNoDictionary(session);
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = isOwnAddress(details.url) || /^(data|blob|devtools):/.test(details.url);
    answer({ cancel: !own });
  });
}
