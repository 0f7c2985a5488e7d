import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtDialogue } from '../at/dialogue.ts';
import type { ApduChannel } from '../euicc/apduChannel.ts';
import { setDefaultSmdp } from '../euicc/es10/addresses.ts';
import { deleteProfile, resetMemory, setNickname } from '../euicc/es10/changeProfiles.ts';
import { removeNotification } from '../euicc/es10/notifications.ts';
import type { ChangeOutcome } from '../euicc/es10/results.ts';
import type { Es10Options } from '../euicc/es10/sendEs10.ts';
import { disableProfile, enableProfile } from '../euicc/es10/switchProfile.ts';
import { getEid } from '../euicc/getEid.ts';
import { type IsdR, lateFault, withIsdR } from './isdRChannel.ts';
import type { AfterChange, ChangeChip } from './modem.ts';
import { type Talk, talkOn } from './talk.ts';

type Change = Parameters<ChangeChip>[2];
type Kind = Change['kind'];

interface Row {
  /** How long the eUICC may take, ms: deleting clears memory. */
  readonly limitMs: number;
  /** Whether the modem goes by files of a profile that may be another one now. */
  readonly after: AfterChange;
}

const ROWS: Readonly<Record<Kind, Row>> = {
  enable: { limitMs: 60_000, after: 'refreshSim' },
  disable: { limitMs: 60_000, after: 'refreshSim' },
  delete: { limitMs: 120_000, after: 'nothing' },
  nickname: { limitMs: 30_000, after: 'nothing' },
  defaultSmdp: { limitMs: 30_000, after: 'nothing' },
  removeNotification: { limitMs: 30_000, after: 'nothing' },
  reset: { limitMs: 120_000, after: 'refreshSim' },
};

/** A change that was begun is not broken off, since its answer says what became of it; but not waited for like this. */
const GRACE_MS = 10_000;

/**
 * Makes one change on the eUICC, sent once; only enabling and disabling go out a second time, without the refresh flag,
 * where the eUICC says that it did nothing because it cannot refresh now. A busy SIM is not waited for once the change
 * is on its way, and an abort then takes effect within ten seconds.
 *
 * `refreshSim`: the modem has to start the SIM anew (SGP.22 §3.2.1: the eUICC's own REFRESH is not seen through by all).
 * Faults: `chip.*` as the eUICC refuses; `chip.unconfirmed` where the change went out and no answer says what became of
 * it (the modem that restarts the SIM at once may lose it, or refuse to fetch it); before that, those of `withIsdR`.
 */
export const changeChip: ChangeChip = async (dialogue, identified, change, options = {}) => {
  const talk = talkOn(dialogue, options);
  const memory = options.memory ?? identified.memory;
  const isProven = memory.eidVia === 'cgla' || memory.eidVia === 'csim';
  const changed = await withIsdR(talk, identified, memory, async (isdR) => {
    // A way that has never given an answer might lose that of the change; so it is asked for something else first.
    const proof = isProven ? ok(null) : await getEid(isdR.channel, talk.signal);
    return proof.ok ? ok(await makeChange(talk, isdR, change)) : proof;
  });
  return changed.ok ? changed.value.value : changed;
};

async function makeChange(talk: Talk, { channel }: IsdR, change: Change): Promise<Result<AfterChange>> {
  const { limitMs, after } = ROWS[change.kind];
  if (talk.signal?.aborted) return fail(fault('cancelled'));
  const sent = watchSending(talk.dialogue);
  const grace = graceOf(talk);
  // To wait for a SIM that is busy would be to send the change again.
  const { pauses } = talk.patience;
  talk.patience.pauses = 0;
  const outcome = await send(channel, change, {
    timeoutMs: limitMs,
    signal: grace.signal,
    onDeciding: sent.begin,
  });
  talk.patience.pauses = pauses;
  grace.end();
  if (outcome.ok) return ok(outcome.value === 'alreadySo' ? 'nothing' : after);
  const saidByTheEuicc = outcome.fault.code.startsWith('chip.') || outcome.fault.code === 'usage.invalid';
  return fail(saidByTheEuicc || !sent.hasBegun ? outcome.fault : unconfirmed(outcome.fault));
}

function send(channel: ApduChannel, change: Change, options: Es10Options): Promise<Result<ChangeOutcome>> {
  switch (change.kind) {
    case 'enable':
      return enableProfile(channel, change.iccid, options);
    case 'disable':
      return disableProfile(channel, change.iccid, options);
    case 'delete':
      return deleteProfile(channel, change.iccid, options);
    case 'nickname':
      return setNickname(channel, change.iccid, change.nickname, options);
    case 'defaultSmdp':
      return setDefaultSmdp(channel, change.address, options);
    case 'removeNotification':
      return removeNotification(channel, change.sequenceNumber, options);
    case 'reset':
      return resetMemory(channel, options);
  }
}

/** Whether anything was written since the request was about to be decided. What was not written changed nothing. */
function watchSending(dialogue: AtDialogue) {
  let before: number | null = null;
  return {
    begin: () => {
      before = dialogue.commandsSent;
    },
    get hasBegun() {
      return before !== null && dialogue.commandsSent > before;
    },
  };
}

/** A signal that goes off some time after the caller's, when the change is on its way. */
function graceOf({ clock, signal }: Talk) {
  const late = new AbortController();
  let stop: () => void = () => {};
  const onAbort = () => {
    stop = clock.after(GRACE_MS, () => late.abort());
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: late.signal,
    end() {
      signal?.removeEventListener('abort', onAbort);
      stop();
    },
  };
}

function unconfirmed(lost: Fault): Fault {
  return fault('chip.unconfirmed', { details: lost.details ?? lateFault(lost).message });
}
