import type { ActivityKind, Device } from '../../../contract/device.ts';
import { counted } from '../../format/words.ts';
import { outcomeWords } from '../network/networkWords.ts';
import { slotName } from './slotWords.ts';

/** The title above what is under way, and above what came of it when it failed. */
export const ACTIVITY_TITLES: Readonly<Record<ActivityKind, string>> = {
  readChip: 'Reading the chip',
  readNotification: 'Reading the notification',
  changeChip: 'Changing the chip',
  unlockSim: 'Unlocking the SIM',
  switchSlot: 'Switching the SIM slot',
  verify: 'Waiting for a network',
  report: 'Making the compatibility report',
};

/** How an activity ended, in a sentence for who does not see the window. */
export function activityEndWord(device: Device, kind: ActivityKind): string {
  if (device.activityFault !== null) return device.activityFault.message;
  switch (kind) {
    case 'readChip':
      return device.chip === null || device.chip.profiles === null
        ? 'the chip was read'
        : `the chip was read: ${counted(device.chip.profiles.length, 'profile')}`;
    case 'readNotification':
      return 'the notification was read';
    case 'changeChip':
      return device.history.find((event) => event.kind === 'changeChip')?.note ?? 'the chip was changed';
    case 'unlockSim':
      return 'the SIM is unlocked';
    case 'switchSlot':
      return device.slots === null
        ? 'the SIM slot was switched'
        : `${slotName(device.slots, device.slots.active)} is in use`;
    case 'verify':
      return device.verification === null
        ? 'the network was checked'
        : outcomeWords(device.verification).word;
    case 'report':
      return 'the compatibility report is made';
  }
}

/**
 * On which tab the fault of the last activity belongs; null where on every one. `kind` is what was under way last, as far as the
 * window saw it.
 */
export function faultTab(kind: ActivityKind | null): 'chip' | 'network' | null {
  if (kind === 'readChip' || kind === 'readNotification' || kind === 'changeChip') return 'chip';
  return kind === 'verify' ? 'network' : null;
}
