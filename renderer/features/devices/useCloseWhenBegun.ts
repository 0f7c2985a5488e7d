import { useEffect } from 'react';
import type { ActivityKind, Device } from '../../../contract/device.ts';
import { closeDialog } from '../../app/place.ts';

/**
 * Closes the dialog that asked as soon as what it asked for is under way: from then on the device itself shows how it goes.
 * Until then it stays, for what main may refuse.
 */
export function useCloseWhenBegun(device: Device | undefined, kind: ActivityKind, pending: boolean): void {
  const begun = pending && device?.activity?.kind === kind;
  useEffect(() => {
    if (begun) closeDialog();
  }, [begun]);
}
