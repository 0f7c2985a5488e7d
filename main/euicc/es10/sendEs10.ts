import { type Fault, fault } from '../../../contract/fault.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { storeData } from '../apdu.ts';
import type { ApduChannel } from '../apduChannel.ts';
import { isDone, isWarning, SW, saysNothingOfState, swWords } from '../statusWord.ts';
import { readFirstTlv, writeTlv } from '../tlv.ts';

/** One function of ES10: what is sent to the ISD-R in one data object, and answered in one of the same tag. */
export interface Es10Request {
  /** As SGP.22 calls it: `GetEID`; begins the details of faults. */
  readonly name: string;
  readonly tag: number;
  /** What is inside the object. */
  readonly value: Uint8Array;
  /** Whether it changes something on the eUICC, so that not to know its end is not the same as a refusal. */
  readonly changes?: boolean;
  /** The fault for a refusal. Default `chip.refused`. */
  readonly refusal?: 'chip.refused' | 'euicc.refused';
}

export interface Es10Options {
  readonly signal?: AbortSignal;
  /** For each block. Default: the channel's own. */
  readonly timeoutMs?: number;
  /** Called just before the last block is handed to the channel: until then, the eUICC has not begun. */
  readonly onDeciding?: () => void;
}

/** The sentence of `euicc.unreadable` speaks of the EID. */
const UNREADABLE = 'The eUICC answered with something that could not be read.';

/**
 * Sends an ES10 request in STORE DATA blocks and gives what is inside the object that answers it (GSMA SGP.22 §5.7.2).
 * `91xx` counts as done, and so does a warning that comes with an answer. The answer belongs to the last block; where
 * that has none, a card may have given it before.
 *
 * Faults: those of the channel; `chip.refused` (or `refusal`) with the status word, `chip.busy` for `9300`;
 * `euicc.unreadable` where the answer is empty, cut off or another object. For a request that changes something,
 * `chip.unconfirmed` in place of the last one and of status words that leave it open (`65xx`, `6Fxx`).
 */
export async function sendEs10(
  channel: ApduChannel,
  request: Es10Request,
  options: Es10Options = {},
): Promise<Result<Uint8Array>> {
  const { onDeciding, ...sending } = options;
  const blocks = storeData(writeTlv(request.tag, request.value));
  let data: Uint8Array = new Uint8Array();
  for (const [index, apdu] of blocks.entries()) {
    const last = index === blocks.length - 1;
    if (last) onDeciding?.();
    const answer = await channel.transmit(apdu, sending);
    if (!answer.ok) return answer;
    const { sw } = answer.value;
    const answered = isDone(sw) || (isWarning(sw) && (answer.value.data.length > 0 || !last));
    if (!answered) return fail(refusedBy(request, sw, last));
    if (answer.value.data.length > 0) data = answer.value.data;
  }
  if (data.length === 0) return fail(unreadable(request, 'the answer is empty.'));
  const object = readFirstTlv(data);
  if (object === null) return fail(unreadable(request, 'the answer is cut off.'));
  if (object.tag !== request.tag) return fail(unreadable(request, 'the answer is that of another function.'));
  return ok(object.value);
}

function refusedBy(request: Es10Request, sw: number, deciding: boolean): Fault {
  const details = `${request.name}: ${swWords(sw)}`;
  if (deciding && request.changes === true && saysNothingOfState(sw))
    return fault('chip.unconfirmed', { details });
  const refusal = request.refusal ?? 'chip.refused';
  return fault(sw === SW.busy && refusal === 'chip.refused' ? 'chip.busy' : refusal, { details });
}

/** The fault for an answer that cannot be made out. */
export function unreadable(request: Pick<Es10Request, 'name' | 'changes' | 'refusal'>, why: string): Fault {
  const details = `${request.name}: ${why}`;
  if (request.changes === true) return fault('chip.unconfirmed', { details });
  return request.refusal === 'euicc.refused'
    ? fault('euicc.unreadable', { details })
    : fault('euicc.unreadable', { message: UNREADABLE, details });
}
