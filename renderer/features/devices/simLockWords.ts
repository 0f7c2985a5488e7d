import type { SimLock } from '../../../contract/device.ts';
import { counted } from '../../format/words.ts';

/** What stands above the field: what the SIM asks for. */
export const LOCK_TITLES: Readonly<Record<SimLock['asksFor'], string>> = {
  pin: 'The SIM asks for its PIN',
  puk: 'The SIM is blocked and asks for its PUK',
};

export interface TriesLine {
  readonly text: string;
  /** Whether one more wrong one changes everything. */
  readonly last: boolean;
}

/** How many tries are left and what comes after the last one. */
export function triesLine(lock: SimLock): TriesLine {
  const tries = lock.asksFor === 'pin' ? lock.pinTries : lock.pukTries;
  const after =
    lock.asksFor === 'pin' ? 'After that the SIM asks for its PUK.' : 'After that the SIM is lost for good.';
  if (tries === null)
    return { text: `The modem does not tell how many tries are left. ${after}`, last: false };
  return {
    text: `${tries === 0 ? 'No tries' : counted(tries, 'try', 'tries')} left. ${after}`,
    last: tries === 1,
  };
}

/** 4 to 8 digits (3GPP TS 31.101 §9.4). */
export function isPin(text: string): boolean {
  return /^\d{4,8}$/.test(text);
}

/** 8 digits (ETSI TS 102 221 §9.5.1). */
export function isPuk(text: string): boolean {
  return /^\d{8}$/.test(text);
}
