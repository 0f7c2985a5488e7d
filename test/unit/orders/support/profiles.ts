import type { Intent } from '../../../../main/orders/record.ts';
import type { Profile } from '../../../../main/provider/provider.ts';

/** A published test EID (GSMA SGP.29). */
export const EID = '89049032123451234512345678901235';
export const OTHER_EID = '89001012012341234012345678901224';

export const ACCOUNT = {
  provider: 'twilio',
  accountSid: `AC${'1'.repeat(32)}`,
  endpoint: 'https://supersim.twilio.com',
};

/** `HP` and 32 hex digits that end in `number`. */
export function sidOf(number: number): string {
  return `HP${number.toString(16).padStart(32, '0')}`;
}

export function profile(given: Partial<Profile> = {}): Profile {
  return {
    sid: sidOf(1),
    accountSid: ACCOUNT.accountSid,
    iccid: null,
    simSid: null,
    status: 'new',
    eid: null,
    smdpPlusAddress: null,
    matchingId: null,
    activationCode: null,
    errorCode: null,
    errorMessage: null,
    dateCreated: '2026-11-24T08:00:00Z',
    dateUpdated: null,
    url: null,
    extra: {},
    ...given,
  };
}

export function intent(given: Partial<Intent> = {}): Intent {
  return {
    target: { kind: 'eid', eid: EID },
    device: null,
    account: ACCOUNT,
    callback: null,
    orderAnother: false,
    replaces: null,
    ...given,
  };
}
