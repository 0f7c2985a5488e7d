import type { MenuItemConstructorOptions } from 'electron';
import type { DemoComposition } from '../compose.ts';

type Demo = DemoComposition['demo'];

/** What may happen to the next order; the provider's side of it is plain data. */
const MISHAPS = [
  {
    id: 'lostAnswer',
    label: 'The next order arrives, but its answer is lost',
    what: { kind: 'reset', commits: true },
  },
  {
    id: 'limited',
    label: 'The next order meets the limit of requests',
    what: { kind: 'status', status: 429, code: 20429, body: 'json', commits: false, retryAfter: '3' },
  },
] as const;

/** The Demo menu: devices that come and go, a network that fails, a provider that runs out. For trying what the bench does then. */
export function demoMenu(demo: Demo): MenuItemConstructorOptions {
  return {
    label: 'Demo',
    id: 'demo',
    submenu: [
      {
        label: 'Plug in',
        submenu: demo.makes.map(({ name, label, shows }) => ({
          id: `demo.plug.${name}`,
          label,
          toolTip: shows,
          click: () => {
            demo.plug(name);
          },
        })),
      },
      {
        label: 'Unplug the device plugged in last',
        id: 'demo.unplug',
        click: () =>
          demo.devices
            .filter((device) => device.modem.present)
            .at(-1)
            ?.unplug(),
      },
      {
        label: 'Plug it in again',
        id: 'demo.replug',
        click: () =>
          demo.devices
            .filter((device) => !device.modem.present)
            .at(-1)
            ?.replug(),
      },
      { type: 'separator' },
      {
        label: 'The provider can be reached',
        id: 'demo.online',
        type: 'checkbox',
        checked: true,
        click: (item) => demo.setOnline(item.checked),
      },
      {
        label: 'The provider has profiles in stock',
        id: 'demo.stock',
        type: 'checkbox',
        checked: true,
        click: (item) => demo.provider.setStock(item.checked ? null : 0),
      },
      ...MISHAPS.map(({ id, label, what }) => ({
        id: `demo.${id}`,
        label,
        click: () => demo.provider.harm({ on: 'create', what }),
      })),
      { type: 'separator' },
      {
        label: 'The device downloads the newest profile',
        id: 'demo.download',
        click: () => moveNewest(demo, 'downloaded'),
      },
      {
        label: 'The device installs the newest profile',
        id: 'demo.install',
        click: () => moveNewest(demo, 'installed'),
      },
    ],
  };
}

function moveNewest(demo: Demo, status: 'downloaded' | 'installed'): void {
  const [newest] = demo.provider.profiles();
  if (newest !== undefined) demo.provider.setStatus(newest.sid, status);
}
