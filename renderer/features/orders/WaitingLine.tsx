import type { Order } from '../../../contract/order.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';
import { clockTime, duration, elapsed } from '../../format/time.ts';
import { providerLabel } from '../../format/words.ts';
import { Mark } from '../../ui/StateMark.tsx';
import { useNow } from '../../ui/useNow.ts';
import { waitingFor } from './path.ts';

/** What an order waits for, since when, and how long it usually takes; nothing where it waits for nothing. */
export function WaitingLine({ order, asTitle = false }: { order: Order; asTitle?: boolean }) {
  const usualMs = useBenchState((state) => state.usualMsToAvailable);
  const now = useNow(true);
  const waiting = waitingFor(order, providerLabel(order.account.provider));
  if (waiting === null) return null;

  const gone = now - waiting.since;
  const usual = waiting.usual && usualMs !== null ? usualMs : null;
  const late = usual !== null && gone > usual * 2;
  const Sentence = asTitle ? 'h2' : 'span';
  return (
    <div className={asTitle ? 'waiting waiting-title' : 'waiting'}>
      <Mark tone={waiting.on === 'bench' ? 'busy' : 'waiting'} />
      <Sentence className={asTitle ? 'stage-title' : 'waiting-what'}>{waiting.sentence}</Sentence>
      <span className="waiting-time">
        since {clockTime(waiting.since)} · {elapsed(gone)}
        {usual === null ? '' : ` · ${late ? 'longer than usual: it ' : ''}usually takes ${duration(usual)}`}
      </span>
    </div>
  );
}
