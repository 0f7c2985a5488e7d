import { useEffect } from 'react';
import { currentPlace, openDialog } from '../../app/place.ts';
import { useBenchState } from '../../bench/BenchContext.tsx';

/**
 * Shows the sign-in when a proxy begins to ask. Not over another dialog and not while somebody types: the line above every view
 * has it then. Put aside, it does not come back by itself.
 */
export function useProxyAsks(): void {
  const host = useBenchState((state) => state.proxyLogin?.host ?? null);
  useEffect(() => {
    if (host === null || currentPlace().dialog !== null || isOccupied()) return;
    openDialog({ kind: 'proxySignIn' });
  }, [host]);
}

function isOccupied(): boolean {
  // The palette is a dialog of its own.
  if (document.querySelector('[role="dialog"]') !== null) return true;
  return document.activeElement?.matches('input, textarea, select') ?? false;
}
