import { type ComponentType, createElement, lazy, useState } from 'react';

const loaders: (() => Promise<unknown>)[] = [];

/**
 * A part of the window that its first picture does without: loaded when it is first shown, or when there is time for it before. So the
 * window is there sooner, and nobody waits later. Where it is loaded by then, it is shown at once, without a blank in between.
 */
function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<{ default: ComponentType<P> }> | null = null;
  const once = () => {
    loading ??= load().then((part) => {
      loaded = part;
      return { default: part };
    });
    return loading;
  };
  loaders.push(once);
  const whenLoaded = lazy(once);
  return function Later(props: P) {
    // Chosen once: another type in the same place would begin the part anew.
    const [{ part }] = useState(() => ({ part: loaded ?? whenLoaded }));
    return createElement(part as ComponentType<P>, props);
  };
}

export const OrdersView = later(async () => (await import('../features/orders/OrdersView.tsx')).OrdersView);
export const AccountView = later(
  async () => (await import('../features/account/AccountView.tsx')).AccountView,
);
export const ChipDialog = later(async () => (await import('../features/chip/ChipDialog.tsx')).ChipDialog);
export const AddPortDialog = later(
  async () => (await import('../features/devices/AddPortDialog.tsx')).AddPortDialog,
);
export const ReportDialog = later(
  async () => (await import('../features/devices/ReportDialog.tsx')).ReportDialog,
);
export const SlotDialog = later(async () => (await import('../features/devices/SlotDialog.tsx')).SlotDialog);
export const NewOrderDialog = later(
  async () => (await import('../features/orders/NewOrderDialog.tsx')).NewOrderDialog,
);
export const QrDialog = later(async () => (await import('../features/orders/QrDialog.tsx')).QrDialog);
export const ProxySignInDialog = later(
  async () => (await import('../features/proxy/ProxySignInDialog.tsx')).ProxySignInDialog,
);
export const ActivateDialog = later(
  async () => (await import('../features/sims/ActivateDialog.tsx')).ActivateDialog,
);
export const AfterOrderingDialog = later(
  async () => (await import('../features/sims/AfterOrderingDialog.tsx')).AfterOrderingDialog,
);
export const ChipPanel = later(async () => (await import('../features/chip/ChipPanel.tsx')).ChipPanel);
export const NetworkPanel = later(
  async () => (await import('../features/network/NetworkPanel.tsx')).NetworkPanel,
);
export const DeviceHistory = later(
  async () => (await import('../features/devices/DeviceHistory.tsx')).DeviceHistory,
);
export const PrintSheet = later(async () => (await import('../print/PrintSheet.tsx')).PrintSheet);
export const KeysDialog = later(async () => (await import('./KeysDialog.tsx')).KeysDialog);

/** Loads all of them once the window has nothing else to do. */
export function loadTheRest(): void {
  requestIdleCallback(() => {
    for (const load of loaders) void load();
  });
}
