import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { EventName, EventPayload } from '../../contract/channels.ts';
import { fault } from '../../contract/fault.ts';
import { fail, type Result } from '../../contract/result.ts';
import { isOwnAddress } from './appFiles.ts';

const REQUEST_CHANNEL = 'bench:request';
const EVENT_CHANNEL = 'bench:event';

/** Answers one request, of which nothing was checked yet. Never rejects. */
export type Answerer = (name: unknown, input: unknown) => Promise<Result<unknown>>;

/**
 * Answers the window's requests, from its own main frame on its own origin alone. One that comes before there is somebody to answer it
 * waits.
 */
export function listenToWindow(window: BrowserWindow, answerer: Promise<Answerer>): () => void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isFromWindow(window, event)) {
      return fail(fault('usage.invalid', { message: 'This request did not come from the window.' }));
    }
    return (await answerer)(name, input);
  });
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}

/** Tells the window something; nothing where it is gone. */
export function tellWindow<N extends EventName>(
  window: BrowserWindow,
  name: N,
  payload: EventPayload<N>,
): void {
  if (!window.isDestroyed() && !window.webContents.isDestroyed())
    window.webContents.send(EVENT_CHANNEL, name, payload);
}

function isFromWindow(window: BrowserWindow, event: IpcMainInvokeEvent): boolean {
  if (window.isDestroyed() || event.sender !== window.webContents) return false;
  const frame = event.senderFrame;
  return frame !== null && frame === window.webContents.mainFrame && isOwnAddress(frame.url);
}
