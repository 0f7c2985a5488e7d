import type { Result } from '../../contract/result.ts';

/**
 * A way to talk to one application on the card (the ISD-R). The transport is below it: it puts the logical channel
 * into the class byte and follows `61xx` and `6Cxx` (ISO 7816-4 §5.3.4, TS 102 221 §7.3.1.1), so what comes back is
 * the whole answer.
 */
export interface ApduChannel {
  /**
   * Sends a command APDU whose class byte is for channel 0.
   * The answer is data and status word apart. Faults: those of the AT dialogue, and the `sim.*` and `euicc.*` ones.
   */
  transmit(
    apdu: Uint8Array,
    options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number },
  ): Promise<Result<ApduResponse>>;
  /** Closes the logical channel; safe to call twice, also after an error. */
  close(): Promise<void>;
}

export interface ApduResponse {
  readonly data: Uint8Array;
  /** Status word, `0x9000` when all is well. */
  readonly sw: number;
}

/** ISD-R application identifier (GSMA SGP.02 §2.2.3, SGP.22 §2.4.3). */
export const ISD_R_AID = 'A0000005591010FFFFFFFF8900000100';
