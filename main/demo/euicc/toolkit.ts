import { fromHex } from '../bytes.ts';

/**
 * The card application toolkit as far as an eUICC needs it: the proactive command REFRESH that makes the modem start
 * the card anew (ETSI TS 102 223 §6.4.7, §6.6.13).
 */
export interface Toolkit {
  /** Leaves a REFRESH for the modem; a `91xx` in place of `9000` tells of it (TS 102 221 §7.4.2). */
  refresh(): void;
  /** Length of the command that waits to be fetched; 0 where there is none. */
  readonly waiting: number;
  /** From the REFRESH to its TERMINAL RESPONSE or the next reset. */
  readonly busy: boolean;
  /** FETCH: the proactive command, or null where none waits. */
  fetch(): Uint8Array | null;
  /** TERMINAL RESPONSE; false where there is nothing to respond to. */
  respond(): boolean;
  reset(): void;
}

/** Command details (number 1, REFRESH, "UICC reset"), from the UICC to the terminal. */
const REFRESH = fromHex('D009810301010482028182');

export function createToolkit(): Toolkit {
  let state: 'idle' | 'waiting' | 'fetched' = 'idle';
  return {
    refresh() {
      state = 'waiting';
    },
    get waiting() {
      return state === 'waiting' ? REFRESH.length : 0;
    },
    get busy() {
      return state !== 'idle';
    },
    fetch() {
      if (state !== 'waiting') return null;
      state = 'fetched';
      return REFRESH;
    },
    respond() {
      if (state !== 'fetched') return false;
      state = 'idle';
      return true;
    },
    reset() {
      state = 'idle';
    },
  };
}
