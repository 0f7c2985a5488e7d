import { fromHex, toHex } from '../bytes.ts';
import type { VirtualCard } from '../euicc/card.ts';
import { closeSessions } from './commands/apdu.ts';
import { closeChannel, exchange } from './exchange.ts';
import type { ModemCore } from './modemCore.ts';

/** How long a modem is away from USB that vanishes for a REFRESH and has no time of its own set, ms. */
const USUALLY_AWAY_MS = 1_000;

/**
 * Fetches the proactive command that a card has announced, and does what this modem does with a REFRESH (ETSI TS
 * 102 223 §6.4.7). Other commands are not sent by these cards.
 * @param resetWith Restarts the modem; null: without leaving USB.
 */
export function serveCard(
  core: ModemCore,
  card: VirtualCard,
  resetWith: (awayMs: number | null) => void,
): void {
  if (core.quirks.onRefresh === 'notFetched') return;
  // FETCH with a wrong length is told the right one.
  const { data } = exchange(card, fromHex('80120000FF'), true);
  if (!toHex(data).startsWith('D0')) return;
  switch (core.quirks.onRefresh) {
    case 'restartsSim':
      // A reset of the card is its own answer: no TERMINAL RESPONSE follows (§6.4.7.1).
      core.restartSim();
      return;
    case 'resets':
      resetWith(null);
      return;
    case 'reenumerates':
      resetWith(core.quirks.reenumeratesMs ?? USUALLY_AWAY_MS);
      return;
    case 'dropsChannels':
      respond(card);
      closeSessions(core);
      for (const channel of card.openChannels) closeChannel(card, channel);
      return;
    case 'ignored':
      respond(card);
      return;
  }
}

/** TERMINAL RESPONSE: command performed successfully. */
function respond(card: VirtualCard): void {
  exchange(card, fromHex('801400000C810301010482028281830100'), false);
}
