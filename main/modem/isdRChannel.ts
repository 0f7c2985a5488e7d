import type { EidVia } from '../../contract/device.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtFinal } from '../at/dialogue.ts';
import { pause } from '../base/clock.ts';
import type { ApduChannel } from '../euicc/apduChannel.ts';
import { SW, swWords } from '../euicc/statusWord.ts';
import { openCgla } from './channelCgla.ts';
import { openCsim } from './channelCsim.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { type Evidence, mostTelling, type Witness } from './evidence.ts';
import { hintWhenRefused } from './families/index.ts';
import { freeChannels } from './freeChannels.ts';
import type { Identified, ModemMemory } from './modem.ts';
import { isModemFault, LIMIT, type Talk } from './talk.ts';

/** The standard ways, the better one first: with `+CCHO` the modem knows of the channel and keeps off it. */
const WAYS = ['cgla', 'csim'] as const satisfies readonly EidVia[];
export type IsdRWay = (typeof WAYS)[number];

/** An open channel to the ISD-R. It is closed for whoever uses it. */
export interface IsdR {
  /** The channel as it is: what goes over it is sent once. */
  readonly channel: ApduChannel;
  /**
   * Runs a request that changes nothing. Where the channel has served before and is gone now (modems close channels by
   * themselves, or lose them with a SIM that starts anew), it is opened once more and the request runs again.
   */
  read<T>(request: (channel: ApduChannel) => Promise<Result<T>>): Promise<Result<T>>;
}

/** What is done over the channel. A fault lets the other way be tried, so nothing may have been changed by then. */
export type IsdRWork<T> = (isdR: IsdR) => Promise<Result<T>>;

/** What a way came to, or all of them. */
export type IsdROutcome<T> =
  | { readonly kind: 'done'; readonly value: T; readonly via: IsdRWay }
  | { readonly kind: 'no'; readonly evidence: readonly Evidence[]; readonly again: Again | null };

/**
 * Why another try may do better: the card has said that no channel is free, the modem may have meant that, or it has
 * failed for a reason that may pass.
 */
type Again = 'short' | 'perhapsShort';

/**
 * Opens the ISD-R in the way that worked last, else in the other one, does the work over one channel and closes it, also
 * after a fault and after an abort, which therefore takes effect within one command's time. Channels that a program left
 * open are closed where none is free.
 * Faults: those of the work; `sim.*`, `euicc.*`, `modem.*`, `port.*`, `cancelled`.
 */
export async function withIsdR<T>(
  talk: Talk,
  identified: Identified,
  { eidVia }: Pick<ModemMemory, 'eidVia'>,
  work: IsdRWork<T>,
): Promise<Result<{ readonly value: T; readonly via: IsdRWay }>> {
  let outcome = await tryIsdR(talk, eidVia, work);
  if (!outcome.ok) return outcome;
  if (outcome.value.kind === 'no' && outcome.value.again === 'perhapsShort') {
    const again = await tryIsdRAgain(talk, eidVia, work);
    if (!again.ok || again.value.kind === 'done') outcome = again;
  }
  if (!outcome.ok) return outcome;
  if (outcome.value.kind === 'done') return ok(outcome.value);
  return fail(whyNot(identified, outcome.value.evidence));
}

/** Both ways, the one that gave the EID last first; again where the card had no channel free and one could be closed. */
export async function tryIsdR<T>(
  talk: Talk,
  before: EidVia | null,
  work: IsdRWork<T>,
): Promise<Result<IsdROutcome<T>>> {
  const first = await tryWays(talk, before, work);
  if (!first.ok || first.value.kind === 'done' || first.value.again !== 'short') return first;
  return (await freeChannels(talk)) ? tryWays(talk, before, work) : first;
}

/** A refusal may pass by itself: a SIM that is busy, on a modem that gives no reasons. */
const PASSES_MS = 1_000;
/** How often it is tried again; a modem that has opened the ISD-R before is worth more patience. */
const PASSES = { unknown: 2, proven: 5 } as const;

/**
 * The last resort, since it costs many commands and most modems that refuse mean what they say: closes what may be
 * open, else waits a moment, and tries both ways again.
 */
export async function tryIsdRAgain<T>(
  talk: Talk,
  before: EidVia | null,
  work: IsdRWork<T>,
): Promise<Result<IsdROutcome<T>>> {
  const passes = before === 'cgla' || before === 'csim' ? PASSES.proven : PASSES.unknown;
  const freed = await freeChannels(talk);
  for (let turn = 1; ; turn += 1) {
    if (turn > 1 || !freed) await pause(talk.clock, PASSES_MS, talk.signal);
    const outcome = await tryWays(talk, before, work);
    const mayPass = outcome.ok && outcome.value.kind === 'no' && outcome.value.again === 'perhapsShort';
    if (!mayPass || turn === passes) return outcome;
  }
}

/** Refusals that a modem's own LPA may be behind. */
const HINT_FITS: ReadonlySet<string> = new Set(['euicc.refused', 'chip.refused', 'modem.refused']);

/** The fault that says most about why the ISD-R could not be used, with a hint of the modem's vendor. */
export function whyNot(identified: Identified, evidence: readonly Evidence[]): Fault {
  const told: Evidence[] = identified.simFault ? [{ fault: identified.simFault, witness: 'modem' }] : [];
  const [first, ...rest] = [...told, ...evidence];
  if (first === undefined) return fault('modem.refused');
  const reason = mostTelling([first, ...rest]);
  const hint = hintWhenRefused(identified.identity);
  return hint !== null && HINT_FITS.has(reason.code) ? { ...reason, hint } : reason;
}

async function tryWays<T>(
  talk: Talk,
  before: EidVia | null,
  work: IsdRWork<T>,
): Promise<Result<IsdROutcome<T>>> {
  const evidence: Evidence[] = [];
  const reasons = new Set<Again>();
  for (const via of before === 'csim' ? [...WAYS].reverse() : WAYS) {
    const outcome = await tryWay(talk, via, work);
    if (!outcome.ok || outcome.value.kind === 'done') return outcome;
    evidence.push(...outcome.value.evidence);
    if (outcome.value.again !== null) reasons.add(outcome.value.again);
  }
  // What the modem may have meant counts only where the card could not be asked.
  const cardAnswered = evidence.some(({ witness }) => witness === 'card');
  const perhaps = reasons.has('perhapsShort') && !cardAnswered ? 'perhapsShort' : null;
  return ok({ kind: 'no', evidence, again: reasons.has('short') ? 'short' : perhaps });
}

type Way =
  | { readonly kind: 'open'; readonly channel: ApduChannel }
  | { readonly kind: 'closed'; readonly evidence: Evidence; readonly again: Again | null };

const OPEN: Readonly<Record<IsdRWay, (talk: Talk) => Promise<Result<Way>>>> = {
  cgla: openByCgla,
  csim: openByCsim,
};

async function tryWay<T>(talk: Talk, via: IsdRWay, work: IsdRWork<T>): Promise<Result<IsdROutcome<T>>> {
  const opened = await OPEN[via](talk);
  if (!opened.ok) return notAnswered(talk, opened.fault);
  if (opened.value.kind === 'closed') {
    const { evidence, again } = opened.value;
    return ok({ kind: 'no', evidence: [evidence], again });
  }
  const session = createSession(talk, via, opened.value.channel);
  try {
    const done = await work(session.isdR);
    return done.ok ? ok({ kind: 'done', value: done.value, via }) : await notAnswered(talk, done.fault);
  } finally {
    await session.close();
  }
}

/** What a card or a modem says to a command on a channel that is no longer there. */
const GONE_WORDS: ReadonlySet<number> = new Set([
  SW.channelsUnsupported,
  SW.unknownClass,
  SW.unknownCommand,
  SW.refusedSelection,
]);
const GONE_FAULTS: ReadonlySet<string> = new Set(['modem.refused', 'sim.failure']);

function createSession(talk: Talk, via: IsdRWay, opened: ApduChannel) {
  let current = opened;
  /** Whether this channel has answered a command; one that never did is of no use, and not gone. */
  let served = false;
  let lastWord: number | null = null;

  const channel: ApduChannel = {
    async transmit(apdu, options) {
      const answer = await current.transmit(apdu, options);
      lastWord = answer.ok ? answer.value.sw : null;
      if (answer.ok && !GONE_WORDS.has(answer.value.sw)) served = true;
      return answer;
    },
    close: () => current.close(),
  };

  const isdR: IsdR = {
    channel,
    async read(request) {
      const servedBefore = served;
      const answer = await request(channel);
      if (answer.ok || !servedBefore || talk.signal?.aborted) return answer;
      const gone = GONE_FAULTS.has(answer.fault.code) || (lastWord !== null && GONE_WORDS.has(lastWord));
      if (!gone) return answer;
      await current.close();
      const reopened = await OPEN[via](talk);
      if (!reopened.ok) return reopened;
      if (reopened.value.kind === 'closed') return answer;
      current = reopened.value.channel;
      return request(channel);
    },
  };
  return { isdR, close: () => current.close() };
}

async function openByCgla(talk: Talk): Promise<Result<Way>> {
  const opened = await openCgla(talk);
  if (!opened.ok) return opened;
  if (opened.value.kind === 'open') return ok(opened.value);
  const { final } = opened.value;
  return closed(refusedFault('+CCHO', final, 'euicc.none'), 'modem', isVague(final) ? 'perhapsShort' : null);
}

/** A refusal that may mean that no channel is free, there being no code for it. Code 4 means that there is no `+CCHO`. */
function isVague(final: AtFinal): boolean {
  const refusal = refusalOf(final);
  return refusal === 'full' || refusal === 'unknown' || refusal === 'simFailure' || final.kind === 'error';
}

async function openByCsim(talk: Talk): Promise<Result<Way>> {
  const opened = await openCsim(talk);
  if (!opened.ok) return opened;
  switch (opened.value.kind) {
    case 'open':
      return ok(opened.value);
    case 'refused':
      return closed(refusedFault('+CSIM', opened.value.final), 'modem');
    case 'notFound':
      return closed(fault('euicc.none', { details: `SELECT ISD-R: ${swWords(opened.value.sw)}` }), 'card');
    case 'noChannel': {
      const { sw } = opened.value;
      const details = `MANAGE CHANNEL: ${swWords(sw)}`;
      const none = fault('euicc.none', { details });
      // A card that knows no channels cannot be an eUICC. Some cards say the second where none is left.
      if (sw === SW.unknownCommand || sw === SW.unknownClass) return closed(none, 'card');
      if (sw === SW.channelsUnsupported) return closed(none, 'card', 'short');
      const message = 'The eUICC has no channel free.';
      return closed(fault('euicc.refused', { message, details }), 'card', 'short');
    }
  }
}

function closed(reason: Fault, witness: Witness, again: Again | null = null): Result<Way> {
  return ok({ kind: 'closed', evidence: { fault: reason, witness }, again });
}

/**
 * A fault as evidence, so that the next way can be tried; or as the end of it: where the port is gone, where it was
 * cancelled, and where the modem has stopped to answer anything at all.
 */
async function notAnswered<T>(talk: Talk, reason: Fault): Promise<Result<IsdROutcome<T>>> {
  const evidence = await evidenceOf(talk, reason, 'card');
  return evidence.ok ? ok({ kind: 'no', evidence: [evidence.value], again: null }) : evidence;
}

/** @param witness who has said it where the fault is one of the eUICC. */
export async function evidenceOf(talk: Talk, reason: Fault, witness: Witness): Promise<Result<Evidence>> {
  if (reason.code === 'cancelled' || reason.code.startsWith('port.') || reason.code === 'internal')
    return fail(reason);
  if (!isModemFault(reason.code) || reason.code === 'modem.refused') {
    const ofTheChip = reason.code.startsWith('euicc.') || reason.code.startsWith('chip.');
    return ok({ fault: reason, witness: ofTheChip ? witness : 'modem' });
  }
  const late = lateFault(reason);
  const alive = await talk.dialogue.send('AT', {
    timeoutMs: LIMIT.own,
    ...(talk.signal === undefined ? {} : { signal: talk.signal }),
  });
  if (alive.ok) return ok({ fault: late, witness: 'modem' });
  return fail(isModemFault(alive.fault.code) ? late : alive.fault);
}

/** For a modem that has answered before: it is on this port, and just did not answer in time. */
export function lateFault(reason: Fault): Fault {
  return reason.code === 'modem.noAnswer' ? fault('modem.timeout') : reason;
}
