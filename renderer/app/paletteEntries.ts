import type { BenchState } from '../../contract/state.ts';
import { accountLine, accountNames } from '../features/account/accountWords.ts';
import { chosenDevice } from '../features/devices/chooseDevice.ts';
import { deviceName, deviceWord, orderOf, portName } from '../features/devices/deviceWords.ts';
import { orderTitle, orderWord } from '../features/orders/orderWords.ts';
import { matches, queryWords } from '../features/orders/search.ts';
import { tail } from '../format/digits.ts';
import { type DeviceCommand, deviceEntries } from './deviceEntries.ts';
import { simEntries } from './simEntries.ts';

export type PaletteTarget =
  | { readonly kind: 'device'; readonly deviceId: string }
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'activateSim'; readonly orderId: string }
  | { readonly kind: 'deviceCommand'; readonly deviceId: string; readonly command: DeviceCommand }
  | { readonly kind: 'useAccount'; readonly name: string }
  | { readonly kind: 'action'; readonly action: PaletteAction };

export const PALETTE_ACTIONS = [
  'devices',
  'orders',
  'providerProfiles',
  'account',
  'proxySignIn',
  'newOrderEid',
  'newOrderMatchingId',
  'addPort',
  'rescan',
  'themeLight',
  'themeDark',
  'themeSystem',
  'atLog',
  'keys',
  'demo',
] as const;
export type PaletteAction = (typeof PALETTE_ACTIONS)[number];

const ACTION_LABELS: Readonly<Record<PaletteAction, string>> = {
  devices: 'Go to devices',
  orders: 'Go to orders',
  providerProfiles: 'See the profiles at the provider',
  account: 'Go to account and settings',
  proxySignIn: 'Sign in to the proxy',
  newOrderEid: 'New order for an EID',
  newOrderMatchingId: 'New order by matching ID',
  addPort: 'Add a port',
  rescan: 'Look for ports again',
  themeLight: 'Light theme',
  themeDark: 'Dark theme',
  themeSystem: 'Theme of the system',
  atLog: 'Open or close the AT log',
  keys: 'Show all keys',
  demo: 'Try the demo bench',
};

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  readonly target: PaletteTarget;
}

export interface PaletteGroup {
  readonly name: 'Devices' | 'Orders' | 'SIMs' | 'This device' | 'Accounts' | 'Actions';
  readonly entries: readonly PaletteEntry[];
}

const MOST = { Devices: 6, Orders: 7, Accounts: 6, Actions: 14 } as const;

/**
 * What the palette offers for a query: devices, orders, what can be done with the device in sight, then actions; the few best of
 * each. Without a query nothing of the device but its tabs, so that the list stays short.
 * @param deviceId the device in sight; null where none is.
 * @param orderId the order in sight; null where none is.
 */
export function paletteGroups(
  state: BenchState,
  query: string,
  deviceId: string | null = null,
  orderId: string | null = null,
): PaletteGroup[] {
  const words = queryWords(query);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));

  const devices = state.devices
    .filter((device) =>
      fits(
        [deviceName(device), device.eid?.value, device.modem?.imei, device.port.path, device.iccid].join(' '),
      ),
    )
    .slice(0, MOST.Devices)
    .map((device) => ({
      id: `device-${device.id}`,
      label: deviceName(device),
      description: `${deviceWord(device, orderOf(device, state.orders)).word} · ${
        device.eid === null ? portName(device.port.path) : `EID ${tail(device.eid.value)}`
      }`,
      target: { kind: 'device', deviceId: device.id } as const,
    }));

  const accountName = accountNames(state.accounts);
  const orders: PaletteEntry[] = [];
  for (const order of state.orders) {
    if (orders.length >= (words.length === 0 ? 4 : MOST.Orders)) break;
    if (!matches(order, words, accountName(order))) continue;
    const what = order.eid !== null ? `EID ${tail(order.eid)}` : (order.matchingId ?? 'by matching ID');
    orders.push({
      id: `order-${order.id}`,
      label: orderTitle(order),
      description: `${orderWord(order.status).word} · ${what}`,
      target: { kind: 'order', orderId: order.id },
    });
  }

  const actions = PALETTE_ACTIONS.filter((action) => action !== 'demo' || state.app.mode !== 'demo')
    .filter((action) => action !== 'proxySignIn' || state.proxyLogin !== null)
    .filter((action) => fits(ACTION_LABELS[action]))
    .map((action) => ({
      id: `action-${action}`,
      label: ACTION_LABELS[action],
      description: null,
      target: { kind: 'action', action } as const,
    }));

  const others = state.accounts.filter(({ name }) => name !== state.account.name);
  const accounts = others
    .map(({ name, account }) => ({
      id: `account-${name}`,
      label: `Use account ${name}`,
      description: accountLine(account),
      target: { kind: 'useAccount', name } as const,
    }))
    .filter(({ label, description }) => fits(`${label} ${description}`))
    .slice(0, words.length === 0 ? 3 : MOST.Accounts);

  const sims = simEntries(state.orders, words, orderId).map((entry) => ({
    id: `sim-${entry.orderId}`,
    label: entry.label,
    description: entry.description,
    target: { kind: 'activateSim', orderId: entry.orderId } as const,
  }));

  const inSight = deviceId === null ? null : chosenDevice(state.devices, deviceId);
  const ofDevice = inSight === null ? [] : deviceEntries(inSight);
  const thisDevice = ofDevice
    .filter((entry) => (words.length === 0 ? entry.first : fits(entry.label)))
    .map(({ label, command }) => ({
      id: `this-${JSON.stringify(command)}`,
      label,
      description: inSight === null ? null : deviceName(inSight),
      target: { kind: 'deviceCommand', deviceId: inSight?.id ?? '', command } as const,
    }));

  const groups: PaletteGroup[] = [
    { name: 'Devices', entries: devices },
    { name: 'Orders', entries: orders },
    { name: 'SIMs', entries: sims },
    { name: 'This device', entries: thisDevice },
    { name: 'Accounts', entries: accounts },
    { name: 'Actions', entries: actions },
  ];
  return groups.filter((group) => group.entries.length > 0);
}
