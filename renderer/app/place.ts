import { createExternalStore, useExternalStore } from '../ui/externalStore.ts';

export const VIEWS = ['devices', 'orders', 'account'] as const;
export type View = (typeof VIEWS)[number];

/** A dialog over the view; one at a time. */
export type Dialog =
  | { readonly kind: 'newOrder'; readonly way: 'eid' | 'matchingId'; readonly scanned: string | null }
  | { readonly kind: 'addPort' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'qr'; readonly orderId: string };

/** Where the technician is in the window. It belongs to the window alone and is forgotten with it. */
export interface Place {
  readonly view: View;
  readonly deviceId: string | null;
  readonly orderId: string | null;
  readonly dialog: Dialog | null;
}

const place = createExternalStore<Place>({ view: 'devices', deviceId: null, orderId: null, dialog: null });

export function usePlace(): Place {
  return useExternalStore(place);
}

export function currentPlace(): Place {
  return place.get();
}

/** Goes somewhere; what is not named stays as it is, but a dialog closes. */
export function go(to: Partial<Place>): void {
  place.set({ ...place.get(), dialog: null, ...to });
}

export function showDevice(deviceId: string): void {
  go({ view: 'devices', deviceId });
}

export function showOrder(orderId: string): void {
  go({ view: 'orders', orderId });
}

export function openDialog(dialog: Dialog): void {
  go({ dialog });
}

export function closeDialog(): void {
  go({ dialog: null });
}

/** Holds on to the device that is shown, without closing what is open. */
export function keepChosen(deviceId: string | null): void {
  place.set({ ...place.get(), deviceId });
}

/** The same for the order that is shown. */
export function keepChosenOrder(orderId: string | null): void {
  place.set({ ...place.get(), orderId });
}
