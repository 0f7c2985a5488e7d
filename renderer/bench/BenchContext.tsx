import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { BenchBridge, RequestInput, RequestName, RequestOutput } from '../../contract/channels.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Result } from '../../contract/result.ts';
import type { BenchState } from '../../contract/state.ts';
import type { BenchStore } from './store.ts';

interface Bench {
  readonly bridge: BenchBridge;
  readonly store: BenchStore;
}

const BenchContext = createContext<Bench | null>(null);

export function BenchProvider({ bridge, store, children }: Bench & { children: ReactNode }) {
  const [bench] = useState(() => ({ bridge, store }));
  return <BenchContext value={bench}>{children}</BenchContext>;
}

function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (bench === null) throw new Error('used outside BenchProvider');
  return bench;
}

export function useBridge(): BenchBridge {
  return useBench().bridge;
}

/** A part of the bench's state. `select` must give back a part as it is, not a new object. Only where the state is there. */
export function useBenchState<T>(select: (state: BenchState) => T): T {
  const { store } = useBench();
  return useSyncExternalStore(store.subscribe, () => {
    const view = store.getView();
    if (view.phase !== 'ready') throw new Error('used before the state is there');
    return select(view.state);
  });
}

export interface Request<N extends RequestName> {
  /** Asks main. Never rejects; a fault is also kept in `fault` until the next run. */
  run(input: RequestInput<N>): Promise<Result<RequestOutput<N>>>;
  readonly pending: boolean;
  readonly fault: Fault | null;
  clear(): void;
}

/** One kind of request to main, with whether it is under way and how it last failed. */
export function useRequest<N extends RequestName>(name: N): Request<N> {
  const { bridge } = useBench();
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const latest = useRef(0);

  const run = useCallback(
    async (input: RequestInput<N>) => {
      latest.current += 1;
      const mine = latest.current;
      setPending(true);
      setFault(null);
      const result = await bridge.request(name, input);
      if (mine === latest.current) {
        setPending(false);
        setFault(result.ok ? null : result.fault);
      }
      return result;
    },
    [bridge, name],
  );
  const clear = useCallback(() => setFault(null), []);
  return { run, pending, fault, clear };
}
