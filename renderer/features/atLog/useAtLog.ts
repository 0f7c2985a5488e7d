import { useEffect, useState } from 'react';
import type { AtLogEntry } from '../../../contract/atLog.ts';
import type { Fault } from '../../../contract/fault.ts';
import { useBridge } from '../../bench/BenchContext.tsx';
import { appended } from './logLines.ts';

/** The live log: what main has, then what comes, drawn at most once a frame. */
export function useAtLog(): { readonly lines: readonly AtLogEntry[]; readonly fault: Fault | null } {
  const bridge = useBridge();
  const [lines, setLines] = useState<readonly AtLogEntry[]>([]);
  const [fault, setFault] = useState<Fault | null>(null);

  useEffect(() => {
    let loaded = false;
    let frame = 0;
    let waiting: AtLogEntry[] = [];
    const flush = () => {
      frame = 0;
      const entries = waiting;
      waiting = [];
      setLines((old) => appended(old, entries));
    };
    const stop = bridge.on('atLog.added', ({ entries }) => {
      waiting.push(...entries);
      if (loaded && frame === 0) frame = requestAnimationFrame(flush);
    });
    void bridge.request('atLog.get', null).then((answer) => {
      loaded = true;
      setFault(answer.ok ? null : answer.fault);
      // What came while the rest was on its way may be in it already: numbers tell.
      if (answer.ok) setLines(appended([], answer.value.entries));
      flush();
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [bridge]);

  return { lines, fault };
}
