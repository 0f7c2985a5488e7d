import type { Chip, ChipChange, InstalledProfile } from '../../../contract/chip.ts';
import { enabledProfile, OPERATION_WORDS, profileTitle } from './chipWords.ts';

/** A change on the eUICC that is asked about in a dialog before it is made. */
export type ChipAsk =
  | { readonly kind: 'enable' | 'disable' | 'delete' | 'nickname'; readonly iccid: string }
  | { readonly kind: 'removeNotification' | 'showNotification'; readonly sequenceNumber: number }
  | { readonly kind: 'defaultSmdp' | 'reset' };

/** A question before something that cannot simply be taken back, with what it interrupts. */
export interface Question {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly button: string;
  /** Whether something is gone for good after it. */
  readonly destroys: boolean;
  readonly change: ChipChange;
}

const RESTARTS =
  'The modem starts the SIM anew, which may take a minute. The result is proven by reading it back.';

/** Null where what is asked about is not on the eUICC any more. */
export function questionFor(chip: Chip, ask: ChipAsk): Question | null {
  switch (ask.kind) {
    case 'enable':
    case 'disable':
    case 'delete': {
      const profile = chip.profiles?.find((candidate) => candidate.iccid === ask.iccid);
      return profile === undefined ? null : PROFILE_QUESTIONS[ask.kind](profile, chip);
    }
    case 'removeNotification': {
      const notification = chip.notifications?.find(
        (candidate) => candidate.sequenceNumber === ask.sequenceNumber,
      );
      if (notification === undefined) return null;
      return {
        title: `Remove notification ${notification.sequenceNumber}?`,
        sentences: [
          `${notification.address} is then never told by this eUICC that the profile was ${OPERATION_WORDS[notification.operation]}.`,
          'Remove it only where that server has it already, or does not exist any more. It cannot be put back.',
        ],
        button: 'Remove notification',
        destroys: true,
        change: { kind: 'removeNotification', sequenceNumber: notification.sequenceNumber },
      };
    }
    default:
      return null;
  }
}

const PROFILE_QUESTIONS: Readonly<
  Record<'enable' | 'disable' | 'delete', (profile: InstalledProfile, chip: Chip) => Question>
> = {
  enable: (profile, chip) => {
    const now = enabledProfile(chip);
    return {
      title: `Enable “${profileTitle(profile)}”?`,
      sentences: [
        now === null
          ? 'No other profile is enabled on this eUICC, so nothing is interrupted.'
          : `“${profileTitle(now)}” is disabled by this, and every connection through it breaks.`,
        RESTARTS,
      ],
      button: 'Enable profile',
      destroys: false,
      change: { kind: 'enable', iccid: profile.iccid },
    };
  },
  disable: (profile) => ({
    title: `Disable “${profileTitle(profile)}”?`,
    sentences: [
      'Every connection through it breaks, and the modem has no network until a profile is enabled.',
      RESTARTS,
    ],
    button: 'Disable profile',
    destroys: false,
    change: { kind: 'disable', iccid: profile.iccid },
  }),
  delete: (profile) => ({
    title: `Delete “${profileTitle(profile)}” from this eUICC?`,
    sentences: [
      'It is gone from this eUICC for good. Most profiles cannot be downloaded a second time: another one has to be ordered.',
      'Nothing is deleted at the provider; the eUICC keeps a notification for its server.',
    ],
    button: 'Delete profile',
    destroys: true,
    change: { kind: 'delete', iccid: profile.iccid },
  }),
};
