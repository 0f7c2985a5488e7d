import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { DEVICE_TABS, type DeviceTab, go } from '../../app/place.ts';

const LABELS: Readonly<Record<DeviceTab, { readonly label: string; readonly key: string }>> = {
  order: { label: 'Order', key: 'O' },
  chip: { label: 'Chip', key: 'C' },
  network: { label: 'Network', key: 'N' },
  history: { label: 'History', key: 'H' },
};

interface DeviceTabsProps {
  readonly tab: DeviceTab;
  /** At the other end of the row. */
  readonly aside: ReactNode;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
}

/** What can be seen of a device, one at a time; arrows move among the tabs, and each has a key. */
export function DeviceTabs({ tab, aside, children }: DeviceTabsProps) {
  return (
    <Tabs
      className="device-tabs"
      data-device-tabs
      value={tab}
      keepMounted={false}
      onChange={(value) => {
        const next = DEVICE_TABS.find((candidate) => candidate === value);
        if (next !== undefined) go({ deviceTab: next });
      }}
    >
      <div className="device-tabs-row">
        <Tabs.List aria-label="What is shown of the device">
          {DEVICE_TABS.map((value) => (
            <Tabs.Tab key={value} value={value} aria-keyshortcuts={LABELS[value].key}>
              {LABELS[value].label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {aside}
      </div>
      <Tabs.Panel value={tab} className="device-panel">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
