import type { Registration, RegistrationState, Verification } from '../../../contract/verification.ts';
import type { StateWord } from '../orders/orderWords.ts';

interface OutcomeWords extends StateWord {
  /** What it means and what to look at next. */
  readonly sentence: string;
}

const OUTCOMES: Readonly<Record<Verification['outcome'], OutcomeWords>> = {
  registered: {
    word: 'Registered',
    tone: 'done',
    sentence: 'The profile works: a network has taken the modem in.',
  },
  denied: {
    word: 'Denied by the network',
    tone: 'failed',
    sentence:
      'A network was found and refused this SIM. Check at the provider that the Sim is active and in a fleet that allows this network.',
  },
  notRegistered: {
    word: 'Not registered',
    tone: 'failed',
    sentence:
      'No network took the modem in within the time. Check the antenna and the coverage, and at the provider that the Sim is active.',
  },
  simNotReady: {
    word: 'SIM not ready',
    tone: 'failed',
    sentence:
      'The SIM did not answer as ready, so no network could be asked. Check that a profile is enabled on this eUICC.',
  },
  radioOff: {
    word: 'Radio off',
    tone: 'waiting',
    sentence: 'The modem’s radio is switched off (+CFUN). Switch it on, then check again.',
  },
};

/** The outcome in words; where it is registered, whether at home or roaming, as far as the modem tells. */
export function outcomeWords(verification: Verification): OutcomeWords {
  const words = OUTCOMES[verification.outcome];
  if (verification.outcome !== 'registered') return words;
  const states = new Set(verification.registrations.map((registration) => registration.state));
  if (states.has('home')) return { ...words, word: 'Registered, home network' };
  return states.has('roaming') ? { ...words, word: 'Registered, roaming' } : words;
}

/** 3GPP TS 27.007 §7.2, §10.1.20, §10.1.22, §10.1.29 `<stat>`, in words. */
export const REGISTRATION_WORDS: Readonly<Record<RegistrationState, string>> = {
  home: 'registered, home network',
  roaming: 'registered, roaming',
  searching: 'searching for a network',
  notSearching: 'not registered, not searching',
  denied: 'registration denied',
  emergencyOnly: 'emergency calls only',
  unknown: 'not known, perhaps out of coverage',
};

/** Which network a registration is about. */
export const REGISTRATION_NETWORKS: Readonly<Record<Registration['command'], string>> = {
  '+CREG': 'Circuit switched',
  '+CGREG': 'Packet switched (2G, 3G)',
  '+CEREG': 'LTE',
  '+C5GREG': '5G',
};

export interface SignalWord {
  /** 0 to 4. */
  readonly bars: number;
  readonly word: string;
}

/** Lowest dBm for each number of bars. They are the usual steps for the signal of LTE; other technologies differ by some dB. */
const STEPS: ReadonlyArray<readonly [from: number, SignalWord]> = [
  [-80, { bars: 4, word: 'very good' }],
  [-90, { bars: 3, word: 'good' }],
  [-100, { bars: 2, word: 'fair' }],
  [-110, { bars: 1, word: 'weak' }],
];

/** dBm as bars and a word. */
export function signalWord(dbm: number): SignalWord {
  return STEPS.find(([from]) => dbm >= from)?.[1] ?? { bars: 0, word: 'very weak' };
}

/** How far a wait with a limit is, 0 to 1. */
export function shareOfLimit(since: number, until: number, now: number): number {
  if (until <= since) return 1;
  return Math.min(1, Math.max(0, (now - since) / (until - since)));
}
