import { useState } from 'react';
import type { ActivityKind, Device } from '../../../contract/device.ts';

/** What was begun last on a device as far as the window saw it; null where nothing was. Says where its fault belongs. */
export function useLastActivity(device: Device): ActivityKind | null {
  const kind = device.activity?.kind ?? null;
  const [last, setLast] = useState<ActivityKind | null>(kind);
  if (kind !== null && kind !== last) setLast(kind);
  return last;
}
