import { PROFILE_STATUSES } from '../../../contract/order.ts';
import type { ProfileFilter } from '../../../contract/remoteProfile.ts';
import { eidFeedback } from '../orders/eidFeedback.ts';
import { orderWord, type Tone } from '../orders/orderWords.ts';

/** The filter as it is in the fields. */
export interface TypedFilter {
  readonly eid: string;
  readonly simSid: string;
  /** In this window's words, or one of the provider's that it has no word for. */
  readonly status: string;
}

export interface FilterState {
  readonly typed: TypedFilter;
  /** What the list is asked for by: behind what is typed until that is complete. */
  readonly filter: ProfileFilter;
}

export const NO_FILTER: FilterState = {
  typed: { eid: '', simSid: '', status: '' },
  filter: { eid: null, simSid: null, status: null },
};

/** As the contract has it. */
const LONGEST = { eid: 100, simSid: 64, status: 64 } as const;
const SIM_SID = /^HS[0-9a-f]{32}$/i;

/** The statuses that are offered, in this window's words. */
export const STATUS_WORDS: readonly string[] = PROFILE_STATUSES.map((status) => orderWord(status).word);

/** The provider's status for a word of this window's; one that the provider added since is taken as it is. */
export function statusOf(word: string): string {
  const known = PROFILE_STATUSES.find((status) => orderWord(status).word === word || status === word);
  return known ?? word;
}

/**
 * The filter after something was typed. What is empty or complete counts at once; what may still be typed at counts when it is
 * `done` (Enter, or the field was left). An EID counts only when it has its 32 digits.
 */
export function withTyped(state: FilterState, change: Partial<TypedFilter>, done = false): FilterState {
  const typed = { ...state.typed, ...change };
  const eid = eidFeedback(typed.eid);
  const simSid = typed.simSid.trim().slice(0, LONGEST.simSid);
  const status = typed.status.trim().slice(0, LONGEST.status);
  return {
    typed,
    filter: {
      eid:
        eid.kind === 'empty'
          ? null
          : eid.kind === 'valid' || eid.kind === 'checkFails'
            ? eid.eid
            : state.filter.eid,
      simSid: simSid === '' ? null : done || SIM_SID.test(simSid) ? simSid : state.filter.simSid,
      status:
        status === '' ? null : done || STATUS_WORDS.includes(status) ? statusOf(status) : state.filter.status,
    },
  };
}

export function isFiltered({ eid, simSid, status }: ProfileFilter): boolean {
  return eid !== null || simSid !== null || status !== null;
}

/** What is to be said of the EID that is typed; null where all is well. */
export function eidNote(typed: string): { readonly word: string; readonly tone: Tone } | null {
  const eid = eidFeedback(typed);
  switch (eid.kind) {
    case 'empty':
    case 'valid':
      return null;
    case 'typing':
      return { word: `The EID has ${eid.digits} of 32 digits: not filtered by it yet.`, tone: 'waiting' };
    case 'checkFails':
      return { word: eid.message, tone: 'waiting' };
    case 'noEid':
      return { word: eid.message, tone: 'failed' };
  }
}
