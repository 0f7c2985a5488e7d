import { csimClose } from './channelCsim.ts';
import { refusalOf } from './errors.ts';
import { LIMIT, type Talk } from './talk.ts';

/** Channels that cards have beside the basic one, highest first: most have three, and the modem takes the lowest. */
const CHANNELS = [3, 2, 1] as const;

/**
 * Closes channels that a program left open when it ended in the middle, so that new ones can be opened. Asks the modem
 * first, which closes none of its own; and only where that closes nothing, the card: one channel, the highest.
 * True where something was closed.
 */
export async function freeChannels(talk: Talk): Promise<boolean> {
  let freed = false;
  for (const channel of CHANNELS) {
    if (talk.signal?.aborted) return freed;
    const answer = await talk.dialogue.send(`AT+CCHC=${channel}`, { timeoutMs: LIMIT.close });
    if (!answer.ok) return freed;
    if (refusalOf(answer.value.final) === null) freed = true;
  }
  if (freed) return true;
  for (const channel of CHANNELS) {
    if (talk.signal?.aborted) return false;
    const outcome = await csimClose(talk, channel);
    if (outcome !== 'notClosed') return outcome === 'closed';
  }
  return false;
}
