import type { Device } from '../../contract/device.ts';
import type { ChipAsk } from '../features/chip/chipQuestions.ts';
import { profileTitle } from '../features/chip/chipWords.ts';
import { hasChip, isIdle } from '../features/devices/deviceReady.ts';
import { slotName, slotNumbers } from '../features/devices/slotWords.ts';
import type { DeviceTab } from './place.ts';

/** What the palette can do with the device in sight. */
export type DeviceCommand =
  | { readonly kind: 'tab'; readonly tab: DeviceTab }
  | { readonly kind: 'request'; readonly name: 'devices.read' | 'devices.cancel' }
  | { readonly kind: 'readChip' | 'verify' | 'report' }
  | { readonly kind: 'ask'; readonly ask: ChipAsk }
  | { readonly kind: 'slot'; readonly slot: number };

export interface DeviceEntry {
  readonly label: string;
  readonly command: DeviceCommand;
  /** Whether it is offered before anything is typed. */
  readonly first: boolean;
}

/** Everything that can be done with a device as it is now, the tabs first. */
export function deviceEntries(device: Device): DeviceEntry[] {
  return [
    ...TABS,
    ...(device.activity === null ? [] : [CANCEL]),
    ...(isIdle(device) ? idleEntries(device) : []),
  ];
}

const TABS: readonly DeviceEntry[] = [
  { label: 'Show its order', command: { kind: 'tab', tab: 'order' }, first: true },
  { label: 'Show its chip', command: { kind: 'tab', tab: 'chip' }, first: true },
  { label: 'Show its network', command: { kind: 'tab', tab: 'network' }, first: true },
  { label: 'Show its history', command: { kind: 'tab', tab: 'history' }, first: true },
];

const CANCEL: DeviceEntry = {
  label: 'Cancel what is under way',
  command: { kind: 'request', name: 'devices.cancel' },
  first: true,
};

function idleEntries(device: Device): DeviceEntry[] {
  return [
    { label: 'Does it work? Check the network', command: { kind: 'verify' }, first: false },
    { label: 'Save compatibility report', command: { kind: 'report' }, first: false },
    {
      label: 'Read identity and EID again',
      command: { kind: 'request', name: 'devices.read' },
      first: false,
    },
    ...(hasChip(device) ? chipEntries(device) : []),
    ...slotEntries(device),
  ];
}

function chipEntries(device: Device): DeviceEntry[] {
  const ask = (label: string, of: ChipAsk): DeviceEntry => ({
    label,
    command: { kind: 'ask', ask: of },
    first: false,
  });
  const profiles = (device.chip?.profiles ?? []).flatMap((profile) => {
    const title = profileTitle(profile);
    const { iccid } = profile;
    return profile.state === 'enabled'
      ? [
          ask(`Disable ${title}`, { kind: 'disable', iccid }),
          ask(`Rename ${title}`, { kind: 'nickname', iccid }),
        ]
      : [
          ask(`Enable ${title}`, { kind: 'enable', iccid }),
          ask(`Rename ${title}`, { kind: 'nickname', iccid }),
          ask(`Delete ${title} from this eUICC`, { kind: 'delete', iccid }),
        ];
  });
  return [
    { label: 'Read the chip', command: { kind: 'readChip' }, first: false },
    ask('Set the default SM-DP+ address', { kind: 'defaultSmdp' }),
    ...profiles,
    ...(device.chip === null || device.eid === null
      ? []
      : [ask('Reset the eUICC memory', { kind: 'reset' })]),
  ];
}

function slotEntries(device: Device): DeviceEntry[] {
  const { slots } = device;
  if (slots === null) return [];
  return slotNumbers(slots)
    .filter((slot) => slot !== slots.active)
    .map((slot) => ({
      label: `Switch to ${slotName(slots, slot)}`,
      command: { kind: 'slot', slot },
      first: false,
    }));
}
