import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { decode } from 'fast-png';
import decodeQr from 'qr/decode.js';
import type { BenchState } from '../../contract/state.ts';
import { writeQrFile } from '../bench/qrFile.ts';

export interface TourParts {
  readonly window: BrowserWindow;
  readonly state: () => BenchState;
  /** Where screenshots and the QR go. */
  readonly out: string;
  readonly say: (line: string) => void;
}

const STEP_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/**
 * Walks through the main job in the real window, with real clicks, as a technician would: a device is plugged in, its EID read, a
 * profile ordered, the order becomes available, the QR is there. Leaves a screenshot of each step and the QR as files.
 *
 * @returns whether the QR read off the last screenshot is the order's LPA string.
 */
export async function runDemoTour({ window, state, out, say }: TourParts): Promise<boolean> {
  mkdirSync(out, { recursive: true });
  let step = 0;
  const shoot = async (name: string): Promise<Uint8Array> => {
    const image = await capture(window);
    step += 1;
    const file = join(out, `${step}-${name}.png`);
    writeFileSync(file, image);
    say(`   ${file}`);
    return image;
  };

  say('1. Waiting for a device to be plugged in and its EID to be read');
  const device = await until('a device that is ready', () =>
    state().devices.find((d) => d.phase === 'ready'),
  );
  say(
    `   ${device.modem?.manufacturer ?? ''} ${device.modem?.model ?? ''}: EID ${device.eid?.value} (via ${device.eid?.via})`,
  );
  await until('the order button', () => hasButton(window, 'Order profile'));
  await shoot('device-ready');

  say('2. Ordering a profile for it');
  await click(window, 'Order profile');
  const ordered = await until('the order', () => state().orders.find((o) => o.eid === device.eid?.value));
  await shoot('ordered');

  say('3. Watching the order');
  const seen = new Set<string>();
  const order = await until('an available profile', () => {
    const now = state().orders.find((o) => o.id === ordered.id);
    for (const entry of now?.history ?? []) {
      if (!seen.has(entry.status)) say(`   ${entry.status}`);
      seen.add(entry.status);
    }
    return now?.lpa != null ? now : undefined;
  });
  const lpa = order.lpa ?? '';
  say(`4. ${lpa}`);
  await until('the QR', () => hasQr(window));
  const shown = await shoot('available');
  const file = join(out, 'qr.png');
  const written = await writeQrFile(file, lpa, 'png');
  if (written.ok) say(`   ${file}`);

  const read = readQr(shown);
  say(
    read === lpa
      ? '   The QR read off the screenshot is that string.'
      : '   The QR could not be read off the screenshot.',
  );
  return read === lpa;
}

async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
): Promise<T> {
  const end = Date.now() + STEP_LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`The demo waited ${STEP_LIMIT_MS / 1000} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Two frames after one another, so that what is captured is what has been painted. */
async function capture(window: BrowserWindow): Promise<Uint8Array> {
  await inPage(
    window,
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
  return (await window.webContents.capturePage()).toPNG();
}

/** Presses a button by its words, with the mouse, where it is on the screen. */
async function click(window: BrowserWindow, name: string): Promise<void> {
  const place = await inPage(
    window,
    `(() => { const b = ${findButton(name)}; b.scrollIntoView({block:'nearest'}); const r = b.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()`,
  );
  if (!isPlace(place)) throw new Error(`The demo found no button "${name}".`);
  const at = { x: Math.round(place.x), y: Math.round(place.y), button: 'left', clickCount: 1 } as const;
  window.webContents.sendInputEvent({ type: 'mouseMove', x: at.x, y: at.y });
  window.webContents.sendInputEvent({ type: 'mouseDown', ...at });
  window.webContents.sendInputEvent({ type: 'mouseUp', ...at });
}

async function hasButton(window: BrowserWindow, name: string): Promise<boolean> {
  return (
    (await inPage(window, `(() => { const b = ${findButton(name)}; return !!b && !b.disabled; })()`)) === true
  );
}

async function hasQr(window: BrowserWindow): Promise<boolean> {
  return (await inPage(window, `!!document.querySelector('[data-testid="qr"]')`)) === true;
}

function findButton(name: string): string {
  return `[...document.querySelectorAll('button')].find((b) => b.textContent.trim() === ${JSON.stringify(name)} || b.ariaLabel === ${JSON.stringify(name)})`;
}

function inPage(window: BrowserWindow, script: string): Promise<unknown> {
  return window.webContents.executeJavaScript(script);
}

function isPlace(value: unknown): value is { x: number; y: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'x' in value &&
    'y' in value &&
    typeof value.x === 'number' &&
    typeof value.y === 'number'
  );
}

function readQr(png: Uint8Array): string | null {
  const image = decode(png);
  if (!(image.data instanceof Uint8Array || image.data instanceof Uint8ClampedArray)) return null;
  try {
    return decodeQr({ width: image.width, height: image.height, data: new Uint8Array(image.data) });
  } catch {
    return null;
  }
}
