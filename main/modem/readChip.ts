import type { Chip, ChipPart } from '../../contract/chip.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ApduChannel } from '../euicc/apduChannel.ts';
import { getConfiguredAddresses } from '../euicc/es10/addresses.ts';
import { getEuiccInfo } from '../euicc/es10/euiccInfo.ts';
import { listNotifications } from '../euicc/es10/notifications.ts';
import { getProfilesInfo } from '../euicc/es10/profilesInfo.ts';
import type { Es10Options } from '../euicc/es10/sendEs10.ts';
import { type IsdR, lateFault, withIsdR } from './isdRChannel.ts';
import type { ReadChip } from './modem.ts';
import { type Talk, talkOn } from './talk.ts';

const MAX_DETAILS = 300;

/**
 * Reads all that the eUICC says of itself but the EID, over one channel: information, addresses, profiles and
 * notifications. A part that it refuses, or that cannot be made out, is named in `missing`; the rest is still read.
 * Where it gives no part at all, the other way to the eUICC is tried.
 *
 * By `+CGLA` that is four requests between opening and closing the channel, and as many GET RESPONSE as the answers
 * need where the modem leaves these to us.
 * Faults: `chip.refused` and `euicc.unreadable` where every part was; those of `withIsdR`.
 */
export const readChip: ReadChip = async (dialogue, identified, options = {}) => {
  const talk = talkOn(dialogue, options);
  const memory = options.memory ?? identified.memory;
  const read = await withIsdR(talk, identified, memory, (isdR) => readParts(talk, isdR));
  return read.ok ? read.value.value : read;
};

type Read<T> = (channel: ApduChannel, options: Es10Options) => Promise<Result<T>>;

/** The inner result is final: the way has served, so another one would do no better. */
async function readParts(talk: Talk, isdR: IsdR): Promise<Result<Result<Chip>>> {
  const sending: Es10Options = talk.signal === undefined ? {} : { signal: talk.signal };
  const missing: { part: ChipPart; details: string }[] = [];
  const refusals: Fault[] = [];
  /** Why the rest need not be asked. */
  let end: Fault | null = null;
  let parts = 0;

  async function part<T>(name: ChipPart, read: Read<T>): Promise<T | null> {
    if (end !== null) return null;
    const answer = await isdR.read((channel) => read(channel, sending));
    if (answer.ok) {
      parts += 1;
      return answer.value;
    }
    if (isRefusal(answer.fault)) {
      refusals.push(answer.fault);
      missing.push({
        part: name,
        details: (answer.fault.details ?? answer.fault.message).slice(0, MAX_DETAILS),
      });
    } else end = lateFault(answer.fault);
    return null;
  }

  const info = await part('info', getEuiccInfo);
  const addresses = await part('addresses', getConfiguredAddresses);
  const profiles = await part('profiles', getProfilesInfo);
  const notifications = await part('notifications', listNotifications);

  if (parts === 0) return fail(end ?? refusals[0] ?? fault('chip.refused'));
  if (end !== null) return ok(fail(end));
  return ok(ok({ readAt: talk.clock.now(), info, addresses, profiles, notifications, missing }));
}

/** Whether card or modem have answered and just do not give this part. */
function isRefusal({ code }: Fault): boolean {
  return code.startsWith('chip.') || code.startsWith('euicc.') || code === 'modem.refused';
}
