import { createSpotlight, Spotlight } from '@mantine/spotlight';
import {
  IconCpu,
  IconDeviceSim,
  IconList,
  IconQrcode,
  IconSearch,
  IconUsb,
  IconUserCircle,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useBenchState, useBridge } from '../bench/BenchContext.tsx';
import { type PaletteAction, type PaletteGroup, paletteGroups } from './paletteEntries.ts';
import { performDeviceCommand } from './performDeviceCommand.ts';
import { closeDialog, go, openDialog, showDevice, showOrder, showOrderSide, usePlace } from './place.ts';
import { switchAccount } from './switchAccount.tsx';

export const [paletteStore, palette] = createSpotlight();

const ICONS: Readonly<Record<PaletteGroup['name'], typeof IconList>> = {
  Devices: IconUsb,
  Orders: IconQrcode,
  SIMs: IconDeviceSim,
  'This device': IconCpu,
  Accounts: IconUserCircle,
  Actions: IconList,
};

/**
 * Finds a device, an order or an action by a few of its letters or digits.
 * @param orderInSight the order that the window shows; null where it shows none
 */
export function Palette({ orderInSight }: { orderInSight: string | null }) {
  const state = useBenchState((whole) => whole);
  const bridge = useBridge();
  const [query, setQuery] = useState('');
  const { view, deviceId } = usePlace();
  const inSight = view === 'devices' ? deviceId : null;
  const groups = useMemo(
    () => paletteGroups(state, query, inSight, orderInSight),
    [state, query, inSight, orderInSight],
  );

  const perform = (action: PaletteAction) => {
    switch (action) {
      case 'devices':
      case 'orders':
      case 'account':
        return go({ view: action });
      case 'providerProfiles':
        return showOrderSide('provider');
      case 'proxySignIn':
        return openDialog({ kind: 'proxySignIn' });
      case 'newOrderEid':
        return openDialog({ kind: 'newOrder', way: 'eid', scanned: null });
      case 'newOrderMatchingId':
        return openDialog({ kind: 'newOrder', way: 'matchingId', scanned: null });
      case 'addPort':
        return openDialog({ kind: 'addPort' });
      case 'keys':
        return openDialog({ kind: 'keys' });
      case 'rescan':
        go({ view: 'devices' });
        return void bridge.request('ports.rescan', null);
      case 'themeLight':
        return void bridge.request('settings.set', { theme: 'light' });
      case 'themeDark':
        return void bridge.request('settings.set', { theme: 'dark' });
      case 'themeSystem':
        return void bridge.request('settings.set', { theme: 'system' });
      case 'atLog':
        return void bridge.request('settings.set', { atLogOpen: !state.settings.atLogOpen });
      case 'demo':
        return void bridge.request('demo.open', null);
    }
  };

  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K', 'mod + P']}
      tagsToIgnore={[]}
      lockScroll={false}
      onSpotlightOpen={closeDialog}
      size={600}
      centered={false}
      yOffset="11vh"
      overlayProps={{ backgroundOpacity: 0.5, color: '#000', blur: 0 }}
      attributes={{ content: { 'aria-label': 'Find a device, an order or an action' } }}
      padding={0}
      scrollable
      maxHeight={440}
    >
      <Spotlight.Search
        placeholder="Device, order, EID, action"
        aria-label="Find a device, an order or an action"
        leftSection={<IconSearch size={19} stroke={1.75} />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => {
          const Icon = ICONS[group.name];
          return (
            <Spotlight.ActionsGroup key={group.name} label={group.name}>
              {group.entries.map((entry) => (
                <Spotlight.Action
                  key={entry.id}
                  label={entry.label}
                  {...(entry.description === null ? {} : { description: entry.description })}
                  leftSection={<Icon size={18} stroke={1.6} />}
                  onClick={() => {
                    const { target } = entry;
                    if (target.kind === 'device') showDevice(target.deviceId);
                    else if (target.kind === 'order') showOrder(target.orderId);
                    else if (target.kind === 'activateSim')
                      openDialog({ kind: 'activateSim', orderId: target.orderId });
                    else if (target.kind === 'deviceCommand')
                      performDeviceCommand(bridge, target.deviceId, target.command);
                    else if (target.kind === 'useAccount') void switchAccount(bridge, target.name);
                    else perform(target.action);
                  }}
                />
              ))}
            </Spotlight.ActionsGroup>
          );
        })}
        {groups.length === 0 ? <Spotlight.Empty>Nothing fits “{query}”</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
