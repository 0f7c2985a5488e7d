import type { CardQuirks, Subscription, VirtualCard } from './card.ts';
import type { Es10Quirks } from './es10.ts';
import { type EuiccState, installProfiles, type ProfileRecipe, TYPICAL_INFO } from './euiccState.ts';
import { createIsdR, PLAIN_ES10 } from './isdR.ts';
import { createUicc } from './uicc.ts';

export interface EuiccOptions {
  /** 32 digits. */
  readonly eid: string;
  readonly profiles?: readonly ProfileRecipe[];
  readonly info?: Partial<EuiccState['info']>;
  readonly card?: Partial<CardQuirks>;
  readonly es10?: Partial<Es10Quirks>;
}

export interface VirtualEuicc extends VirtualCard {
  /** What is on it, live. */
  readonly state: EuiccState;
}

/** A virtual eUICC: a UICC with an ISD-R, whose network side is whichever profile is enabled at power-on. */
export function createVirtualEuicc(options: EuiccOptions): VirtualEuicc {
  const state: EuiccState = {
    eid: options.eid,
    info: { ...TYPICAL_INFO, ...options.info },
    profiles: installProfiles(options.profiles ?? []),
  };
  const card = createUicc({
    subscription: () => state.profiles.find((profile) => profile.enabled)?.subscription ?? null,
    applications: [createIsdR(state, { ...PLAIN_ES10, ...options.es10 })],
    isEuicc: true,
    ...(options.card === undefined ? {} : { quirks: options.card }),
  });
  return {
    state,
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

/** A plain SIM: one subscription, no ISD-R. */
export function createPlainSim(subscription: Subscription, quirks?: Partial<CardQuirks>): VirtualCard {
  return createUicc({ subscription: () => subscription, ...(quirks === undefined ? {} : { quirks }) });
}
