import type { ChipAsk } from '../features/chip/chipQuestions.ts';
import { createExternalStore, useExternalStore } from '../ui/externalStore.ts';

export const VIEWS = ['devices', 'orders', 'account'] as const;
export type View = (typeof VIEWS)[number];

/** What is shown of a device: its order, its eUICC, whether a network takes it in, what was done with it. */
export const DEVICE_TABS = ['order', 'chip', 'network', 'history'] as const;
export type DeviceTab = (typeof DEVICE_TABS)[number];

/** Orders of the ledger, or all the profiles that the account has at the provider. */
export const ORDER_SIDES = ['ledger', 'provider'] as const;
export type OrderSide = (typeof ORDER_SIDES)[number];

/** A dialog over the view; one at a time. */
export type Dialog =
  | { readonly kind: 'newOrder'; readonly way: 'eid' | 'matchingId'; readonly scanned: string | null }
  | { readonly kind: 'addPort' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'chip'; readonly deviceId: string; readonly ask: ChipAsk }
  | { readonly kind: 'slot'; readonly deviceId: string; readonly slot: number }
  | { readonly kind: 'report'; readonly deviceId: string }
  | { readonly kind: 'proxySignIn' }
  | { readonly kind: 'activateSim'; readonly orderId: string }
  | { readonly kind: 'afterOrdering' }
  | { readonly kind: 'qr'; readonly orderId: string };

/** Where the technician is in the window. It belongs to the window alone and is forgotten with it. */
export interface Place {
  readonly view: View;
  readonly deviceId: string | null;
  /** The same for every device: who checks one after the other stays at what is checked. */
  readonly deviceTab: DeviceTab;
  readonly orderId: string | null;
  readonly orderSide: OrderSide;
  /** The profile that is chosen in the provider's list, by its SID. */
  readonly profileSid: string | null;
  readonly dialog: Dialog | null;
}

const place = createExternalStore<Place>({
  view: 'devices',
  deviceId: null,
  deviceTab: 'order',
  orderId: null,
  orderSide: 'ledger',
  profileSid: null,
  dialog: null,
});

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

export function showDeviceTab(deviceId: string, deviceTab: DeviceTab): void {
  go({ view: 'devices', deviceId, deviceTab });
}

export function showOrder(orderId: string): void {
  go({ view: 'orders', orderSide: 'ledger', orderId });
}

/** Chooses a profile in the provider's list; where an order has it, that is chosen in the ledger as well. */
export function showProfile(profileSid: string, orderId: string | null): void {
  go({ view: 'orders', orderSide: 'provider', profileSid, ...(orderId === null ? {} : { orderId }) });
}

export function showOrderSide(orderSide: OrderSide): void {
  go({ view: 'orders', orderSide });
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
