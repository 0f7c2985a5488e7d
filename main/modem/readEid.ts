import type { EidReading, EidVia } from '../../contract/device.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { AtFinal } from '../at/dialogue.ts';
import type { ApduChannel } from '../euicc/apduChannel.ts';
import { type Eid, getEid } from '../euicc/getEid.ts';
import { SW, swWords } from '../euicc/statusWord.ts';
import { openCgla } from './channelCgla.ts';
import { openCsim } from './channelCsim.ts';
import { refusalOf, refusedFault } from './errors.ts';
import { type Evidence, mostTelling, type Witness } from './evidence.ts';
import { freeChannels } from './freeChannels.ts';
import type { Identified, ModemMemory, ReadEid } from './modem.ts';
import { readVendorEid } from './readVendorEid.ts';
import { isModemFault, LIMIT, type Talk, talkOn } from './talk.ts';
import { vendorHint } from './vendors.ts';

/** What one way of asking came to. */
type Attempt =
  | { readonly kind: 'eid'; readonly eid: Eid; readonly vendor: string | null }
  | { readonly kind: 'no'; readonly evidence: Evidence; readonly channels?: Channels };

/** Whether an attempt failed for want of a free channel: the card said so, or the modem may have meant it. */
type Channels = 'short' | 'perhapsShort';

/** The standard ways, the better one first: with `+CCHO` the modem knows of the channel and keeps off it. */
const STANDARD = ['cgla', 'csim'] as const satisfies readonly EidVia[];

/**
 * Reads the EID: from the ISD-R through `+CCHO` and `+CGLA`, else through `+CSIM`, else by a vendor's own command; what
 * gave it last time first. What a modem can do is learnt by doing it: test forms lie both ways. Every channel that was
 * opened is closed again, also after a fault and after an abort, which therefore takes effect within one command's time.
 *
 * A modem that is known takes three or four commands by `+CGLA`, four or five by `+CSIM`, one by a vendor's command.
 * Faults: `sim.*`, `euicc.*`, `modem.timeout`, `modem.garbled`, `modem.refused`, `port.*`, `cancelled`.
 */
export const readEid: ReadEid = async (dialogue, identified, options = {}) => {
  const talk = talkOn(dialogue, options);
  const memory = options.memory ?? identified.memory;
  const startedAt = talk.clock.monotonic();

  const found = await find(talk, identified, memory);
  if (!found.ok) return found;
  const { eid, via, vendor } = found.value;
  const reading: EidReading = {
    value: eid.value,
    valid: eid.valid,
    via,
    elapsedMs: Math.round(talk.clock.monotonic() - startedAt),
  };
  return ok({ eid: reading, memory: { identity: identified.identity, eidVia: via, vendor } });
};

interface Found {
  readonly eid: Eid;
  readonly via: EidVia;
  readonly vendor: string | null;
}

async function find(talk: Talk, identified: Identified, memory: ModemMemory): Promise<Result<Found>> {
  const evidence: Evidence[] = identified.simFault ? [{ fault: identified.simFault, witness: 'modem' }] : [];
  const byVendorFirst = memory.eidVia === 'vendor';
  const ways = memory.eidVia === 'csim' ? [...STANDARD].reverse() : STANDARD;
  let doubtful: Found | null = null;

  if (byVendorFirst) {
    const vendor = await byVendor(talk, identified, memory);
    if (!vendor.ok) return vendor;
    if (vendor.value.kind === 'no') evidence.push(vendor.value.evidence);
    else {
      const found: Found = { ...vendor.value, via: 'vendor' };
      if (found.eid.valid) return ok(found);
      doubtful = found;
    }
  }

  let standard = await byStandard(talk, ways);
  if (!standard.ok) return standard;
  if (standard.value.kind === 'no' && standard.value.channels === 'short' && (await freeChannels(talk))) {
    standard = await byStandard(talk, ways);
    if (!standard.ok) return standard;
  }
  if (standard.value.kind === 'found') return ok(standard.value.found);

  if (!byVendorFirst) {
    const vendor = await byVendor(talk, identified, memory);
    if (!vendor.ok) return vendor;
    if (vendor.value.kind === 'eid') return ok({ ...vendor.value, via: 'vendor' });
    standard.value.evidence.push(vendor.value.evidence);
  }
  if (doubtful !== null) return ok(doubtful);

  // The last resort, since it costs many commands and most modems that refuse mean what they say.
  if (standard.value.channels === 'perhapsShort' && (await freeChannels(talk))) {
    const again = await byStandard(talk, ways);
    if (!again.ok) return again;
    if (again.value.kind === 'found') return ok(again.value.found);
  }
  const [first, ...rest] = [...evidence, ...standard.value.evidence];
  return fail(
    first === undefined ? fault('modem.refused') : withHint(mostTelling([first, ...rest]), identified),
  );
}

function withHint(reason: Fault, { identity }: Identified): Fault {
  const hint = vendorHint(identity);
  const fits = reason.code === 'euicc.refused' || reason.code === 'modem.refused';
  return hint !== null && fits ? { ...reason, hint } : reason;
}

type Standard =
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'no'; readonly evidence: Evidence[]; readonly channels: Channels | null };

/** The standard ways, one after the other. */
async function byStandard(talk: Talk, ways: readonly (typeof STANDARD)[number][]): Promise<Result<Standard>> {
  const evidence: Evidence[] = [];
  const channels = new Set<Channels>();
  for (const via of ways) {
    const attempt = via === 'cgla' ? await byCgla(talk) : await byCsim(talk);
    if (!attempt.ok) return attempt;
    if (attempt.value.kind === 'eid') return ok({ kind: 'found', found: { ...attempt.value, via } });
    evidence.push(attempt.value.evidence);
    if (attempt.value.channels !== undefined) channels.add(attempt.value.channels);
  }
  // What the modem may have meant counts only where the card could not be asked.
  const cardAnswered = evidence.some(({ witness }) => witness === 'card');
  const perhaps = channels.has('perhapsShort') && !cardAnswered ? 'perhapsShort' : null;
  return ok({ kind: 'no', evidence, channels: channels.has('short') ? 'short' : perhaps });
}

async function byCgla(talk: Talk): Promise<Result<Attempt>> {
  const opened = await openCgla(talk);
  if (!opened.ok) return notAnswered(talk, opened.fault, 'card');
  if (opened.value.kind === 'open') return askOver(talk, opened.value.channel);
  const { final } = opened.value;
  const attempt = no(refusedFault('+CCHO', final, 'euicc.none'), 'modem');
  return ok(isVague(final) ? { ...attempt, channels: 'perhapsShort' } : attempt);
}

/** A refusal that may mean that no channel is free, there being no code for it. Code 4 means that there is no `+CCHO`. */
function isVague(final: AtFinal): boolean {
  const refusal = refusalOf(final);
  return refusal === 'full' || refusal === 'unknown' || refusal === 'simFailure' || final.kind === 'error';
}

async function byCsim(talk: Talk): Promise<Result<Attempt>> {
  const opened = await openCsim(talk);
  if (!opened.ok) return notAnswered(talk, opened.fault, 'card');
  switch (opened.value.kind) {
    case 'open':
      return askOver(talk, opened.value.channel);
    case 'refused':
      return ok(no(refusedFault('+CSIM', opened.value.final), 'modem'));
    case 'notFound':
      return ok(no(fault('euicc.none', { details: `SELECT ISD-R: ${swWords(opened.value.sw)}` }), 'card'));
    case 'noChannel': {
      const details = `MANAGE CHANNEL: ${swWords(opened.value.sw)}`;
      const { sw } = opened.value;
      const none = no(fault('euicc.none', { details }), 'card');
      // A card that knows no channels cannot be an eUICC. Some cards say the second where none is left.
      if (sw === SW.unknownCommand || sw === SW.unknownClass) return ok(none);
      if (sw === SW.channelsUnsupported) return ok({ ...none, channels: 'short' });
      const message = 'The eUICC has no channel free.';
      return ok({ ...no(fault('euicc.refused', { message, details }), 'card'), channels: 'short' });
    }
  }
}

async function askOver(talk: Talk, channel: ApduChannel): Promise<Result<Attempt>> {
  const eid = await getEid(channel, talk.signal);
  await channel.close();
  if (eid.ok) return ok({ kind: 'eid', eid: eid.value, vendor: null });
  return notAnswered(talk, eid.fault, 'card');
}

async function byVendor(talk: Talk, { identity }: Identified, memory: ModemMemory): Promise<Result<Attempt>> {
  const answer = await readVendorEid(talk, identity, memory.vendor);
  if (answer.ok) return ok({ kind: 'eid', eid: answer.value.eid, vendor: answer.value.vendor });
  return notAnswered(talk, answer.fault, 'modem');
}

/**
 * A fault as evidence, so that the next way can be tried; or as the end of it: where the port is gone, where it was
 * cancelled, and where the modem has stopped to answer anything at all.
 */
async function notAnswered(talk: Talk, reason: Fault, witness: Witness): Promise<Result<Attempt>> {
  if (reason.code === 'cancelled' || reason.code.startsWith('port.') || reason.code === 'internal')
    return fail(reason);
  if (!isModemFault(reason.code) || reason.code === 'modem.refused') {
    return ok(no(reason, reason.code.startsWith('euicc.') ? witness : 'modem'));
  }
  // It has answered before, so it is an AT port, and the modem did not answer in time.
  const late = reason.code === 'modem.noAnswer' ? fault('modem.timeout') : reason;
  const alive = await talk.dialogue.send('AT', {
    timeoutMs: LIMIT.own,
    ...(talk.signal === undefined ? {} : { signal: talk.signal }),
  });
  if (alive.ok) return ok(no(late, 'modem'));
  return fail(isModemFault(alive.fault.code) ? late : alive.fault);
}

function no(reason: Fault, witness: Witness): Extract<Attempt, { kind: 'no' }> {
  return { kind: 'no', evidence: { fault: reason, witness } };
}
