import type { BenchBridge } from '../../contract/channels.ts';
import type { DeviceCommand } from './deviceEntries.ts';
import { openDialog, showDeviceTab } from './place.ts';

/** Does what the palette was asked for. How it goes is seen on the device's tab, which is opened for it. */
export function performDeviceCommand(bridge: BenchBridge, deviceId: string, command: DeviceCommand): void {
  switch (command.kind) {
    case 'tab':
      showDeviceTab(deviceId, command.tab);
      break;
    case 'request':
      void bridge.request(command.name, { deviceId });
      break;
    case 'readChip':
      showDeviceTab(deviceId, 'chip');
      void bridge.request('chip.read', { deviceId });
      break;
    case 'verify':
      showDeviceTab(deviceId, 'network');
      void bridge.request('devices.verify', { deviceId });
      break;
    case 'report':
      openDialog({ kind: 'report', deviceId });
      break;
    case 'ask':
      showDeviceTab(deviceId, 'chip');
      openDialog({ kind: 'chip', deviceId, ask: command.ask });
      break;
    case 'slot':
      openDialog({ kind: 'slot', deviceId, slot: command.slot });
      break;
  }
}
