import type { EuiccState } from './euiccState.ts';
import type { Signer } from './signer.ts';
import type { Tlv } from './tlv.ts';
import type { Toolkit } from './toolkit.ts';

/** What a function of ES10 works on. */
export interface Es10Card {
  readonly state: EuiccState;
  readonly quirks: Es10Quirks;
  readonly toolkit: Toolkit;
  readonly signer: Signer;
  /** Requests with a refresh that will still be told that the toolkit is busy. */
  catBusyLeft: number;
}

/**
 * One function of ES10a to ES10c: the fields of the request (the value of its outer object) in, the encoded
 * response out, or the status word with which it is refused.
 */
export type Es10Function = (request: readonly Tlv[], card: Es10Card) => Uint8Array | number;

/** Ways in which real eUICCs differ in ES10. */
export interface Es10Quirks {
  /**
   * GetEuiccData without a tag list (`BF3E00`): some cards answer with the EID, others refuse with `6A80`.
   */
  readonly getEidWithoutTagList: 'refused' | 'answered';
  /** GetProfilesInfo with a tag list (`5C`): answered, or refused with `6A80`, so that only `BF2D00` is left. */
  readonly profilesTagList: 'answered' | 'refused';
  /** Status words for requests that this card refuses whatever they hold, by tag: `{ BF3E: 0x6985 }`. */
  readonly refuses: Readonly<Record<string, number>>;
  /** Result codes in place of carrying the request out, by tag: `{ BF31: 127 }` for `undefinedError`. */
  readonly results: Readonly<Record<string, number>>;
  /** How many requests with a refresh are answered `catBusy` before one is carried out. */
  readonly catBusy: number;
  /** Whether it sends REFRESH where it was asked to; without, the modem has to start the card anew by itself. */
  readonly sendsRefresh: boolean;
  /** `NotificationEvent` as DER has it (`0640`), or with all its four bits (`0440`), as many cards write it. */
  readonly eventBits: 'der' | 'fourBits';
}

export const PLAIN_ES10: Es10Quirks = {
  getEidWithoutTagList: 'refused',
  profilesTagList: 'answered',
  refuses: {},
  results: {},
  catBusy: 0,
  sendsRefresh: true,
  eventBits: 'der',
};
