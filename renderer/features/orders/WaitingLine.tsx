import type { Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { clockTime, duration, elapsed } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { Mark } from '../../ui/StateMark.tsx';
import { useNow } from '../../ui/useNow.ts';
import { shareOfUsual, type Waiting, waitingFor } from './path.ts';

/** What an order waits for; nothing where it waits for nothing. */
export function StageWaiting({ order }: { order: Order }) {
  const waiting = waitingFor(order, providerLabel(order.account.provider));
  return waiting === null ? null : <WaitingLine waiting={waiting} />;
}

/** What is being waited for, since when, and how long it usually takes. */
function WaitingLine({ waiting }: { waiting: Waiting }) {
  const usualMs = useBenchState((state) => state.usualMsToAvailable);
  const now = useNow(true);
  const gone = now - waiting.since;
  const usual = waiting.usual ? shareOfUsual(waiting.since, now, usualMs) : null;
  const late = usual !== null && usualMs !== null && gone > usualMs * 2;
  return (
    <p className="waiting">
      <Mark tone={waiting.on === 'bench' ? 'busy' : 'waiting'} />
      <span className="waiting-what">{waiting.sentence}</span>
      <span className="waiting-time">
        since {clockTime(waiting.since)} · <span className="mono">{elapsed(gone)}</span>
      </span>
      {usual === null || usualMs === null ? null : (
        <span className="waiting-usual">
          {late ? 'longer than usual, ' : ''}usually takes {duration(usualMs)} on this account
        </span>
      )}
    </p>
  );
}
