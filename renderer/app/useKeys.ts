import { useEffect } from 'react';
import { readScanned } from '../format/scanned.ts';
import { PRIMARY } from '../ui/PrimaryButton.tsx';
import { closeDialog, currentPlace, type DeviceTab, go, type OrderSide, openDialog } from './place.ts';
import { createScanCatcher } from './scanCatcher.ts';

/** Elements that take a key themselves. */
const TAKES_TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
const TAKES_ENTER = `${TAKES_TEXT}, button, a, summary, [role="menuitem"], [role="dialog"] input`;

/** Elements whose keys are theirs alone, also the Esc that has just closed them. */
const TAKES_ALL = '[role="dialog"], [role="menu"]';

/** The QR that `F` enlarges: that of the order in sight. */
export type QrInSight = () => string | null;

/** The order whose Sim `S` activates: the one in sight. */
export type SimInSight = () => string | null;

/** The keys that work everywhere in the window. Lists take their arrows themselves. */
export function useKeys(qrInSight: QrInSight, simInSight: SimInSight): void {
  useEffect(() => {
    const scanner = createScanCatcher();

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const typing = target.closest(TAKES_TEXT) !== null;
      const { dialog, view } = currentPlace();
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;

      if (!typing && plain && dialog === null) {
        const { scanned, held } = scanner.take(event.key, event.timeStamp);
        if (scanned !== null && readScanned(scanned).kind === 'eid') {
          event.preventDefault();
          openDialog({ kind: 'newOrder', way: 'eid', scanned });
          return;
        }
        if (held) return;
      }
      if (dialog?.kind === 'qr' && plain && event.key.toLowerCase() === 'f') {
        event.preventDefault();
        closeDialog();
        return;
      }
      if (inDialog() || target.closest(TAKES_ALL) !== null) return;

      const mod = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const view_ = mod ? VIEW_KEYS[event.key] : undefined;
      if (view_ !== undefined) {
        event.preventDefault();
        go({ view: view_ });
        return;
      }
      if (mod && event.key === 'f') {
        event.preventDefault();
        if (view !== 'orders') go({ view: 'orders' });
        // The field is there after the next paint.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('input[data-search]')?.focus());
        return;
      }
      if (mod && event.key === 'n') {
        event.preventDefault();
        openDialog({ kind: 'newOrder', way: 'eid', scanned: null });
        return;
      }
      if (event.key === 'Escape') {
        focusList();
        return;
      }
      if (typing || !plain || event.repeat) return;
      if (event.key === '?') {
        event.preventDefault();
        openDialog({ kind: 'keys' });
      } else if (event.key.toLowerCase() === 'f') {
        const orderId = qrInSight();
        if (orderId === null) return;
        event.preventDefault();
        openDialog({ kind: 'qr', orderId });
      } else if (event.key.toLowerCase() === 's') {
        const orderId = simInSight();
        if (orderId === null) return;
        event.preventDefault();
        openDialog({ kind: 'activateSim', orderId });
      } else if (view === 'devices' && TAB_KEYS[event.key.toLowerCase()] !== undefined) {
        const tab = TAB_KEYS[event.key.toLowerCase()];
        if (tab === undefined || document.querySelector('[data-device-tabs]') === null) return;
        event.preventDefault();
        go({ deviceTab: tab });
      } else if (view === 'orders' && SIDE_KEYS[event.key.toLowerCase()] !== undefined) {
        const side = SIDE_KEYS[event.key.toLowerCase()];
        if (side === undefined) return;
        event.preventDefault();
        go({ orderSide: side });
      } else if (event.key === 'Enter' && target.closest(TAKES_ENTER) === null) {
        const next = document.querySelector<HTMLButtonElement>(
          `:is(main, [data-list-side]) button[${PRIMARY}]:not(:disabled)`,
        );
        if (next === null) return;
        event.preventDefault();
        next.click();
      }
    };

    const onPaste = (event: ClipboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TAKES_TEXT) !== null || inDialog()) return;
      const text = event.clipboardData?.getData('text') ?? '';
      if (readScanned(text).kind !== 'eid') return;
      event.preventDefault();
      openDialog({ kind: 'newOrder', way: 'eid', scanned: text });
    };

    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('paste', onPaste);
    };
  }, [qrInSight, simInSight]);
}

const VIEW_KEYS: Readonly<Record<string, 'devices' | 'orders' | 'account'>> = {
  1: 'devices',
  2: 'orders',
  3: 'account',
};

/** The keys of a device's tabs, which are drawn on none of them: see KeysDialog. */
const TAB_KEYS: Readonly<Record<string, DeviceTab>> = {
  o: 'order',
  c: 'chip',
  n: 'network',
  h: 'history',
};

/** The same for the two sides of the orders. */
const SIDE_KEYS: Readonly<Record<string, OrderSide>> = {
  l: 'ledger',
  p: 'provider',
};

function inDialog(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

/** One step back from wherever the focus is: to the list of the view. */
function focusList(): void {
  const list = document.querySelector<HTMLElement>('[data-list]');
  const row = list?.querySelector<HTMLElement>('[role="option"][aria-selected="true"]');
  (row ?? list)?.focus();
}
