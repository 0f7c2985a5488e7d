import type { Order } from '../../contract/order.ts';
import type { Bench } from '../bench/bench.ts';

export interface FollowOptions {
  /** Whether to end with the order as it is now. */
  readonly until: (order: Order) => boolean;
  /** Ends after this long with the order as it is; `null`: no limit. */
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal;
  readonly onChange: (order: Order) => void;
}

export interface OrderWatch {
  /** Reports each change of one order until `until` says so; gives the order as it is at the end. */
  follow(id: string, options: FollowOptions): Promise<Order | undefined>;
  stop(): void;
}

/** Watches the ledger's changes from before an order is placed, so that not even its first state is missed. */
export function watchOrders(bench: Bench): OrderWatch {
  const seen: Order[] = [];
  let tell: (order: Order) => void = (order) => seen.push(order);
  const stop = bench.store.onOrder((order) => tell(order));

  return {
    follow(id, { until, timeoutMs, signal, onChange }) {
      return new Promise((resolve) => {
        let last = '';
        let latest: Order | undefined;
        const end = () => {
          stopTimer();
          signal.removeEventListener('abort', end);
          tell = () => undefined;
          resolve(latest);
        };
        const stopTimer = timeoutMs === null ? () => undefined : bench.clock.after(timeoutMs, end);
        const report = (order: Order) => {
          if (order.id !== id) return;
          latest = order;
          const text = JSON.stringify({ ...order, updatedAt: 0, history: [] });
          if (text !== last) onChange(order);
          last = text;
          if (until(order)) end();
        };
        tell = report;
        signal.addEventListener('abort', end);
        for (const order of seen.splice(0)) report(order);
        const now = bench.store.order(id);
        if (now !== undefined && latest === undefined) report(now);
        if (signal.aborted) end();
      });
    },
    stop,
  };
}
