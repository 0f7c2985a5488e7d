import type { CardQuirks, Subscription, VirtualCard } from './card.ts';
import { type Es10Quirks, PLAIN_ES10 } from './es10Card.ts';
import {
  type EuiccAddresses,
  type EuiccState,
  type InstalledProfile,
  makeProfile,
  newEuiccState,
  type ProfileOperation,
  type ProfileRecipe,
} from './euiccState.ts';
import { createIsdR } from './isdR.ts';
import { installProfile } from './profileLife.ts';
import { createSigner } from './signer.ts';
import { createToolkit } from './toolkit.ts';
import { createUicc } from './uicc.ts';

export interface EuiccOptions {
  /** 32 digits. */
  readonly eid: string;
  /** What is on it from the start; its memory has been taken off `freeNonVolatile` before. */
  readonly profiles?: readonly ProfileRecipe[];
  /** What those have to tell servers already; the numbers rise in this order. */
  readonly notifications?: readonly NotificationRecipe[];
  readonly info?: Partial<EuiccState['info']>;
  readonly addresses?: Partial<EuiccAddresses>;
  readonly card?: Partial<CardQuirks>;
  readonly es10?: Partial<Es10Quirks>;
}

export interface NotificationRecipe {
  readonly operation: ProfileOperation;
  readonly address: string;
  /** Of which profile in `profiles`, from 0. */
  readonly profile: number;
}

export interface VirtualEuicc extends VirtualCard {
  /** What is on it, live. */
  readonly state: EuiccState;
  /** Puts a profile on it, as a download does that has just ended: disabled, and to be notified of. */
  install(recipe: ProfileRecipe): InstalledProfile;
}

/** A virtual eUICC: a UICC with an ISD-R, whose network side is whichever profile is enabled at power-on. */
export function createVirtualEuicc(options: EuiccOptions): VirtualEuicc {
  const state = newEuiccState(options.eid, options.info, options.addresses);
  for (const recipe of options.profiles ?? []) state.profiles.push(makeProfile(state, recipe));
  for (const recipe of options.notifications ?? []) leaveNotification(state, recipe);
  const quirks: Es10Quirks = { ...PLAIN_ES10, ...options.es10 };
  const toolkit = createToolkit();
  const isdR = createIsdR({
    state,
    quirks,
    toolkit,
    signer: createSigner(options.eid),
    catBusyLeft: quirks.catBusy,
  });
  const card = createUicc({
    subscription: () => state.profiles.find((profile) => profile.enabled)?.subscription ?? null,
    applications: [isdR],
    toolkit,
    isEuicc: true,
    ...(options.card === undefined ? {} : { quirks: options.card }),
  });
  return {
    state,
    install: (recipe) => installProfile(state, recipe),
    transmit: card.transmit,
    reset: card.reset,
    isEuicc: true,
    get subscription() {
      return card.subscription;
    },
    get openChannels() {
      return card.openChannels;
    },
  };
}

function leaveNotification(state: EuiccState, recipe: NotificationRecipe): void {
  const profile = state.profiles[recipe.profile];
  if (profile === undefined) throw new RangeError(`no profile ${recipe.profile} to notify of`);
  state.notifications.push({
    sequenceNumber: state.nextSequenceNumber,
    operation: recipe.operation,
    address: recipe.address,
    iccid: profile.iccid,
    isdpAid: profile.isdpAid,
  });
  state.nextSequenceNumber += 1;
}

/** A plain SIM: one subscription, no ISD-R. */
export function createPlainSim(subscription: Subscription, quirks?: Partial<CardQuirks>): VirtualCard {
  return createUicc({ subscription: () => subscription, ...(quirks === undefined ? {} : { quirks }) });
}
