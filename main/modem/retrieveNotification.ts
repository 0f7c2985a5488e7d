import { ok } from '../../contract/result.ts';
import { retrieveNotification as retrieve } from '../euicc/es10/notifications.ts';
import { withIsdR } from './isdRChannel.ts';
import type { RetrieveNotification } from './modem.ts';
import { talkOn } from './talk.ts';

/**
 * Takes a notification as the eUICC has signed it. It stays on the eUICC.
 * Faults: `chip.refused` where there is none of that number; `euicc.unreadable`; those of `withIsdR`.
 */
export const retrieveNotification: RetrieveNotification = async (
  dialogue,
  identified,
  sequenceNumber,
  options = {},
) => {
  const talk = talkOn(dialogue, options);
  const memory = options.memory ?? identified.memory;
  const sending = talk.signal === undefined ? {} : { signal: talk.signal };
  const found = await withIsdR(talk, identified, memory, async ({ read }) => {
    const answer = await read((channel) => retrieve(channel, sequenceNumber, sending));
    // What the eUICC says of it is final; the other way would hear the same.
    return answer.ok || answer.fault.code.startsWith('chip.') ? ok(answer) : answer;
  });
  return found.ok ? found.value.value : found;
};
