import { fault } from '../../../contract/fault.ts';
import { fail, type Result } from '../../../contract/result.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { iccidToBytes } from '../iccid.ts';
import { writeTlv } from '../tlv.ts';
import { type ChangeOutcome, outcomeOf, type ResultTable, sendForCode } from './results.ts';
import type { Es10Options } from './sendEs10.ts';

const PROFILE_IDENTIFIER = 0xa0;
const ICCID = 0x5a;
const REFRESH_FLAG = 0x81;

interface SwitchFunction {
  readonly name: string;
  readonly tag: number;
  readonly results: ResultTable;
}

/** Codes of both: 1 `iccidOrAidNotFound`, 3 `disallowedByPolicy`, 5 `catBusy`, 127 `undefinedError`. */
const OF_BOTH: ResultTable = {
  1: { name: 'iccidOrAidNotFound', means: 'chip.profileNotFound' },
  3: { name: 'disallowedByPolicy', means: 'chip.policy' },
  5: { name: 'catBusy', means: 'chip.busy' },
  127: { name: 'undefinedError', means: 'chip.refused' },
};

/** ES10c.EnableProfile (SGP.22 §5.7.16): also 2 `profileNotInDisabledState`, 4 `wrongProfileReenabling`. */
const ENABLE: SwitchFunction = {
  name: 'EnableProfile',
  tag: 0xbf31,
  results: {
    ...OF_BOTH,
    2: {
      name: 'profileNotInDisabledState',
      means: 'chip.wrongState',
      words: {
        message: 'The profile is enabled already.',
        hint: 'Read the chip again to see how it stands now.',
      },
    },
    4: { name: 'wrongProfileReenabling', means: 'chip.reenable' },
  },
};

/** ES10c.DisableProfile (SGP.22 §5.7.17): also 2 `profileNotInEnabledState`. */
const DISABLE: SwitchFunction = {
  name: 'DisableProfile',
  tag: 0xbf32,
  results: {
    ...OF_BOTH,
    2: {
      name: 'profileNotInEnabledState',
      means: 'chip.wrongState',
      words: {
        message: 'The profile is not enabled.',
        hint: 'Read the chip again to see how it stands now.',
      },
    },
  },
};

/**
 * Results that a card gives where it, or the modem, cannot do the REFRESH that was asked for: `catBusy` (a proactive
 * session is under way) and, with some cards, `undefinedError`.
 */
const WITHOUT_REFRESH: ReadonlySet<number> = new Set([5, 127]);

/**
 * Enables a profile, and so disables the one that was enabled (SGP.22 §3.2.1). The modem has to start the SIM anew
 * afterwards. Faults: `usage.invalid` for what is no ICCID; those of `sendEs10`; those of the table.
 */
export function enableProfile(
  channel: ApduChannel,
  iccid: string,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  return switchProfile(channel, ENABLE, iccid, options);
}

/** Disables a profile (SGP.22 §3.2.2); the rest as `enableProfile`. */
export function disableProfile(
  channel: ApduChannel,
  iccid: string,
  options: Es10Options = {},
): Promise<Result<ChangeOutcome>> {
  return switchProfile(channel, DISABLE, iccid, options);
}

/** With the refresh flag; where the card says that it cannot now, so that nothing was changed, once again without. */
async function switchProfile(
  channel: ApduChannel,
  { name, tag, results }: SwitchFunction,
  iccid: string,
  options: Es10Options,
): Promise<Result<ChangeOutcome>> {
  const bytes = iccidToBytes(iccid);
  if (bytes === null) return fail(fault('usage.invalid', { message: 'This is no ICCID.' }));
  // The identifier is a CHOICE, so its tag goes around that of the ICCID; the flag stands beside it.
  const request = (refresh: boolean) => ({
    name,
    tag,
    value: Uint8Array.from([
      ...writeTlv(PROFILE_IDENTIFIER, writeTlv(ICCID, bytes)),
      ...writeTlv(REFRESH_FLAG, Uint8Array.of(refresh ? 0xff : 0x00)),
    ]),
  });
  const first = await sendForCode(channel, request(true), options);
  if (!first.ok) return first;
  if (!WITHOUT_REFRESH.has(first.value)) return outcomeOf({ name }, first.value, results);
  const second = await sendForCode(channel, request(false), options);
  return second.ok ? outcomeOf({ name }, second.value, results) : second;
}
